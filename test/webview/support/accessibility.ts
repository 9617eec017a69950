import axe from 'axe-core';
import type { Page } from 'playwright-core';

/** What axe finds wrong with the page, one line each; empty when nothing is. */
export async function accessibilityProblems(page: Page): Promise<readonly string[]> {
  await page.evaluate(axe.source);
  const { violations } = await page.evaluate(() =>
    (window as never as { axe: { run(root: Document): Promise<axe.AxeResults> } }).axe.run(document),
  );
  return violations.flatMap(({ id, nodes }) =>
    nodes.map(({ target, failureSummary }) => `${id}: ${target} ${failureSummary}`),
  );
}
