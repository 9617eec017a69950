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
    name: 'check',
    aliases: [],
    summary: 'Say what is wrong with a Kitfile',
    load: async () => (await import('./verbs/check.ts')).check,
  },
  {
    name: 'pack',
    aliases: [],
    summary: 'Pack a folder into a ModelKit in the local store',
    load: async () => (await import('./verbs/pack.ts')).pack,
  },
  {
    name: 'unpack',
    aliases: [],
    summary: 'Write the files of a ModelKit into a folder',
    load: async () => (await import('./verbs/unpack.ts')).unpack,
  },
  {
    name: 'push',
    aliases: [],
    summary: 'Upload a ModelKit to a registry',
    load: async () => (await import('./verbs/push.ts')).push,
  },
  {
    name: 'pull',
    aliases: [],
    summary: 'Download a ModelKit from a registry into the local store',
    load: async () => (await import('./verbs/pull.ts')).pull,
  },
  {
    name: 'list',
    aliases: [],
    summary: 'List the ModelKits of the local store or of a registry',
    load: async () => (await import('./verbs/list.ts')).list,
  },
  {
    name: 'info',
    aliases: [],
    summary: 'Show the Kitfile of a ModelKit',
    load: async () => (await import('./verbs/info.ts')).info,
  },
  {
    name: 'inspect',
    aliases: [],
    summary: 'Show manifest and Kitfile of a ModelKit as JSON',
    load: async () => (await import('./verbs/inspect.ts')).inspect,
  },
  {
    name: 'layers',
    aliases: [],
    summary: 'List the layers of a ModelKit with their sizes',
    load: async () => (await import('./verbs/layers.ts')).layers,
  },
  {
    name: 'tag',
    aliases: [],
    summary: 'Give a ModelKit a further name',
    load: async () => (await import('./verbs/tag.ts')).tag,
  },
  {
    name: 'remove',
    aliases: [],
    summary: 'Remove a ModelKit from the local store or a registry',
    load: async () => (await import('./verbs/remove.ts')).remove,
  },
  {
    name: 'login',
    aliases: ['auth login'],
    summary: 'Log in to a registry',
    load: async () => (await import('./verbs/login.ts')).login,
  },
  {
    name: 'logout',
    aliases: ['auth logout'],
    summary: 'Log out from a registry',
    load: async () => (await import('./verbs/logout.ts')).logout,
  },
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
