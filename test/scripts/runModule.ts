import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../../', import.meta.url));

export interface Ended {
  readonly code: number;
  readonly output: string;
}

/**
 * Runs a module that may import from `./scripts`, with an empty folder as PATH: nothing is installed there.
 * `folder` in the module is a temporary folder.
 */
export async function runModule(source: string): Promise<Ended> {
  const folder = await mkdtemp(join(tmpdir(), 'modelkit-script-'));
  const module = `const folder = ${JSON.stringify(folder)};\n${source}`;
  const env = { PATH: folder, HOME: folder, TMPDIR: folder };
  try {
    return await new Promise((resolve) => {
      const args = ['--input-type=module', '--eval', module];
      execFile(process.execPath, args, { cwd: root, env }, (error, stdout, stderr) =>
        resolve({ code: Number(error?.code ?? 0), output: stdout + stderr }),
      );
    });
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
