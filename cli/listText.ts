import type { ListEntry } from '#engine';
import { cell, goIndentedJson, sizeText, table } from './text.ts';

const HEADER = ['REPOSITORY', 'TAG', 'MAINTAINER', 'NAME', 'SIZE', 'DIGEST'];
const NONE = '<none>';

/** A listing with the names of kit's fields. */
interface Row {
  readonly repo: string;
  readonly digest: string;
  readonly tags: readonly string[] | null;
  readonly modelName: string;
  readonly size: string;
  readonly author: string;
}

/**
 * Makes the function that prints a listing as kit does: a table, JSON, or a Go template for each entry (spec 8.2).
 * @throws EngineError INPUT_INVALID for a template that cannot be read
 */
export async function listText(format: string): Promise<(entries: readonly ListEntry[]) => string> {
  switch (format) {
    case '':
    case 'table':
      return (entries) => `${table([HEADER, ...entries.map(row).flatMap(lines)])}\n`;
    case 'json':
      return (entries) => `${goIndentedJson(entries.map(row))}\n`;
    default: {
      const { compileTemplate } = await import('./template/render.ts');
      const render = compileTemplate(format);
      const end = format.endsWith('\n') ? '' : '\n';
      return (entries) => entries.map((entry) => render(fields(row(entry))) + end).join('');
    }
  }
}

function row({ repository, digest, tags, name, size, author, incomplete }: ListEntry): Row {
  return {
    repo: repository || NONE,
    digest,
    tags: tags.length > 0 ? tags : null,
    modelName: incomplete ? '<incomplete>' : name || NONE,
    size: sizeText(size),
    author: author || NONE,
  };
}

function lines({ repo, digest, tags, modelName, size, author }: Row): readonly (readonly string[])[] {
  return (tags ?? [NONE]).map((tag) => [repo, tag, author, modelName, size, digest].map(cell));
}

/** The names of Go's struct. */
function fields({ repo, digest, tags, modelName, size, author }: Row) {
  return { Repo: repo, Digest: digest, Tags: tags ?? [], ModelName: modelName, Size: size, Author: author };
}
