import { describe, expect, it } from 'vitest';
import { readSetting } from '../../client/config.ts';

const source = (values: Readonly<Record<string, unknown>>) => ({ get: (name: string) => values[name] });

describe('a setting with a good value', () => {
  it('is read', () => {
    expect(readSetting(source({ 'modelkit.concurrency': 8 }), 'modelkit.concurrency')).toBe(8);
  });

  it('may be a list of registries', () => {
    const entries = [{ host: 'ghcr.io', repositories: ['team/model'] }];
    expect(readSetting(source({ 'modelkit.registries': entries }), 'modelkit.registries')).toEqual(entries);
  });
});

describe('a setting with a wrong value', () => {
  it.each([
    ['modelkit.concurrency', 0],
    ['modelkit.concurrency', 1e9],
    ['modelkit.concurrency', '5'],
    ['modelkit.compression', 'zip'],
    ['modelkit.home', 7],
    ['modelkit.registries', [{ plainHttp: true }]],
    ['modelkit.registries', [{ host: 'ghcr.io', repositories: [1] }]],
    ['modelkit.caFiles', 'ca.pem'],
  ] as const)('%s = %j is reported, and the default is used', (name, value) => {
    const wrong: string[] = [];
    const read = readSetting(source({ [name]: value }), name, (bad) => wrong.push(bad));
    expect(read).toEqual(readSetting(source({}), name));
    expect(wrong).toEqual([name]);
  });
});

describe('a setting that is not set', () => {
  it('has its default without a word', () => {
    const wrong: string[] = [];
    expect(readSetting(source({}), 'modelkit.compression', (name) => wrong.push(name))).toBe('none');
    expect(wrong).toEqual([]);
  });
});
