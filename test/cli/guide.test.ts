import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { openWorkbench, type Workbench } from '../support/engine.ts';
import { startRegistry, type TestRegistry } from '../support/registry.ts';
import { run } from './runProgram.ts';

/** The guide's four projects with a file for every path, and its commands as it has them. */
const kitfile = (number: number) =>
  readFileSync(new URL(`../fixtures/guide/kitfile-${number}.yaml`, import.meta.url), 'utf8');

const PROJECTS = [
  {
    name: 'basic',
    Kitfile: kitfile(1),
    files: [
      'models/pytorch_model.bin',
      'data/train.jsonl',
      'data/val.jsonl',
      'src/inference.py',
      'src/preprocess.py',
      'docs/model_card.md',
      'docs/api.md',
      'config/training.yaml',
      'config/inference.json',
    ],
  },
  {
    name: 'advanced',
    Kitfile: kitfile(2),
    files: [
      'models/adapter_model.safetensors',
      'data/multimodal_train.parquet',
      'data/eval/suite.json',
      'src/train.py',
      'src/api/server.py',
      'src/eval/run.py',
    ],
  },
  {
    name: 'fine-tuning',
    Kitfile: kitfile(3),
    files: [
      'models/pytorch_model.bin',
      'models/config.json',
      'data/train.jsonl',
      'data/val.jsonl',
      'src/train.py',
      'src/inference.py',
      'config/training.yaml',
      'docs/model_card.md',
      'docs/README.md',
    ],
  },
  {
    name: 'rag',
    Kitfile: kitfile(4),
    files: [
      'models/retriever/model.bin',
      'models/generation/adapter_model.safetensors',
      'data/knowledge_corpus.jsonl',
      'data/qa_training.jsonl',
      'data/embeddings/index.bin',
      'src/rag/pipeline.py',
      'src/search/engine.py',
      'src/api/server.py',
      'config/rag_config.yaml',
      'config/search_params.json',
    ],
  },
];

let registry: TestRegistry;
let bench: Workbench;
let target: string;
let unpacked = 0;

beforeAll(async () => {
  registry = await startRegistry();
  bench = openWorkbench();
  for (const { name, Kitfile, files } of PROJECTS)
    bench.project(name, { Kitfile, ...Object.fromEntries(files.map((file) => [file, `content of ${file}`])) });
});

afterAll(async () => {
  await registry.stop();
  await bench.close();
});

beforeEach(() => {
  unpacked += 1;
  target = join(bench.folder, `unpacked-${unpacked}`);
});

/** A line of the guide: `my-registry.com` is the test's registry, `.` the project. */
async function guide(line: string, project = 'basic'): Promise<string> {
  const words = line.split(' ').map((word) => word.replaceAll('"', '').replace('my-registry.com', registry.host));
  const args = words.map((word) => (word === '.' ? join(bench.folder, project) : word.replace('{target}', target)));
  const { exit, stdout, stderr } = await run(args, { env: { KITOPS_HOME: bench.home } });
  expect(exit, stderr).toBe(0);
  return stdout;
}

const filesIn = (folder: string) =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(folder.length + 1))
    .sort();

describe.each(PROJECTS)('the project $name', ({ name, files }) => {
  it('packs, is pushed and pulled, and comes back whole', async () => {
    await guide(`pack . -t my-registry.com/${name}:1.0.0 --push --plain-http`, name);
    await guide(`remove my-registry.com/${name}:1.0.0`);
    await guide(`pull my-registry.com/${name}:1.0.0 --plain-http`);
    await guide(`unpack my-registry.com/${name}:1.0.0 -d {target}`);
    expect(filesIn(target)).toEqual([...files, 'Kitfile'].sort());
    expect(files.map((file) => readFileSync(join(target, file), 'utf8'))).toEqual(
      files.map((file) => `content of ${file}`),
    );
  });

  it('comes back as a project that kit would take', async () => {
    await guide(`pack . -t ${name}:1.0.0`, name);
    await guide(`unpack ${name}:1.0.0 -d {target}`);
    const { exit, stdout } = await run(['check', target, '--strict'], { env: { KITOPS_HOME: bench.home } });
    expect(exit, stdout).toBe(0);
  });
});

describe('the commands of the guide', () => {
  beforeAll(async () => {
    await guide('pack . -t my-registry.com/my-model:1.0.0 --push --plain-http');
  });

  it.each([
    ['pack . -t my-model:1.0.0 --compression gzip', 'Model saved: sha256:'],
    ['pack . -t my-registry.com/my-model:1.0.0', 'Already saved model layer: sha256:'],
    ['push my-registry.com/my-model:1.0.0 --plain-http', 'Pushed sha256:'],
    ['pull my-registry.com/my-model:1.0.0 --plain-http', 'Pulled sha256:'],
    ['info my-registry.com/my-model:1.0.0', 'name: my-llm-model'],
    ['inspect my-registry.com/my-model:1.0.0', '"cliVersion": "modelkit-vscode/'],
    ['layers my-registry.com/my-model:1.0.0', 'training-config'],
    ['list', 'my-llm-model'],
    ['list my-registry.com/my-model --plain-http', '1.0.0'],
    ['tag my-registry.com/my-model:1.0.0 latest', 'tagged as localhost/latest:latest'],
    ['tag my-registry.com/my-model:1.0.0 latest --same-repo', '/my-model:latest'],
    ['version', 'Version:'],
  ])('%s', async (line, expected) => {
    expect(await guide(line)).toContain(expected);
  });

  const CODE = ['src/inference.py', 'src/preprocess.py'];
  const CONFIG = ['config/inference.json', 'config/training.yaml'];
  const DATA = ['data/train.jsonl', 'data/val.jsonl'];
  it.each([
    ['--model', ['models/pytorch_model.bin']],
    ['--datasets --code', [...CONFIG, ...DATA, ...CODE]],
    ['--filter "*.py,*.yaml"', ['config/training.yaml', ...CODE]],
    ['--configs', CONFIG],
    ['--code --model --configs', [...CONFIG, 'models/pytorch_model.bin', ...CODE]],
  ])('unpack my-registry.com/my-model:1.0.0 %s', async (flags, expected) => {
    await guide(`unpack my-registry.com/my-model:1.0.0 ${flags} -d {target}`);
    expect(filesIn(target)).toEqual(expected);
  });

  it('unpack --model --code REF, as in its manifest for Kubernetes', async () => {
    await guide('unpack --model --code my-registry.com/my-model:1.0.0 -d {target}');
    expect(filesIn(target)).toContain('models/pytorch_model.bin');
  });
});
