import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { runInExtensionHost } from './support/extensionHost.ts';

const TASKS = [
  { label: 'pack as written', verb: 'pack', folder: 'good', reference: 'good:from-task', compression: 'gzip' },
  { label: 'unpack as written', verb: 'unpack', reference: 'good:from-task', folder: 'unpacked', filters: ['model'] },
  { label: 'wrong field', verb: 'pack', folder: 7 },
].map((task) => ({ type: 'modelkit', ...task }));

const FILES: Readonly<Record<string, string>> = {
  'good/Kitfile': `manifestVersion: 1.0.0
package:
  name: Good Model
  version: 1.2.3
model:
  name: model
  path: model.onnx
`,
  'good/model.onnx': 'weights',
  'bad/Kitfile': 'manifestVersion: 1.0.0\nmodel:\n  name: model\n  path: missing.onnx\n',
  '.vscode/tasks.json': JSON.stringify({ version: '2.0.0', tasks: TASKS }),
};

const workspace = await mkdtemp(join(tmpdir(), 'modelkit-workspace-'));
for (const [file, text] of Object.entries(FILES)) {
  await mkdir(dirname(join(workspace, file)), { recursive: true });
  await writeFile(join(workspace, file), text);
}
const home = await mkdtemp(join(tmpdir(), 'modelkit-home-'));
const results = await runInExtensionHost(workspace, { KITOPS_HOME: home });
await Promise.all([workspace, home].map((folder) => rm(folder, { recursive: true, force: true })));

describe('inside the extension host', () => {
  it.each(results.map(({ name, error }) => [name, error] as const))('%s', (_name, error) => {
    expect(error).toBeUndefined();
  });
});
