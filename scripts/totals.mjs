/** What the tests came to. A skipped test proves nothing, so it fails the run like a failed one. */

/**
 * Counts the tests in vitest's JSON report.
 * @param report undefined when vitest wrote none
 * @param status vitest's exit code
 */
export function count(report, status) {
  if (!report) return { passed: 0, failed: 1, skipped: 0 };
  const skipped = report.numPendingTests + (report.numTodoTests ?? 0);
  // A file that could not be loaded, or an error outside a test, fails the run without a failed test.
  const failed = report.numFailedTests || (report.success && status === 0 ? 0 : 1);
  return { passed: report.numPassedTests, failed, skipped };
}

/** @returns the lines to print, the total last, and the exit code */
export function summary(counts) {
  const sum = (key) => counts.reduce((total, one) => total + one[key], 0);
  const [passed, failed, skipped] = [sum('passed'), sum('failed'), sum('skipped')];
  const lines = skipped > 0 ? [`Skipped: ${skipped}, which is not allowed.`] : [];
  return {
    lines: [...lines, `${passed} passed, ${failed} failed`],
    exitCode: failed + skipped > 0 || passed === 0 ? 1 : 0,
  };
}
