import { execFile } from 'node:child_process';
import { cp, mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';

const root = new URL('../..', import.meta.url).pathname;
const FOLDERS = ['shared', 'schemas', 'engine', 'server', 'client', 'webview', 'cli', 'test'];

/** A small house with our rules: one good file per folder. */
const GOOD: Readonly<Record<string, string>> = {
  'engine/index.ts': "export { digest } from './oci/good.ts';\n",
  'engine/errors.ts': "export const code = 'INTERNAL';\n",
  'engine/oci/good.ts': "import { code } from '../errors.ts';\nexport const digest = code;\n",
  'engine/store/good.ts': "import { digest } from '../oci/good.ts';\nexport const store = digest;\n",
  'engine/modelkit/good.ts': "import { store } from '../store/good.ts';\nexport const pack = store;\n",
  'shared/good.ts': 'export const view = 1;\n',
  'server/good.ts':
    "import { digest } from '#engine';\nimport { view } from '#shared/good';\nexport const hover = [digest, view];\n",
  'client/good.ts':
    "import * as vscode from 'vscode';\nimport { digest } from '#engine';\nexport const title = [vscode.version, digest];\n",
  'webview/good.ts': "import { view } from '#shared/good';\nexport const page = [view, document.title];\n",
  'cli/good.ts': "import { digest } from '#engine';\nexport const line = digest;\n",
  'schemas/good.json': '{}\n',
  'test/good.ts': 'export const fixture = 1;\n',
};

/** One wrong file per arrow that does not exist. */
const FORBIDDEN: Readonly<Record<string, string>> = {
  'engine/vscode.ts': "import type { Uri } from 'vscode';\nexport type Wrong = Uri;\n",
  'engine/shared.ts': "import { view } from '#shared/good';\nexport const wrong = view;\n",
  'engine/client.ts': "import { title } from '../client/good.ts';\nexport const wrong = title;\n",
  'engine/oci/upwards.ts': "import { store } from '../store/good.ts';\nexport const wrong = store;\n",
  'engine/oci/vscode.ts': "import type { Uri } from 'vscode';\nexport type Wrong = Uri;\n",
  'engine/store/verbs.ts': "import { pack } from '../modelkit/good.ts';\nexport const wrong = pack;\n",
  'engine/registry/verbs.ts': "import { pack } from '../modelkit/good.ts';\nexport const wrong = pack;\n",
  'engine/archive/verbs.ts': "import { pack } from '../modelkit/good.ts';\nexport const wrong = pack;\n",
  'engine/kitfile/verbs.ts': "import { pack } from '../modelkit/good.ts';\nexport const wrong = pack;\n",
  'engine/store/archive.ts': "import { tar } from '../archive/good.ts';\nexport const wrong = tar;\n",
  'engine/archive/registry.ts': "import { http } from '../registry/good.ts';\nexport const wrong = http;\n",
  'engine/registry/archive.ts': "import { tar } from '../archive/good.ts';\nexport const wrong = tar;\n",
  'engine/kitfile/rules/store.ts': "import { store } from '../../store/good.ts';\nexport const wrong = store;\n",
  'engine/kitfile/rules/verbs.ts': "import { pack } from '../../modelkit/good.ts';\nexport const wrong = pack;\n",
  'shared/engine.ts': "import { digest } from '#engine';\nexport const wrong = digest;\n",
  'shared/node.ts': "import { sep } from 'node:path';\nexport const wrong = sep;\n",
  'server/vscode.ts': "import * as vscode from 'vscode';\nexport const wrong = vscode.version;\n",
  'server/client.ts': "import { title } from '../client/good.ts';\nexport const wrong = title;\n",
  'server/pastTheDoor.ts': "import { digest } from '../engine/oci/good.ts';\nexport const wrong = digest;\n",
  'client/server.ts': "import { hover } from '../server/good.ts';\nexport const wrong = hover;\n",
  'client/commands/pastTheDoor.ts':
    "import { digest } from '../../engine/oci/good.ts';\nexport const wrong = digest;\n",
  'webview/engine.ts': "import { digest } from '#engine';\nexport const wrong = digest;\n",
  'webview/node.ts': "import { readFileSync } from 'node:fs';\nexport const wrong = readFileSync;\n",
  'webview/vscode.ts': "import * as vscode from 'vscode';\nexport const wrong = vscode.version;\n",
  'cli/shared.ts': "import { view } from '#shared/good';\nexport const wrong = view;\n",
  'cli/pastTheDoor.ts': "import { digest } from '../engine/oci/good.ts';\nexport const wrong = digest;\n",
  'cli/vscode.ts': "import * as vscode from 'vscode';\nexport const wrong = vscode.version;\n",
  'engine/modelkit/circle.ts': "import { other } from './circleBack.ts';\nexport const one = () => other;\n",
  'engine/modelkit/circleBack.ts': "import { one } from './circle.ts';\nexport const other = () => one;\n",
};

/** What the compiler sees without the linter's help. */
const MISTYPED: Readonly<Record<string, string>> = {
  'shared/process.ts': 'export const wrong = process.argv;\n',
  'shared/document.ts': 'export const wrong = document.title;\n',
  'engine/document.ts': 'export const wrong = document.title;\n',
  'webview/process.ts': 'export const wrong = process.argv;\n',
  'engine/types.ts': "import { title } from '../client/good.ts';\nexport const wrong = title;\n",
  'cli/types.ts': "import { hover } from '../server/good.ts';\nexport const wrong = hover;\n",
};

const lint = (house: string) => output(house, 'biome', ['lint', '--max-diagnostics=none', '--reporter=github', '.']);
const compile = (house: string) => output(house, 'tsc', ['-b', '--pretty', 'false']);

describe('a house that keeps the arrows', () => {
  it('passes the linter', async () => {
    expect(await inHouse({}, lint)).not.toContain('::error');
  });

  it('passes the compiler', async () => {
    expect(await inHouse({}, compile)).toBe('');
  });
});

describe('a house with an arrow that does not exist', () => {
  let report: readonly string[];
  beforeAll(async () => {
    report = (await inHouse(FORBIDDEN, lint)).split('\n').filter((line) => line.startsWith('::error'));
  });

  it.each(Object.keys(FORBIDDEN))('fails in the linter at %s', (file) => {
    expect(report.filter((line) => line.includes(`file=${file},`))).not.toEqual([]);
  });

  it('fails nowhere else', () => {
    const files = report.map((line) => /file=([^,]+),/.exec(line)?.[1]);
    expect(files.filter((file) => !file || !(file in FORBIDDEN))).toEqual([]);
  });
});

describe('a house with something that a folder does not know', () => {
  let report: readonly string[];
  beforeAll(async () => {
    report = (await inHouse(MISTYPED, compile)).split('\n').filter((line) => line.includes(': error TS'));
  });

  it.each(Object.keys(MISTYPED))('fails in the compiler at %s', (file) => {
    expect(report.filter((line) => line.startsWith(`${file}(`))).not.toEqual([]);
  });
});

/** Builds a house of good files and these, and looks at it. */
async function inHouse(
  files: Readonly<Record<string, string>>,
  look: (house: string) => Promise<string>,
): Promise<string> {
  const house = await mkdtemp(join(tmpdir(), 'modelkit-arrows-'));
  try {
    await furnish(house, { ...GOOD, ...files });
    return (await look(house)).replaceAll(`${house}/`, '');
  } finally {
    await rm(house, { recursive: true, force: true });
  }
}

async function furnish(house: string, files: Readonly<Record<string, string>>): Promise<void> {
  const copied = ['biome.json', 'package.json', '.gitignore', 'tsconfig.json', 'tsconfig.base.json'];
  for (const file of [...copied, ...FOLDERS.map((folder) => `${folder}/tsconfig.json`)])
    await cp(join(root, file), join(house, file));
  for (const [file, text] of Object.entries(files)) {
    await mkdir(dirname(join(house, file)), { recursive: true });
    await writeFile(join(house, file), text);
  }
  await symlink(join(root, 'node_modules'), join(house, 'node_modules'));
}

/** All that a checker prints, whether or not it is content. */
function output(cwd: string, program: string, args: readonly string[]): Promise<string> {
  return new Promise((resolve) => {
    execFile(join(root, 'node_modules/.bin', program), args, { cwd }, (_error, stdout, stderr) =>
      resolve(stdout + stderr),
    );
  });
}
