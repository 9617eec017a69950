import { defineConfig } from 'vitest/config';

/** The real VS Code: one test at a time, since each has a browser, a server and a registry of its own. */
export default defineConfig({
  test: {
    root: new URL('../..', import.meta.url).pathname,
    include: ['test/e2e/**/*.test.ts'],
    fileParallelism: false,
    testTimeout: 120_000,
    hookTimeout: 120_000,
    allowOnly: false,
    bail: 0,
    // A real window that is busy lets a key or a click pass by now and then; what fails twice is broken.
    retry: 1,
  },
});
