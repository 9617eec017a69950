import { readBlock } from './blockReader.ts';
import type { YamlTree } from './nodes.ts';
import { Scanner } from './scanner.ts';

/** Reads the first document of the text, however broken. Takes linear time. */
export function readYaml(text: string): YamlTree {
  const scanner = new Scanner(text);
  skipPreamble(scanner);
  const start = scanner.pos;
  scanner.end = documentEnd(text, start);
  const root = readBlock(scanner);
  scanner.skipToContent();
  return { text, root, comments: scanner.comments, end: scanner.end };
}

/** Moves over byte order mark, comments, directives and the line that begins the document. */
function skipPreamble(scanner: Scanner): void {
  if (scanner.text.startsWith('\ufeff')) scanner.pos = 1;
  scanner.skipToContent();
  while (scanner.text[scanner.pos] === '%' && scanner.column() === 0) {
    scanner.pos = scanner.nextLine();
    scanner.skipToContent();
  }
  if (/^---(?=\s|$)/.test(scanner.text.slice(scanner.pos, scanner.pos + 4))) scanner.pos += 3;
}

function documentEnd(text: string, start: number): number {
  const mark = /^(?:---|\.\.\.)(?=\s|$)/gm;
  mark.lastIndex = start;
  return mark.exec(text)?.index ?? text.length;
}
