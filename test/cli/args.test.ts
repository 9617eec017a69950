import { describe, expect, it } from 'vitest';
import { readArgs } from '../../cli/args.ts';
import type { Flags } from '../../cli/verb.ts';

const flags: Flags = {
  tag: { type: 'string', short: 't', value: 'T', text: '' },
  filter: { type: 'list', short: 'f', value: 'F', text: '' },
  overwrite: { type: 'boolean', short: 'o', text: '' },
  'tls-verify': { type: 'boolean', default: true, text: '' },
  verbose: { type: 'count', short: 'v', text: '' },
  concurrency: { type: 'number', value: 'N', text: '' },
};
const read = (...args: string[]) => readArgs(args, flags, 'modelkit pack --help');

describe('flags as kit reads them', () => {
  it.each([
    [['-t', 'a:1'], { tag: 'a:1' }],
    [['-ta:1'], { tag: 'a:1' }],
    [['-t=a:1'], { tag: 'a:1' }],
    [['--tag=a:1'], { tag: 'a:1' }],
    [['--tag', 'a:1', '--tag', 'b:1'], { tag: 'b:1' }],
    [['--tag='], { tag: '' }],
    [['-f', 'model', '-f', 'docs'], { filter: ['model', 'docs'] }],
    [['-t', '-'], { tag: '-' }],
    [['-vvv', '-v'], { verbose: 4 }],
    [['-ov'], { overwrite: true, verbose: 1 }],
    [['--tls-verify=false'], { 'tls-verify': false }],
    [['--concurrency', '8'], { concurrency: 8 }],
  ])('%j', (args, expected) => {
    expect(read(...args).values).toMatchObject(expected);
  });

  it('mixes with arguments in any order', () => {
    expect(read('.', '-t', 'a:1', 'b').positionals).toEqual(['.', 'b']);
  });

  it('ends at two dashes', () => {
    expect(read('--', '-t').positionals).toEqual(['-t']);
  });

  it('has defaults', () => {
    expect(read().values).toEqual({ filter: [], overwrite: false, 'tls-verify': true, verbose: 0 });
  });
});

describe('a flag that cannot be meant so', () => {
  it.each([
    [['--tga'], 'There is no flag --tga.', 'Did you mean --tag?'],
    [['--zzzzzz'], 'There is no flag --zzzzzz.', '`modelkit pack --help` lists all flags.'],
    [['-x'], 'There is no flag -x.', '`modelkit pack --help` lists all flags.'],
    [['--__proto__'], 'There is no flag --__proto__.', '`modelkit pack --help` lists all flags.'],
    [['-t'], 'The flag -t needs a value.', 'Write it as `-t VALUE`.'],
    [['--overwrite=maybe'], 'The flag --overwrite is a switch', 'Write `--overwrite`'],
    [['--concurrency', 'many'], 'The flag --concurrency needs a whole number', 'Write it as `--concurrency 5`.'],
  ])('%j is refused with the way on', (args, message, advice) => {
    expect(() => read(...args)).toThrow(
      expect.objectContaining({
        code: 'INPUT_INVALID',
        message: expect.stringContaining(message),
        advice: expect.stringContaining(advice),
      }),
    );
  });
});
