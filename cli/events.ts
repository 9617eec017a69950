import type { EngineEvent } from '#engine';
import type { Io } from './io.ts';
import { createProgress } from './progress.ts';
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
      else progress.around(() => printEvent(event, io));
      if (event.type !== 'progress') io.value(event);
    },
    end: () => progress.end(),
  };
}

function printEvent(event: Exclude<EngineEvent, { type: 'progress' }>, io: Io): void {
  switch (event.type) {
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
