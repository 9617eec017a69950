import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { verbs } from '../../cli/verbs.ts';
import { openWorkbench, type Workbench } from '../support/engine.ts';
import { startRegistry, type TestRegistry } from '../support/registry.ts';
import { type RunOptions, run } from './runProgram.ts';

const FILES = {
  Kitfile: 'manifestVersion: 1.0.0\npackage: {name: demo, authors: [Ada]}\nmodel: {name: m, path: w.bin}\n',
  'w.bin': 'weights',
};

let bench: Workbench;
let project: string;

beforeEach(() => {
  bench = openWorkbench();
  project = bench.project('p', FILES);
});

afterEach(async () => {
  await bench.close();
});

const kit = (args: readonly string[], options: RunOptions = {}) =>
  run(args, { ...options, env: { KITOPS_HOME: bench.home, ...options.env } });
const lastJson = (text: string) => JSON.parse(text.trim().split('\n').at(-1) ?? '');

describe('help', () => {
  it.each([[[]], [['--help']], [['help']]])('%j shows all verbs', async (args) => {
    const { exit, stdout } = await kit(args);
    expect(exit).toBe(0);
    for (const { name, summary } of verbs) expect(stdout).toContain(`${name.padEnd(8)} ${summary}`);
  });

  it.each(verbs.map(({ name }) => name))('%s teaches by examples', async (name) => {
    const { stdout } = await kit([name, '--help']);
    expect(stdout).toMatch(/Usage:\n {2}modelkit .+\n\nExamples:\n {2}# .+\n {2}.*modelkit /);
    expect((await kit(['help', name])).stdout).toBe(stdout);
  });

  it('knows auth login as login', async () => {
    expect((await kit(['auth', 'login', '--help'])).stdout).toContain('modelkit login');
  });
});

describe('what cannot be meant', () => {
  it.each([
    [['pakc'], 'There is no verb "pakc". Did you mean `modelkit pack`?'],
    [['pack'], 'This verb takes 1 argument and got 0. Usage: modelkit pack'],
    [['pack', '.', '--sign'], 'There is no flag --sign.'],
    [['pack', '.', '--compression', 'zip'], 'The compression "zip" is unknown. Use one of none, gzip, gzip-fastest.'],
    [['pack', '.', '--push'], '--push needs a name to push to.'],
    [['list', '--concurrency', '0'], 'The concurrency 0 is not possible.'],
    [['remove'], 'modelkit is required for remove unless --all is specified'],
    [['remove', 'a:1', '--all'], 'modelkit should not be specified when --all flag is used'],
    [['remove', 'a:1', '--remote', '--force'], 'cannot use --all or --force with --remote'],
    [['list', '--format', '{{'], 'template'],
    [['login', 'h', '-p', 'x', '--password-stdin'], '-p and --password-stdin cannot be used together.'],
    [['login', 'h'], 'There is no password, and no terminal to ask for one.'],
    [['login', 'h', '--password-stdin'], 'Standard input holds no password.'],
    [['tag', 'a:1', 'b:2', '--same-repo'], '"b:2" cannot be a tag.'],
  ])('%j is one line with the way on', async (args, expected) => {
    const { exit, stdout, stderr } = await kit(args);
    expect({ exit, stdout }).toEqual({ exit: 1, stdout: '' });
    expect(stderr).toMatch(/^error INPUT_INVALID: [^\n]+\n$/);
    expect(stderr).toContain(expected);
  });

  it.each([
    [['info', 'nope:1'], 'Could not find modelkit nope:1. `modelkit list` shows'],
    [['unpack', 'nope:1', '--filter', 'modle'], "'configs'). Write it like"],
  ])('%j ends the sentence before what to do next', async (args, expected) => {
    expect((await kit(args)).stderr).toContain(expected);
  });

  it.each(['localhost:5000', '127.0.0.1:5000', 'ghcr.io', 'box:5000/', '[::1]:5000', 'localhost'])(
    'list %s says how a repository is named',
    async (host) => {
      const { exit, stderr } = await kit(['list', host]);
      expect(exit).toBe(1);
      expect(stderr).toMatch(
        /^error REFERENCE_INVALID: \S+ names a registry, and no repository in it\. Add one, such as/,
      );
    },
  );

  it('is JSON with --json', async () => {
    const { exit, stdout } = await kit(['info', 'nope:1', '--json']);
    expect(exit).toBe(1);
    expect(lastJson(stdout).error).toMatchObject({ code: 'REFERENCE_NOT_FOUND' });
  });
});

describe('pack', () => {
  it('prints what kit prints', async () => {
    const { stdout, stderr } = await kit(['pack', project, '-t', 'demo:1']);
    const digest = 'sha256:[0-9a-f]{64}';
    const lines = [
      `Saved model layer: ${digest}`,
      `Saved configuration: ${digest}`,
      `Saved manifest to storage: ${digest}`,
      `Model saved: ${digest}`,
    ];
    expect(stdout).toMatch(new RegExp(`^${lines.join('\n')}\n$`));
    expect(stderr).toBe('');
  });

  it('with --verbose tells what each layer holds', async () => {
    const { stdout } = await kit(['pack', project, '-t', 'demo:1', '--verbose']);
    expect(stdout).toMatch(/^Packing model w\.bin: 1 file, 7 B\n/);
  });

  it('reads a Kitfile from standard input', async () => {
    const { exit } = await kit(['pack', project, '-f', '-', '-t', 'demo:1'], { stdin: FILES.Kitfile });
    expect(exit).toBe(0);
  });

  it('with --json ends in its result', async () => {
    const { stdout } = await kit(['pack', project, '-t', 'demo:1,2', '--json']);
    expect(lastJson(stdout)).toMatchObject({ reference: 'demo:1', tags: ['1', '2'], layers: [{ path: 'w.bin' }] });
  });

  it('puts SOURCE_DATE_EPOCH into the manifest', async () => {
    await kit(['pack', project, '-t', 'demo:1'], { env: { SOURCE_DATE_EPOCH: '0' } });
    expect((await kit(['inspect', 'demo:1'])).stdout).toContain(
      '"org.opencontainers.image.created": "1970-01-01T00:00:00Z"',
    );
  });
});

describe('check', () => {
  const bad = 'manifestVersion: 1.0.0\nmodle: {path: w.bin}\ndatasets: [{path: nope.csv}]\n';

  it('names the place of each finding, and ends with 1 for an error', async () => {
    const { exit, stdout, stderr } = await kit(['check', bench.project('bad', { Kitfile: bad })]);
    expect({ exit, stderr }).toEqual({ exit: 1, stderr: '' });
    expect(stdout).toMatch(/^\S+Kitfile:2:1: error KITFILE_SCHEMA [a-z-]+: .*modle/m);
    expect(stdout).toMatch(/^\S+Kitfile:3:19: error PATH_NOT_FOUND [a-z-]+: .*nope\.csv/m);
    expect(stdout).toMatch(/^2 errors, 0 warnings$/m);
  });

  it('says that a good one is fine', async () => {
    const { exit, stdout, stderr } = await kit(['check', project]);
    expect({ exit, stderr }).toEqual({ exit: 0, stderr: '' });
    expect(stdout).toMatch(/Kitfile is fine\n$/);
  });

  it('names files from where the user is', async () => {
    bench.project('some/folder', { Kitfile: bad });
    const here = vi.spyOn(process, 'cwd').mockReturnValue(bench.folder);
    const { stdout } = await kit(['check', 'some/folder']);
    here.mockRestore();
    expect(stdout).toMatch(/^some\/folder\/Kitfile:3:19: error PATH_NOT_FOUND/m);
  });

  it('takes the Kitfile itself, whatever it is called', async () => {
    const folder = bench.project('own', { 'my.kitfile': bad, 'w.bin': '1' });
    const { exit, stdout } = await kit(['check', join(folder, 'my.kitfile')]);
    expect(exit).toBe(1);
    expect(stdout).toMatch(/own\/my\.kitfile:3:19: error PATH_NOT_FOUND/);
  });

  it('takes the dialect with warnings, and refuses it with --strict', async () => {
    const folder = bench.project('dialect', { Kitfile: 'model: [{name: m, path: w}]', w: '1' });
    expect(await kit(['check', folder])).toMatchObject({
      exit: 0,
      stdout: expect.stringContaining('0 errors, 2 warnings'),
    });
    expect(await kit(['check', folder, '--strict'])).toMatchObject({ exit: 1 });
  });

  it('with --json is one document', async () => {
    const { exit, stdout } = await kit(['check', bench.project('bad', { Kitfile: bad }), '--json']);
    expect(exit).toBe(1);
    expect(JSON.parse(stdout)).toMatchObject({
      kitfile: expect.stringMatching(/bad\/Kitfile$/),
      errors: 2,
      problems: [{ line: 2, column: 1 }, {}],
    });
  });
});

describe('tag', () => {
  beforeEach(async () => {
    await kit(['pack', project, '-t', 'reg.io/demo:1']);
  });

  it('with a word alone does what kit does, and says so', async () => {
    const { stdout, stderr } = await kit(['tag', 'reg.io/demo:1', 'latest']);
    expect(stdout).toBe('Modelkit reg.io/demo:1 tagged as localhost/latest:latest\n');
    expect(stderr).toMatch(/^warning DIALECT: "latest" is a repository of its own.* add --same-repo\.\n$/);
  });

  it('with --same-repo stays in the repository', async () => {
    const { stdout } = await kit(['tag', 'reg.io/demo:1', 'latest', '--same-repo']);
    expect(stdout).toBe('Modelkit reg.io/demo:1 tagged as reg.io/demo:latest\n');
  });
});

describe('remove', () => {
  it('says what went, in kit’s words', async () => {
    await kit(['pack', project, '-t', 'demo:1,2']);
    expect((await kit(['remove', 'demo:1'])).stdout).toMatch(/^Removed demo:1 \(digest sha256:[0-9a-f]{64}\)\n$/);
    expect((await kit(['remove', '--all', '--force'])).stdout).toMatch(/^Untagged demo:2\nRemoved demo@sha256:/);
    expect((await kit(['list', '--format', 'json'])).stdout).toBe('[]\n');
  });

  it('of several tags goes on after one that is not there', async () => {
    await kit(['pack', project, '-t', 'demo:1,2']);
    const { exit, stderr } = await kit(['remove', 'demo:1,nope,2']);
    expect(exit).toBe(0);
    expect(stderr).toContain('Failed to remove tag nope');
    expect((await kit(['list', '--format', 'json'])).stdout).toBe('[]\n');
  });
});

describe('list', () => {
  it('goes by the names of kit’s files, as kit does', async () => {
    for (const name of ['zz', '192.168.1.1:5000/a', 'a/z', 'ghcr.io/x/y', 'abc', 'b'])
      await kit(['pack', project, '-t', `${name}:1`]);
    expect((await kit(['list', '--format', '{{.Repo}}'])).stdout.trim().split('\n')).toEqual([
      '192.168.1.1:5000/a',
      'ghcr.io/x/y',
      'a/z',
      'abc',
      'b',
      'zz',
    ]);
  });

  it('shows a kit that is not whole as incomplete', async () => {
    await kit(['pack', project, '-t', 'demo:1']);
    const { digest } = lastJson((await kit(['layers', 'demo:1', '--json'])).stdout)[0];
    rmSync(join(bench.home, 'storage/blobs/sha256', digest.slice(7)));
    expect((await kit(['list'])).stdout).toMatch(/^demo +1 +Ada +<incomplete> /m);
  });

  it('shows names with control characters as escapes', async () => {
    const folder = bench.project('odd', { Kitfile: 'package: {name: "a\\e[31mb"}' });
    await kit(['pack', folder, '-t', 'odd:1']);
    expect((await kit(['list'])).stdout).toContain('a\\u001b[31mb');
  });
});

describe('unpack --filter with files', () => {
  const Kitfile = `manifestVersion: 1.0.0
model: {path: w.bin}
code: [{path: src}, {path: run.py}]
datasets: [{path: data}]
`;
  const files = { Kitfile, 'w.bin': 'w', 'src/a.py': 'a', 'src/b.txt': 'b', 'run.py': 'r', 'data/d.csv': 'd' };

  it('names the layers of which something is written, and no others', async () => {
    await kit(['pack', bench.project('f', files), '-t', 'f:1']);
    const { stdout } = await kit(['unpack', 'f:1', '--filter', '*.py', '-d', join(bench.folder, 'out')]);
    expect(stdout).toBe('Unpacking code to src\nUnpacking code to run.py\n');
  });

  it('does not read a single file that cannot be meant', async () => {
    await kit(['pack', bench.project('f', files), '-t', 'f:1']);
    const { digest } = JSON.parse((await kit(['layers', 'f:1', '--json'])).stdout)[0];
    const blob = join(bench.home, 'storage/blobs/sha256', digest.slice(7));
    const bytes = readFileSync(blob);
    // Its head is read, its content is not: what is wrong there does not matter.
    writeFileSync(blob, bytes.fill('x', 512, 513));
    expect(await kit(['unpack', 'f:1', '--filter', '*.py', '-d', join(bench.folder, 'out')])).toMatchObject({
      exit: 0,
      stderr: '',
    });
  });
});

describe('info', () => {
  it.each([
    ['package', 'name: demo\nauthors: [Ada]\n'],
    ['.package.name', 'demo\n'],
    ['package.authors', '- Ada\n'],
    ['package.version', '""\n'],
    ['manifestVersion', '1.0.0\n'],
    ['model.parameters', 'lr: 0.1\n'],
    ['model.parts', '- name: a\n  path: w.bin\n'],
    ['datasets', '- name: d\n  path: d.csv\n'],
    ['dataSets', '- name: d\n  path: d.csv\n'],
    ['docs', '[]\n'],
  ])('--filter %s', async (filter, expected) => {
    const Kitfile = `manifestVersion: 1.0.0
package: {name: demo, authors: [Ada]}
model: {name: m, parts: [{name: a, path: w.bin}], parameters: {lr: 0.1}}
datasets: [{name: d, path: d.csv}]
`;
    await kit(['pack', bench.project('i', { Kitfile, 'w.bin': 'w', 'd.csv': '1' }), '-t', 'demo:1']);
    expect((await kit(['info', 'demo:1', '--filter', filter])).stdout).toBe(expected);
  });
});

describe('with a registry', () => {
  let registry: TestRegistry;

  beforeEach(async () => {
    registry = await startRegistry({ access: { kind: 'basic', users: { ada: 's3cret with blanks ' } } });
    await kit(['pack', project, '-t', `${registry.host}/team/demo:1`]);
  });

  afterEach(async () => {
    await registry.stop();
  });

  const login = () =>
    kit(['login', registry.host, '-u', 'ada', '--password-stdin', '--plain-http'], { stdin: 's3cret with blanks \n' });

  it('logs in by standard input, pushes, lists, removes and logs out', async () => {
    const reference = `${registry.host}/team/demo:1`;
    expect(await kit(['push', reference, '--plain-http'])).toMatchObject({
      exit: 1,
      stderr: expect.stringContaining('REGISTRY_UNAUTHORIZED'),
    });
    expect((await login()).stdout).toBe('Log in successful\n');
    expect((await kit(['push', reference, '--plain-http'])).stdout).toMatch(
      /^Pushing .*\nPushed sha256:[0-9a-f]{64}\n$/,
    );
    const listed = await kit(['list', `${registry.host}/team/demo`, '--plain-http']);
    expect(listed.stdout).toMatch(/^team\/demo +1 +Ada +demo +2\.0 KiB +sha256:/m);
    expect(await kit(['remove', '--remote', reference, '--plain-http'])).toMatchObject({ exit: 0 });
    expect((await kit(['logout', registry.host])).stdout).toBe(`Successfully logged out from ${registry.host}\n`);
  });

  it('saves a login where kit reads it, and shows the password nowhere', async () => {
    const { stdout, stderr } = await login();
    const saved = JSON.parse(readFileSync(join(bench.home, 'credentials.json'), 'utf8'));
    const auth = Buffer.from(saved.auths[registry.host].auth, 'base64').toString();
    expect(auth).toBe('ada:s3cret with blanks ');
    expect(stdout + stderr).not.toContain('s3cret');
  });

  it('push of what is not here says nothing before', async () => {
    const { stdout, stderr } = await kit(['push', `${registry.host}/team/demo:nope`, '--plain-http']);
    expect(stdout).toBe('');
    expect(stderr).toMatch(/^error REFERENCE_NOT_FOUND: /);
  });

  it('pack --push pushes every tag', async () => {
    await login();
    const { exit, stdout } = await kit([
      'pack',
      project,
      '-t',
      `${registry.host}/team/demo:2,latest`,
      '--push',
      '--plain-http',
    ]);
    expect({ exit, pushed: stdout.match(/^Pushed /gm)?.length }).toEqual({ exit: 0, pushed: 2 });
    expect(registry.repositories.tags('team/demo')).toEqual(expect.arrayContaining(['2', 'latest']));
  });

  it('asks it for what is not in the local store', async () => {
    await login();
    const reference = `${registry.host}/team/demo:1`;
    await kit(['push', reference, '--plain-http']);
    await kit(['remove', reference]);
    expect((await kit(['info', reference, '--plain-http'])).stdout).toContain('name: demo');
    expect((await kit(['layers', reference, '--remote', '--plain-http'])).stdout).toContain('w.bin');
  });
});
