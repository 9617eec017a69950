import type { Call, NetworkLimits } from '#engine';
import type { Io } from './io.ts';

/** One flag of a verb. `value` is the placeholder in the help, such as `FILE`. */
export type Flag =
  | { readonly type: 'boolean'; readonly short?: string; readonly default?: boolean; readonly text: string }
  | {
      readonly type: 'string' | 'list' | 'number';
      readonly short?: string;
      readonly value: string;
      readonly text: string;
    }
  | { readonly type: 'count'; readonly short?: string; readonly text: string };

export type Flags = Readonly<Record<string, Flag>>;

type FlagValue<F extends Flag> = F['type'] extends 'boolean'
  ? boolean
  : F['type'] extends 'count'
    ? number
    : F['type'] extends 'list'
      ? readonly string[]
      : F['type'] extends 'number'
        ? number | undefined
        : string | undefined;

/** What the user said, by the flag's name. */
export type FlagValues<F extends Flags> = { readonly [Name in keyof F]: FlagValue<F[Name]> };

/** What a verb gets to work with. */
export interface VerbCall<F extends Flags = Flags> {
  readonly args: readonly string[];
  readonly flags: FlagValues<F>;
  readonly globals: GlobalValues;
  readonly io: Io;
  /** Cancelled by SIGINT and SIGTERM; events are printed as the global flags ask. */
  readonly call: Call & { readonly signal: AbortSignal };
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly terminal: Terminal;
  /** Other waits than usual; absent in the program itself. */
  readonly limits?: Partial<NetworkLimits> | undefined;
  /** Ends the program with this exit code instead of 0, where the answer itself says that something is wrong. */
  endWith(exitCode: number): void;
}

/** Where a verb reads what is piped in, and asks what it needs to know. */
export interface Terminal {
  readonly input: NodeJS.ReadStream;
  readonly output: NodeJS.WriteStream;
}

/** Everything about a verb: its help is made from this, its arguments are read by it. */
export interface Verb {
  /** After the program's name: `pack [flags] FOLDER`. */
  readonly usage: string;
  /** What it does, in whole sentences; the first one says it all. */
  readonly about: string;
  readonly examples: readonly Example[];
  readonly flags: Flags;
  /** Least and greatest number of arguments. */
  readonly arity: readonly [number, number];
  run(call: VerbCall): Promise<void>;
}

export interface Example {
  readonly text: string;
  readonly line: string;
}

/** Keeps the flags' types from the table to the function that uses them. */
export function defineVerb<const F extends Flags>(
  verb: Omit<Verb, 'flags' | 'run'> & { readonly flags: F; run(call: VerbCall<F>): Promise<void> },
): Verb {
  return verb as unknown as Verb;
}

/** Flags that every verb knows (spec 8.1, and `--json`). */
export const globalFlags = {
  config: {
    type: 'string',
    value: 'FOLDER',
    text: 'Where ModelKits and credentials are kept, instead of $KITOPS_HOME or the default',
  },
  json: { type: 'boolean', text: 'Print JSON for scripts: one document, or one event per line for work in progress' },
  'log-level': { type: 'string', value: 'LEVEL', text: 'Least level to print: trace, debug, info, warn, error' },
  progress: { type: 'string', value: 'KIND', text: 'Progress of long work: none, plain, fancy' },
  verbose: { type: 'count', short: 'v', text: 'Say more (-vv for still more)' },
  help: { type: 'boolean', short: 'h', text: 'Show this help' },
} as const satisfies Flags;

export type GlobalValues = FlagValues<typeof globalFlags>;
