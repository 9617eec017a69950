import { describe, expect, it } from 'vitest';
import { expectRefusal, faultBench, snapshot, storeState } from './faultBench.ts';

const faults = faultBench();
const model = (path: string) => `manifestVersion: 1.0.0\nmodel: {path: ${path}}\n`;

describe.each([
  ['is not YAML', 'model: [\n  path: "w', 'KITFILE_SYNTAX', /Kitfile 2:\d+: /],
  ['is empty', '# nothing\n', 'KITFILE_SYNTAX', 'Kitfile'],
  ['has a tab for indentation', 'model:\n\tpath: w\n', 'KITFILE_SYNTAX', /Kitfile 2:1: /],
  ['has an unknown field', 'modle: {path: w.bin}\n', 'KITFILE_SCHEMA', /Kitfile 1:1: .*modle/],
  ['names a missing file', model('weights.bin'), 'PATH_NOT_FOUND', /Kitfile 2:15: .*weights\.bin/],
  ['points outside', model('../secret'), 'PATH_OUTSIDE', /Kitfile 2:15: .*\.\.\/secret/],
  ['points outside by an absolute path', model('/etc/hostname'), 'PATH_OUTSIDE', '/etc/hostname'],
  ['names the path of two layers', `${model('w.bin')}code: [{path: ./w.bin}]\n`, 'KITFILE_RULE', 'w.bin'],
  ['names a link', model('link'), 'PATH_UNSUPPORTED', 'link'],
])('a Kitfile that %s', (_, Kitfile, code, says) => {
  const make = () => faults.bench.project('bad', { Kitfile, 'w.bin': 'w', link: { type: 'symlink', to: 'w.bin' } });

  it('is refused before anything is stored', async () => {
    const folder = make();
    const before = snapshot(folder);
    expectRefusal(await faults.kit(['pack', folder, '-t', 'bad:1']), code, says);
    expect(await storeState(faults.home)).toEqual({ kits: [], blobs: [], leftovers: [] });
    expect(snapshot(folder)).toEqual(before);
  });

  it('is an error of check, too', async () => {
    const { exit, stdout, stderr } = await faults.kit(['check', make()]);
    expect({ exit, stderr }).toEqual({ exit: 1, stderr: '' });
    expect(stdout).toMatch(new RegExp(`Kitfile:\\d+:\\d+: error ${code} `));
  });
});

describe('without a Kitfile', () => {
  it.each(['pack', 'check'])('%s says so', async (verb) => {
    expectRefusal(await faults.kit([verb, faults.project('none', { 'w.bin': 'w' })]), 'KITFILE_NOT_FOUND');
  });
});
