import { describe, expect, it } from 'vitest';
import { readArgs } from '../../cli/args.ts';
import { globalFlags } from '../../cli/verb.ts';
import { findVerb, splitVerb, verbs } from '../../cli/verbs.ts';
import { blocks, codeRows, readDocument, section, shellWords } from './documents.ts';

const readme = await readDocument('README.md');
const manifest = JSON.parse(await readDocument('package.json'));

/** Every line that starts our program, also behind a pipe. */
const commandLines = blocks(readme, 'sh')
  .flatMap((block) => block.split('\n'))
  .map((line) => /(?:^|\| *)modelkit (.*)$/.exec(line)?.[1])
  .filter((line) => line !== undefined);

describe('the command lines of the README', () => {
  it('are there', () => {
    expect(commandLines.length).toBeGreaterThan(15);
  });

  it.each(commandLines)('modelkit %s is accepted', async (line) => {
    const { words, rest } = splitVerb(shellWords(line));
    const verb = await findVerb(words)?.load();
    const { positionals } = readArgs(rest, { ...globalFlags, ...verb?.flags }, 'modelkit --help');
    const [least, most] = verb?.arity ?? [Number.NaN, Number.NaN];
    expect(positionals.length >= least && positionals.length <= most).toBe(true);
  });

  it('show every verb but version', () => {
    const shown = commandLines.map((line) => findVerb(splitVerb(shellWords(line)).words)?.name);
    expect(verbs.map(({ name }) => name).filter((name) => !shown.includes(name))).toEqual(['version']);
  });
});

describe('the settings of the README', () => {
  it('are those of the manifest, with their defaults and in its order', () => {
    const documented = codeRows(section(readme, 'Settings')).map(([name, value]) => [name, value]);
    const groups: { properties: Record<string, { default: unknown }> }[] = manifest.contributes.configuration;
    const contributed = groups.flatMap(({ properties }) => Object.entries(properties));
    expect(documented).toEqual(contributed.map(([name, value]) => [name, `\`${JSON.stringify(value.default)}\``]));
  });
});

describe('the task of the README', () => {
  it('has properties that the task definition has', () => {
    const { tasks } = JSON.parse(blocks(readme, 'json')[0] ?? '');
    const { label, type, ...options } = tasks[0];
    const definition = manifest.contributes.taskDefinitions[0];
    expect([typeof label, type]).toEqual(['string', definition.type]);
    expect(Object.keys(options).filter((option) => !(option in definition.properties))).toEqual([]);
  });
});

describe('what the README promises of VS Code', () => {
  it('is the version that the manifest asks for', () => {
    const [, version] = /^\^(\d+\.\d+)\.\d+$/.exec(manifest.engines.vscode) ?? [];
    expect(readme).toContain(`VS Code ${version} or newer`);
  });
});
