import { readdir, readFile } from 'node:fs/promises';
import { relative } from 'node:path';
import { fileURLToPath } from 'node:url';

const sample = new URL('../../examples/penguins/', import.meta.url);

export const readSample = (file: string): Promise<Buffer> => readFile(new URL(file, sample));
export const readSampleText = async (file: string): Promise<string> => (await readSample(file)).toString();

/** Every file of the sample, relative to it. */
export async function sampleFiles(): Promise<readonly string[]> {
  const folder = fileURLToPath(sample);
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile() && !entry.parentPath.endsWith('__pycache__'))
    .map((entry) => relative(folder, `${entry.parentPath}/${entry.name}`))
    .sort();
}

export interface Tensor {
  readonly shape: readonly number[];
  readonly bytes: Buffer;
}

export interface Safetensors {
  readonly metadata: Readonly<Record<string, string>>;
  readonly tensors: Readonly<Record<string, Tensor>>;
  /** Where the header ends. */
  readonly bodyStart: number;
  readonly bodyLength: number;
}

interface HeaderEntry {
  readonly dtype: string;
  readonly shape: readonly number[];
  readonly data_offsets: readonly [number, number];
}

/** Reads a safetensors file: 8 bytes of length, the header, the numbers. */
export function readSafetensors(content: Buffer): Safetensors {
  const bodyStart = 8 + Number(content.readBigUInt64LE());
  const { __metadata__, ...entries } = JSON.parse(content.toString('utf8', 8, bodyStart)) as Record<string, unknown>;
  const tensors = Object.entries(entries as Record<string, HeaderEntry>).map(([name, { shape, data_offsets }]) => {
    const [start, end] = data_offsets;
    return [name, { shape, bytes: content.subarray(bodyStart + start, bodyStart + end) }] as const;
  });
  return {
    metadata: __metadata__ as Record<string, string>,
    tensors: Object.fromEntries(tensors),
    bodyStart,
    bodyLength: content.length - bodyStart,
  };
}

/** The sample's network, computed without its code. @returns the index of the likeliest species */
export function predict({ tensors }: Safetensors, inputs: readonly number[]): number {
  const [mean, scale] = [numbers(tensors.mean), numbers(tensors.scale)];
  const standard = inputs.map((value, at) => (value - (mean[at] ?? Number.NaN)) / (scale[at] ?? Number.NaN));
  const active = layer(tensors['hidden.weight'], tensors['hidden.bias'], standard).map(Math.tanh);
  const scores = layer(tensors['output.weight'], tensors['output.bias'], active);
  return scores.indexOf(Math.max(...scores));
}

function layer(weights: Tensor | undefined, bias: Tensor | undefined, values: readonly number[]): number[] {
  const all = numbers(weights);
  return numbers(bias).map((start, row) =>
    values.reduce((sum, value, at) => sum + value * (all[row * values.length + at] ?? Number.NaN), start),
  );
}

function numbers(tensor: Tensor | undefined): readonly number[] {
  const bytes = tensor?.bytes ?? Buffer.alloc(0);
  return Array.from({ length: bytes.length / 4 }, (_, at) => bytes.readFloatLE(at * 4));
}

export interface Penguin {
  readonly species: string;
  readonly line: string;
  readonly inputs: readonly number[];
}

/** Rows of train.csv and test.csv: species and four measurements. */
export async function readPenguins(file: string): Promise<readonly Penguin[]> {
  const [, ...lines] = (await readSampleText(file)).trim().split('\n');
  return lines.map((line) => {
    const [species = '', ...inputs] = line.split(',');
    return { species, line, inputs: inputs.map(Number) };
  });
}
