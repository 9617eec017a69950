/** Copies what the tests in the real VS Code have photographed to where README.md shows it: run it after `npm test`. */
import { copyFileSync, mkdirSync } from 'node:fs';

const from = new URL('../test/e2e/output/', import.meta.url);
const to = new URL('../docs/images/', import.meta.url);

mkdirSync(to, { recursive: true });
for (const name of ['editor', 'pack', 'push', 'explorer'])
  copyFileSync(new URL(`${name}.png`, from), new URL(`${name}.png`, to));
