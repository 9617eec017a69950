import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import { LocalStore } from '../../../engine/store/localStore.ts';
import { readAll } from '../../support/blobs.ts';
import { blobNames, kitHome, listing, storageFile } from '../../support/localHome.ts';

interface Printed {
  readonly repo: string;
  readonly digest: string;
  readonly tags: readonly string[] | null;
}

const said = JSON.parse(readFileSync(join(import.meta.dirname, '../../fixtures/kit-1.7/store-1.7.json'), 'utf8'));
const printed: readonly Printed[] = JSON.parse(
  said.find(({ args }: { args: readonly string[] }) => args.join(' ') === 'list --format json').stdout,
);
/** The name in full of what kit shows. */
const fullName = ({ repo }: Printed) =>
  repo === '<none>' ? 'localhost/_' : /[.:]/.test(repo) ? repo : `localhost/${repo}`;

let home: string;
let store: LocalStore;
beforeEach(() => {
  home = kitHome();
  store = new LocalStore(home);
});

describe('a storage written by kit 1.7', () => {
  it('lists what kit lists', async () => {
    const lines = printed.map((kit) =>
      `${fullName(kit)} ${kit.digest.slice(7, 19)} ${(kit.tags ?? []).join(',')}`.trim(),
    );
    // Kit sorts its list; the index has an order of its own.
    expect([...(await listing(home))].sort()).toEqual(lines.sort());
  });

  it.each(printed.flatMap((kit) => (kit.tags ?? []).map((tag) => [`${fullName(kit)}:${tag}`, kit, tag] as const)))(
    'resolves %s as kit does',
    async (_, kit, tag) => {
      expect((await store.repository(fullName(kit)).resolve(tag)).digest).toBe(kit.digest);
    },
  );

  it.each(printed.map((kit) => [kit.digest, kit] as const))('has all of %s', async (digest, kit) => {
    const repository = store.repository(fullName(kit));
    const node = await repository.resolve(digest);
    expect(await repository.exists(node)).toBe(true);
    expect(await readAll(await repository.fetch(node))).toHaveLength(node.size);
  });

  it('keeps the form of all its files when a tag comes and goes', async () => {
    const before = storageFile(home, 'bG9jYWxob3N0L2RlbW8=-tags.json');
    const repository = store.repository('localhost/demo');
    await repository.tag(await repository.resolve('1.0'), 'new');
    await repository.untag('new');
    expect(storageFile(home, 'bG9jYWxob3N0L2RlbW8=-tags.json')).toBe(before);
  });

  it.each([
    // What the same removal by kit left, by counting.
    ['localhost/demo', '1.0', 0],
    ['localhost/demo', 'latest', 6],
    ['localhost/tuned', '0.1', 3],
    ['localhost:5000/team/demo', '1', 0],
    ['localhost:5000/team/demo', '2', 6],
  ])('loses as many blobs as with kit when %s:%s is removed', async (name, tag, count) => {
    const repository = store.repository(name);
    const before = blobNames(home);
    await repository.remove((await repository.resolve(tag)).digest);
    expect(before.length - blobNames(home).length).toBe(count);
  });

  it('is empty, and kit finds its index, when everything is removed', async () => {
    for (const kit of printed) await store.repository(fullName(kit)).remove(kit.digest);
    expect(await listing(home)).toEqual([]);
    expect(blobNames(home)).toEqual([]);
    expect(storageFile(home, 'index.json')).toBe(
      '{"schemaVersion":2,"mediaType":"application/vnd.oci.image.index.v1+json","manifests":[]}',
    );
  });
});
