import type { EngineEvent } from '#engine';
import type { Io } from './io.ts';
import { createProgress } from './progress.ts';
import { sizeText } from './text.ts';
import type { GlobalValues } from './verb.ts';

/** Prints what the engine reports, in kit's words (spec 8.2); with `--json` each event is one line. */
export function createEventPrinter(
  io: Io,
  globals: GlobalValues,
  stderr: NodeJS.WriteStream,
): { onEvent(event: EngineEvent): void; end(): void } {
  const progress = createProgress(globals.progress, io.json, stderr);
  return {
    onEvent(event) {
      if (event.type === 'progress') progress.report(event);
      else progress.around(() => printEvent(event, io, globals.verbose > 0));
      if (event.type !== 'progress') io.value(event);
    },
    end: () => progress.end(),
  };
}

function printEvent(event: Exclude<EngineEvent, { type: 'progress' }>, io: Io, verbose: boolean): void {
  switch (event.type) {
    case 'measured':
      if (verbose) io.say(measuredLine(event.what, event.path, event.files, event.bytes));
      break;
    case 'pushing':
      io.say(event.from === event.to ? `Pushing ${event.to}` : `Pushing ${event.from} to ${event.to}`);
      break;
    case 'saved':
      io.say(savedLine(event.what, event.digest, event.existed));
      break;
    case 'unpacking':
      io.say(unpackingLine(event.what, event.name, event.path));
      break;
    case 'warning':
      io.note(`warning ${event.code}: ${event.message}`);
      break;
    case 'waiting':
      io.note(event.message);
  }
}

function measuredLine(what: string, path: string, files: number, bytes: number): string {
  return `Packing ${KIND_WORDS[what] ?? what} ${path}: ${files} ${files === 1 ? 'file' : 'files'}, ${sizeText(bytes)}`;
}

function savedLine(what: string, digest: string, existed: boolean): string {
  switch (what) {
    case 'config':
      return existed ? `Configuration already exists in storage: ${digest}` : `Saved configuration: ${digest}`;
    case 'manifest':
      return existed ? `Manifest already exists in storage: ${digest}` : `Saved manifest to storage: ${digest}`;
    default:
      return `${existed ? 'Already saved' : 'Saved'} ${what} layer: ${digest}`;
  }
}

/** Kinds whose entries have a name; the others are told by their path alone. */
const NAMED = new Set(['model', 'modelpart', 'dataset', 'prompt', 'mcpb']);
const KIND_WORDS: Readonly<Record<string, string>> = { modelpart: 'model part', mcpb: 'MCP server' };

function unpackingLine(what: string, name: string | undefined, path: string): string {
  const word = KIND_WORDS[what] ?? what;
  return name && NAMED.has(what) ? `Unpacking ${word} ${name} to ${path}` : `Unpacking ${word} to ${path}`;
}
