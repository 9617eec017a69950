import { mkdir, mkdtemp, rename, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  type Diagnostic,
  DidChangeWatchedFilesNotification,
  FileChangeType,
  HoverRequest,
} from 'vscode-languageserver-protocol/node';
import { cpuTime } from '../support/cpuTime.ts';
import { joined, type TestClient } from './support/client.ts';

let folder: string;
let uri: string;
let client: TestClient;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'modelkit-disk-'));
  uri = pathToFileURL(join(folder, 'Kitfile')).toString();
  client = await joined({ settings: () => ({ home: '/nowhere' }) });
});

afterEach(async () => {
  client.dispose();
  await rm(folder, { recursive: true, force: true });
});

const { Created, Changed, Deleted } = FileChangeType;

async function file(path: string, content = 'x'): Promise<void> {
  await mkdir(dirname(join(folder, path)), { recursive: true });
  await writeFile(join(folder, path), content);
}

/** What the editor shows of a Kitfile with these lines: `severity code line:from-to`, lines from 0. */
async function shown(...lines: readonly string[]): Promise<readonly string[]> {
  await client.open(uri, ['manifestVersion: 1.0.0', ...lines, ''].join('\n'));
  return (await client.diagnostics(uri)).map(inShort);
}

function inShort({ severity, code, range: { start, end } }: Diagnostic): string {
  return `${['', 'error', 'warning', 'information'][severity ?? 0]} ${code} ${start.line}:${start.character}-${end.character}`;
}

/** What the editor shows after the client told of these changes. */
async function shownAfter(...changes: readonly (readonly [string, FileChangeType])[]): Promise<readonly string[]> {
  client.forgetPublished();
  await client.connection.sendNotification(DidChangeWatchedFilesNotification.type, {
    changes: changes.map(([path, type]) => ({ uri: pathToFileURL(join(folder, path)).toString(), type })),
  });
  return (await client.diagnostics(uri)).map(inShort);
}

describe('a path on the disk', () => {
  it('that is missing', async () => {
    expect(await shown('code:', '  - path: src/train.py')).toEqual(['error path-missing 2:10-22']);
  });

  it('that is outside, absolute, or an address', async () => {
    expect(await shown('code:', '  - path: ../x', '  - path: "/abs"', '  - path: https://a/b')).toEqual([
      'error path-outside 2:10-14',
      'error path-absolute 3:10-16',
      'error path-url 4:10-21',
    ]);
  });

  it('that the disk spells in another case', async () => {
    await file('Data/Train.csv');
    expect(await shown('datasets:', '  - path: data/Train.csv')).toEqual(['error path-missing 2:10-24']);
    expect((await client.diagnostics(uri))[0]).toMatchObject({
      message: 'The path data/Train.csv does not exist. The disk spells it "Data".',
      data: { suggestion: 'Data/Train.csv' },
    });
  });

  it('that two layers have', async () => {
    await file('src/a.py');
    expect(await shown('code:', '  - path: src', 'docs:', '  - path: ./src/')).toEqual([
      'error duplicate-path 4:10-16',
    ]);
  });

  it('that .kitignore leaves out', async () => {
    await file('.kitignore', 'data\n');
    await file('data/a.csv');
    expect(await shown('datasets:', '  - name: d', '    path: data/a.csv')).toEqual(['warning path-ignored 3:10-20']);
  });

  it('that is a link', async () => {
    await file('real');
    await symlink('real', join(folder, 'link'));
    expect(await shown("model: {path: 'link'}")).toEqual(['error path-unsupported 1:14-20']);
  });

  it('below a .kitignore that cannot be used', async () => {
    await file('.kitignore', '[\n');
    await file('a');
    expect(await shown('code:', '  - path: a')).toEqual(['error kitignore 0:0-0']);
  });
});

describe('a change on the disk', () => {
  it('that makes the file', async () => {
    expect(await shown('code:', '  - path: a.py')).toEqual(['error path-missing 2:10-14']);
    await file('a.py');
    expect(await shownAfter(['a.py', Created])).toEqual([]);
  });

  it('that removes it, or the folder that it is in', async () => {
    await file('src/a.py');
    expect(await shown('code:', '  - path: src/a.py')).toEqual([]);
    await rm(join(folder, 'src'), { recursive: true });
    expect(await shownAfter(['src', Deleted])).toEqual(['error path-missing 2:10-18']);
  });

  it('that renames it to another case', async () => {
    await file('a.py');
    expect(await shown('code:', '  - path: a.py')).toEqual([]);
    await rename(join(folder, 'a.py'), join(folder, 'A.py'));
    expect(await shownAfter(['a.py', Deleted], ['A.py', Created])).toEqual(['error path-missing 2:10-14']);
  });

  it('that makes, edits and removes .kitignore', async () => {
    await file('a.py');
    expect(await shown('code:', '  - path: a.py')).toEqual([]);
    await file('.kitignore', 'a.py\n');
    expect(await shownAfter(['.kitignore', Created])).toEqual(['warning path-ignored 2:10-14']);
    await file('.kitignore', '# a.py\n');
    expect(await shownAfter(['.kitignore', Changed])).toEqual([]);
    await file('.kitignore', '*.py\n');
    expect(await shownAfter(['.kitignore', Changed])).toEqual(['warning path-ignored 2:10-14']);
    await rm(join(folder, '.kitignore'));
    expect(await shownAfter(['.kitignore', Deleted])).toEqual([]);
  });
});

describe('a Kitfile that takes long', () => {
  const datasets = Array.from({ length: 1250 }, (_, at) => `  - {name: set ${at}, path: data/${at}.csv}`);
  const hostile: readonly (readonly [string, string])[] = [
    ['1,250 data sets that are missing', ['datasets:', ...datasets].join('\n')],
    ['closing brackets', '}'.repeat(270_000)],
    ['90,000 mistakes', ': : :\n'.repeat(45_000)],
    ['10 MB of dashes', '- '.repeat(5_000_000)],
    ['10 MB of self-containing anchors', 'a: &a [*a]\n'.repeat(900_000)],
    ['1 MB of them', 'a: &a [*a]\n'.repeat(90_000)],
    ['1 MB of opening brackets', '{'.repeat(1_000_000)],
    ['1 MB of quotes', '"\n'.repeat(500_000)],
    ['1 MB of tabs', '\t\n'.repeat(500_000)],
    ['1 MB of question marks', '? '.repeat(500_000)],
    ['1 MB of comments', '# x\n'.repeat(250_000)],
    ['1 MB of blocks', 'a: |\n x\n'.repeat(125_000)],
    ['1 MB of list items', 'code:\n'.concat('  - path: a\n'.repeat(80_000))],
  ];

  it.each(hostile)('lets hover and outline answer within a second: %s', async (_, text) => {
    await file('data/other.csv');
    await client.open(uri, text);
    const textDocument = { uri };
    const position = { line: 3, character: 5 };
    const times: number[] = [];
    const ask = async (method: string) => {
      times.push(await cpuTime(() => client.connection.sendRequest(method, { textDocument, position })));
    };
    await ask(HoverRequest.method);
    await ask('textDocument/documentSymbol');
    await ask('textDocument/documentLink');
    await ask('textDocument/completion');
    expect((await client.diagnostics(uri)).length).toBeGreaterThan(0);
    expect(Math.max(...times)).toBeLessThan(1000);
  });
});
