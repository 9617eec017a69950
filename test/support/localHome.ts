import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach } from 'vitest';
import { LocalStore } from '../../engine/store/localStore.ts';

const KIT_STORE = join(import.meta.dirname, '../fixtures/kit-1.7/store-1.7.tar.gz');

/** A home folder that goes after the test. */
export function temporaryHome(): string {
  const home = mkdtempSync(join(tmpdir(), 'modelkit-home-'));
  afterEach(() => rmSync(home, { recursive: true, force: true }));
  return home;
}

/** A home whose storage was written by kit 1.7. */
export function kitHome(): string {
  const home = temporaryHome();
  execFileSync('tar', ['-xzf', KIT_STORE, '-C', home]);
  return home;
}

/** Everything that the store lists, one line per ModelKit: `repository digest tag,tag`. */
export async function listing(home: string): Promise<readonly string[]> {
  const store = new LocalStore(home);
  const lines: string[] = [];
  for (const name of await store.repositories())
    for (const { node, tags } of await store.repository(name).list())
      lines.push(`${name} ${node.digest.slice(7, 19)} ${tags.join(',')}`.trim());
  return lines;
}

export function storageFile(home: string, name: string): string {
  return readFileSync(join(home, 'storage', name), 'utf8');
}

export function blobNames(home: string): readonly string[] {
  return readdirSync(join(home, 'storage/blobs/sha256')).sort();
}

/** Files of ours that no finished command may leave. */
export function leftovers(home: string): readonly string[] {
  const files = readdirSync(home, { recursive: true, encoding: 'utf8' });
  return files.filter((file) => /\.modelkit-|modelkit\.lock|removing\.json/.test(file));
}

/** `<B>` of a repository (spec 4.2). */
export function fileNameOf(repository: string): string {
  return Buffer.from(repository).toString('base64').replaceAll('+', '-').replaceAll('/', '_');
}
