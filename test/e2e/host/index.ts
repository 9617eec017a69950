import { writeFile } from 'node:fs/promises';
import { activation } from './activation.ts';
import { editing } from './editing.ts';
import type { HostTest } from './hostTest.ts';
import { packing } from './packing.ts';
import { tasks } from './tasks.ts';

const tests: readonly HostTest[] = [...activation, ...editing, ...packing, ...tasks];

/** Called by VS Code in its extension host; the results go to the file that the runner reads. */
export async function run(): Promise<void> {
  const results: { name: string; error?: string }[] = [];
  for (const test of tests) results.push({ name: test.name, ...(await failure(test)) });
  await writeFile(process.env.MODELKIT_TEST_RESULTS ?? '', JSON.stringify(results));
}

async function failure(test: HostTest): Promise<{ error?: string }> {
  try {
    await test.run();
    return {};
  } catch (error) {
    return { error: error instanceof Error ? (error.stack ?? error.message) : String(error) };
  }
}
