import { parseArgs } from 'node:util';
import { globalFlags, type Verb } from './verb.ts';

export interface VerbEntry {
  readonly name: string;
  readonly aliases: readonly string[];
  readonly summary: string;
  /** Loads the verb when it is called, so that the others cost nothing. */
  load(): Promise<Verb>;
}

/** All verbs, in the order of the help. */
export const verbs: readonly VerbEntry[] = [
  {
    name: 'version',
    aliases: [],
    summary: 'Show the version of modelkit',
    load: async () => (await import('./verbs/version.ts')).version,
  },
];

/** Finds a verb by its name or alias; the first word decides, but `auth login` counts as one name. */
export function findVerb(words: readonly string[]): VerbEntry | undefined {
  const name = words[0] === 'auth' ? words.slice(0, 2).join(' ') : words[0];
  return verbs.find((verb) => verb.name === name || (name !== undefined && verb.aliases.includes(name)));
}

/** Takes the verb out of the arguments; flags for all verbs may stand before it. */
export function splitVerb(args: readonly string[]): { readonly words: readonly string[]; readonly rest: string[] } {
  const options = Object.fromEntries(
    Object.entries(globalFlags).map(([name, flag]) => [
      name,
      { type: 'value' in flag ? ('string' as const) : ('boolean' as const) },
    ]),
  );
  const { tokens } = parseArgs({ args: [...args], options, strict: false, allowPositionals: true, tokens: true });
  const found = tokens.filter((token) => token.kind === 'positional');
  const words = found.map((token) => token.value);
  const length = words[0] === 'auth' ? 2 : 1;
  const taken = new Set(found.slice(0, length).map((token) => token.index));
  return { words, rest: args.filter((_, at) => !taken.has(at)) };
}
