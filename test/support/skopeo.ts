import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

/** Runs a program of Debian's; where it is missing, the error says how to install it. */
export async function runDebian(program: string, ...args: readonly string[]): Promise<string> {
  try {
    return (await promisify(execFile)(program, [...args])).stdout;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
    throw new Error(`${program} is missing: run "apt-get install -y ${program}" and test again.`, { cause: error });
  }
}

/** Copies an image or artifact out of a registry on loopback into an OCI layout: an independent witness of what is there. */
export async function skopeoToLayout(reference: string, folder: string, login?: string): Promise<void> {
  const access = login === undefined ? [] : [`--src-creds=${login}`];
  await runDebian(
    'skopeo',
    'copy',
    '--src-tls-verify=false',
    ...access,
    `docker://${reference}`,
    `oci:${folder}:copied`,
  );
}
