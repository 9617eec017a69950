import { describe, expect, it } from 'vitest';
import { runModule } from './runModule.ts';

const PASSED = { numPassedTests: 7, numFailedTests: 0, numPendingTests: 0, numTodoTests: 0, success: true };

/** What `npm test` prints last for reports of vitest, each with its exit code; and its own exit code. */
async function total(...runs: readonly (readonly [object | undefined, number])[]): Promise<unknown> {
  const { output } = await runModule(`
    import { count, summary } from './scripts/totals.mjs';
    const runs = ${JSON.stringify(runs)};
    console.log(JSON.stringify(summary(runs.map(([report, status]) => count(report ?? undefined, status)))));
  `);
  return JSON.parse(output);
}

describe('the total of the tests', () => {
  it('adds the runs up', async () => {
    expect(await total([PASSED, 0], [{ ...PASSED, numPassedTests: 5 }, 0])).toEqual({
      lines: ['12 passed, 0 failed'],
      exitCode: 0,
    });
  });

  it('fails with a failed test', async () => {
    expect(await total([{ ...PASSED, numFailedTests: 2, success: false }, 1])).toEqual({
      lines: ['7 passed, 2 failed'],
      exitCode: 1,
    });
  });

  it.each(['numPendingTests', 'numTodoTests'])('fails with skipped tests (%s)', async (kind) => {
    expect(await total([{ ...PASSED, [kind]: 1 }, 0])).toEqual({
      lines: ['Skipped: 1, which is not allowed.', '7 passed, 0 failed'],
      exitCode: 1,
    });
  });

  it('fails when a file could not be loaded', async () => {
    expect(await total([{ ...PASSED, success: false }, 1])).toEqual({ lines: ['7 passed, 1 failed'], exitCode: 1 });
  });

  it('fails when vitest died without a report', async () => {
    expect(await total([PASSED, 0], [undefined, 139])).toEqual({ lines: ['7 passed, 1 failed'], exitCode: 1 });
  });

  it('fails when no test ran', async () => {
    expect(await total([{ ...PASSED, numPassedTests: 0 }, 0])).toEqual({
      lines: ['0 passed, 0 failed'],
      exitCode: 1,
    });
  });
});
