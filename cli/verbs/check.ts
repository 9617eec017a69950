import { relative } from 'node:path';
import { checkFolder } from '#engine';
import { readStdin } from '../stdin.ts';
import { defineVerb } from '../verb.ts';
import { withEngine } from '../withEngine.ts';

export const check = defineVerb({
  usage: 'check [flags] [FOLDER|KITFILE]',
  about:
    'Says what is wrong with the Kitfile of a folder, as the editor does: one line for each finding. An error is what pack refuses; the exit code is 1 then.',
  examples: [
    { text: 'The Kitfile in this folder', line: 'modelkit check .' },
    { text: 'Would kit take it too?', line: 'modelkit check . --strict' },
  ],
  flags: {
    file: {
      type: 'string',
      short: 'f',
      value: 'FILE',
      text: 'Another Kitfile, relative to FOLDER; `-` reads standard input',
    },
    strict: { type: 'boolean', text: 'What kit would refuse is an error too' },
  },
  arity: [0, 1],
  async run({ args, flags, io, call, env, globals, terminal, endWith }) {
    const [folder = '.'] = args;
    const { file, strict } = flags;
    const kitfile = file === '-' ? { text: await readStdin(terminal.input) } : file || undefined;
    const { kitfile: path, problems } = await withEngine({ env, globals }, {}, (engine) =>
      checkFolder(engine, folder, { strict, ...(kitfile === undefined ? {} : { kitfile }) }, call),
    );
    const name = path === undefined ? 'Kitfile' : shownPath(path);
    for (const { line, column, severity, code, rule, message } of problems)
      io.say(`${name}:${line}:${column}: ${severity} ${code} ${rule}: ${message}`);
    const errors = problems.filter(({ severity }) => severity === 'error').length;
    const warnings = problems.filter(({ severity }) => severity === 'warning').length;
    io.say(problems.length === 0 ? `${name} is fine` : `${count(errors, 'error')}, ${count(warnings, 'warning')}`);
    io.value({ kitfile: name, errors, warnings, problems });
    if (errors > 0) endWith(1);
  },
});

/** From where the user is, so that a terminal can open it. */
function shownPath(path: string): string {
  const shown = relative(process.cwd(), path);
  return shown.length < path.length ? shown : path;
}

function count(number: number, noun: string): string {
  return `${number} ${noun}${number === 1 ? '' : 's'}`;
}
