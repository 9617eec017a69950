import { writeFile } from 'node:fs/promises';
import { activation } from './activation.ts';
import { editing } from './editing.ts';
import type { HostTest } from './hostTest.ts';
import { packing } from './packing.ts';
import { responsiveness } from './responsiveness.ts';
import { tasks } from './tasks.ts';

const tests: readonly HostTest[] = [...activation, ...editing, ...packing, ...tasks, ...responsiveness];

/** Called by VS Code in its extension host; the results go to the file that the runner reads. */
export async function run(): Promise<void> {
  const results: { name: string; error?: string }[] = [];
  for (const test of tests) results.push(await resultOf(test));
  await writeFile(process.env.MODELKIT_TEST_RESULTS ?? '', JSON.stringify(results));
}

async function resultOf(test: HostTest): Promise<{ name: string; error?: string }> {
  try {
    const figure = await test.run();
    return { name: typeof figure === 'string' ? `${test.name} (${figure})` : test.name };
  } catch (error) {
    return { name: test.name, error: error instanceof Error ? (error.stack ?? error.message) : String(error) };
  }
}
