import { printable } from './text.ts';

/** Where a verb writes. Text goes to people, values to scripts that asked for `--json`. */
export interface Io {
  readonly json: boolean;
  /** Lines about the work, as `kit` prints them on stdout; silent with `--json` and below `--log-level info`. */
  say(line: string): void;
  /** The answer itself, byte for byte; silent with `--json`. */
  print(text: string): void;
  /** An answer that is the same for people and scripts, such as a document that is JSON anyway. */
  document(text: string): void;
  /** The answer for scripts; silent without `--json`. */
  value(value: unknown): void;
  /** A line on stderr. */
  note(line: string): void;
}

/** @param quiet leaves `say` out */
export function createIo(
  options: { readonly json: boolean; readonly quiet: boolean },
  stdout: NodeJS.WritableStream,
  stderr: NodeJS.WritableStream,
): Io {
  const { json, quiet } = options;
  return {
    json,
    say(line) {
      if (!json && !quiet) stdout.write(`${printable(line)}\n`);
    },
    print(text) {
      if (!json) stdout.write(text);
    },
    document(text) {
      stdout.write(text);
    },
    value(value) {
      if (json) stdout.write(`${JSON.stringify(value)}\n`);
    },
    note(line) {
      stderr.write(`${printable(line)}\n`);
    },
  };
}
