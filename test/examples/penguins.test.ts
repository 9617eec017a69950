import { beforeAll, describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import {
  type Penguin,
  predict,
  readPenguins,
  readSafetensors,
  readSample,
  readSampleText,
  type Safetensors,
  sampleFiles,
} from './penguins.ts';

const SPECIES = ['Adelie', 'Chinstrap', 'Gentoo'];

describe('the weights of the sample', () => {
  let model: Safetensors;
  beforeAll(async () => {
    model = readSafetensors(await readSample('model/model.safetensors'));
  });

  it('have the tensors of a network with six hidden units', () => {
    const shapes = Object.entries(model.tensors).map(([name, { shape }]) => [name, shape]);
    expect(Object.fromEntries(shapes)).toEqual({
      mean: [4],
      scale: [4],
      'hidden.weight': [6, 4],
      'hidden.bias': [6],
      'output.weight': [3, 6],
      'output.bias': [3],
    });
  });

  it('fill the file to its last byte, behind a header of whole words', () => {
    const bytes = Object.values(model.tensors).reduce((sum, tensor) => sum + tensor.bytes.length, 0);
    expect([bytes, model.bodyStart % 8]).toEqual([model.bodyLength, 0]);
  });

  it('name the inputs and outputs that config.json names', async () => {
    const config = JSON.parse(await readSampleText('model/config.json'));
    expect(model.metadata).toEqual({ features: config.features.join(','), labels: config.labels.join(',') });
  });

  it('are the same numbers in the ONNX file', async () => {
    const onnx = await readSample('model/model.onnx');
    const missing = Object.entries(model.tensors).filter(([, tensor]) => !onnx.includes(tensor.bytes));
    expect(missing).toEqual([]);
  });

  it.each(['train', 'test'])('are right as often as the model card says of %s.csv', async (name) => {
    const penguins = await readPenguins(`data/${name}.csv`);
    const { correct, accuracy } = measure(model, penguins);
    const card = (await readSampleText('docs/model-card.md')).replaceAll(/ +/g, ' ');
    expect(card).toContain(`| \`data/${name}.csv\` | ${penguins.length} | ${correct} | ${accuracy.toFixed(4)} |`);
  });

  it.each(['train', 'test'])('are right as often as metrics.json says of %s.csv', async (name) => {
    const metrics = JSON.parse(await readSampleText('model/metrics.json'))[name];
    expect(metrics).toEqual(measure(model, await readPenguins(`data/${name}.csv`)));
  });
});

describe('the data of the sample', () => {
  it('is split without losing or repeating a penguin', async () => {
    const split = [...(await readPenguins('data/train.csv')), ...(await readPenguins('data/test.csv'))];
    const [, ...published] = (await readSampleText('data/penguins.csv')).trim().split('\n');
    const measured = published.filter((line) => !line.includes('NA,NA,NA,NA')).map(withoutOtherColumns);
    expect(split.map(({ line }) => line).sort()).toEqual(measured.sort());
  });
});

describe('the Kitfile of the sample', () => {
  it('names paths that exist, and covers every file', async () => {
    const paths = kitfilePaths(parse(await readSampleText('Kitfile')));
    const files = (await sampleFiles()).filter((file) => !['Kitfile', '.kitignore'].includes(file));
    const covered = (file: string) => paths.filter((path) => file === path || file.startsWith(path));
    expect(files.filter((file) => covered(file).length !== 1)).toEqual([]);
    expect(paths.filter((path) => !files.some((file) => file.startsWith(path)))).toEqual([]);
  });

  it('says of each data set how many rows it has', async () => {
    const { datasets } = parse(await readSampleText('Kitfile')) as Kitfile;
    const counted = datasets.filter(({ parameters }) => parameters);
    const rows = await Promise.all(counted.map(async ({ path }) => (await readPenguins(path)).length));
    expect(counted.map(({ parameters }) => parameters?.rows)).toEqual(rows);
  });

  it('says of the training what the settings say', async () => {
    const { model } = parse(await readSampleText('Kitfile')) as Kitfile;
    expect(JSON.parse(await readSampleText('config/training.json'))).toMatchObject({
      epochs: model.parameters.epochs,
      hidden_units: model.parameters.hidden_units,
      learning_rate: model.parameters.learning_rate,
    });
  });
});

interface Kitfile {
  readonly model: { readonly path: string; readonly parts: readonly Entry[]; readonly parameters: Parameters };
  readonly code: readonly Entry[];
  readonly datasets: readonly (Entry & { readonly parameters?: Parameters })[];
  readonly docs: readonly Entry[];
}
type Entry = { readonly path: string };
type Parameters = Readonly<Record<string, number>>;

function kitfilePaths({ model, code, datasets, docs }: Kitfile): readonly string[] {
  return [model, ...model.parts, ...code, ...datasets, ...docs].map(({ path }) => path);
}

/** species, island, four measurements, sex, year -> species, four measurements. */
function withoutOtherColumns(line: string): string {
  const [species, , ...rest] = line.split(',');
  return [species, ...rest.slice(0, 4)].join(',');
}

function measure(model: Safetensors, penguins: readonly Penguin[]) {
  const confusion = SPECIES.map(() => SPECIES.map(() => 0));
  for (const { species, inputs } of penguins) {
    const row = confusion[SPECIES.indexOf(species)] ?? [];
    const predicted = predict(model, inputs);
    row[predicted] = (row[predicted] ?? 0) + 1;
  }
  const correct = confusion.reduce((sum, row, at) => sum + (row[at] ?? 0), 0);
  const accuracy = Number((correct / penguins.length).toFixed(4));
  return { penguins: penguins.length, correct, accuracy, confusion };
}
