import { type Flag, type Flags, globalFlags, type Verb } from './verb.ts';
import type { VerbEntry } from './verbs.ts';

/** The page of `modelkit --help`. */
export function programHelp(verbs: readonly VerbEntry[]): string {
  const width = Math.max(...verbs.map((verb) => verb.name.length));
  return [
    'modelkit packs models, datasets, code and docs into ModelKits, and moves them between folders and registries.',
    '',
    'Usage:',
    '  modelkit VERB [flags] [arguments]',
    '',
    'Verbs:',
    ...verbs.map((verb) => `  ${verb.name.padEnd(width)}  ${verb.summary}`),
    '',
    'Start here:',
    '  modelkit check .                              Does the Kitfile in this folder make sense?',
    '  modelkit pack . -t registry.example.com/team/model:1.0.0',
    '  modelkit push registry.example.com/team/model:1.0.0',
    '  modelkit unpack registry.example.com/team/model:1.0.0 -d ./copy',
    '',
    ...flagLines('Flags for all verbs:', globalFlags),
    '',
    '`modelkit VERB --help` explains one verb with examples.',
    '',
  ].join('\n');
}

/** The page of `modelkit VERB --help`. */
export function verbHelp(verb: Verb): string {
  const own = Object.keys(verb.flags).length > 0 ? [...flagLines('Flags:', verb.flags), ''] : [];
  return [
    verb.about,
    '',
    'Usage:',
    `  modelkit ${verb.usage}`,
    '',
    'Examples:',
    ...verb.examples.flatMap((example) => [`  # ${example.text}`, `  ${example.line}`, '']),
    ...own,
    ...flagLines('Flags for all verbs:', globalFlags),
    '',
  ].join('\n');
}

function flagLines(title: string, flags: Flags): string[] {
  const rows = Object.entries(flags).map(([name, flag]) => [flagName(name, flag), flag.text] as const);
  const width = Math.max(...rows.map(([name]) => name.length));
  return [title, ...rows.map(([name, text]) => `  ${name.padEnd(width)}   ${text}`)];
}

function flagName(name: string, flag: Flag): string {
  const short = flag.short ? `-${flag.short}, ` : '    ';
  return `${short}--${name}${'value' in flag ? ` ${flag.value}` : ''}`;
}
