import { existsSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import type { LocalRepository } from '../../../engine/store/localRepository.ts';
import { LocalStore } from '../../../engine/store/localStore.ts';
import { descriptorOf, kitOf, noise, opener, readAll, smallKit } from '../../support/blobs.ts';
import { blobNames, fileNameOf, leftovers, listing, storageFile, temporaryHome } from '../../support/localHome.ts';
import { storeKit } from '../../support/storeKit.ts';

const NAME = 'localhost/m';
const B = fileNameOf(NAME);
const kit = smallKit(noise(3000, 5), 'kit');
const other = smallKit(noise(3000, 5), 'other');

let home: string;
let store: LocalStore;
let repository: LocalRepository;
beforeEach(() => {
  home = temporaryHome();
  store = new LocalStore(home);
  repository = store.repository(NAME);
});

const path = (name: string) => join(home, 'storage', name);
const blobPath = (digest: string) => path(`blobs/sha256/${digest.slice(7)}`);
const entry = JSON.stringify(kit.descriptor);
const codeOf = (action: Promise<unknown>) =>
  action.then(
    () => 'success',
    (error) => error.code,
  );

async function tagsOf(from: LocalRepository): Promise<readonly string[]> {
  const pages: string[] = [];
  for await (const page of from.tags()) pages.push(...page);
  return pages;
}

describe('a ModelKit in the local store', () => {
  it('is written as kit writes it', async () => {
    await storeKit(repository, kit, 'v1');
    expect(storageFile(home, `${B}-index.json`)).toBe(`{"schemaVersion":2,"manifests":[${entry}]}`);
    expect(storageFile(home, `${B}-tags.json`)).toBe(`{"v1":${entry}}`);
    expect(storageFile(home, 'index.json')).toBe(
      `{"schemaVersion":2,"mediaType":"application/vnd.oci.image.index.v1+json","manifests":[${entry}]}`,
    );
    expect(leftovers(home)).toEqual([]);
  });

  it('has a manifest that nobody can overwrite, and blobs for their owner alone', async () => {
    await storeKit(repository, kit);
    expect(statSync(blobPath(kit.descriptor.digest)).mode & 0o777).toBe(0o444);
    expect(statSync(blobPath(descriptorOf(kit.layer).digest)).mode & 0o777).toBe(0o600);
  });

  it('is listed without a tag', async () => {
    await storeKit(repository, kit);
    expect(await repository.list()).toEqual([{ node: kit.descriptor, tags: [] }]);
  });

  it('of one repository is not there in another', async () => {
    await storeKit(repository, kit, 'v1');
    expect(await store.repository('localhost/other').exists(kit.descriptor)).toBe(false);
  });

  it('is refused when a blob is missing, and named nowhere', async () => {
    const { config } = JSON.parse(kit.manifest.toString());
    await repository.push(config, opener(kit.config));
    const pushing = repository.push(kit.descriptor, opener(kit.manifest));
    await expect(pushing).rejects.toMatchObject({
      code: 'BLOB_MISSING',
      facts: { digests: [descriptorOf(kit.layer).digest] },
    });
    expect(await listing(home)).toEqual([]);
    expect(existsSync(blobPath(kit.descriptor.digest))).toBe(false);
  });

  it('is not there when one of its blobs is gone or has another size', async () => {
    await storeKit(repository, kit, 'v1');
    writeFileSync(blobPath(descriptorOf(kit.layer).digest), '');
    expect(await repository.exists(kit.descriptor)).toBe(false);
    rmSync(blobPath(descriptorOf(kit.layer).digest));
    expect(await repository.exists(kit.descriptor)).toBe(false);
    expect(await repository.list()).toHaveLength(1);
  });

  it('is not there when its manifest has wrong bytes, and is made right by the next push', async () => {
    await storeKit(repository, kit, 'v1');
    rmSync(blobPath(kit.descriptor.digest));
    writeFileSync(blobPath(kit.descriptor.digest), Buffer.alloc(kit.descriptor.size, 'x'));
    expect(await repository.exists(kit.descriptor)).toBe(false);
    await storeKit(repository, kit, 'v1');
    expect(readFileSync(blobPath(kit.descriptor.digest))).toEqual(kit.manifest);
  });

  it('cannot be fetched when its blob has another size', async () => {
    await storeKit(repository, kit, 'v1');
    writeFileSync(blobPath(descriptorOf(kit.layer).digest), 'short');
    expect(await codeOf(repository.fetch(descriptorOf(kit.layer)))).toBe('BLOB_SIZE_MISMATCH');
  });

  it.each([
    ['an image', 'application/vnd.docker.container.image.v1+json'],
    ['a chart', 'application/vnd.cncf.helm.config.v1+json'],
  ])('is nothing that %s could be: kit could not list the store any more', async (_, type) => {
    const image = kitOf(Buffer.from('{}'), noise(10), type);
    await repository.push(descriptorOf(image.config), opener(image.config));
    await repository.push(descriptorOf(image.layer), opener(image.layer));
    expect(await codeOf(repository.push(image.descriptor, opener(image.manifest)))).toBe('NOT_A_MODELKIT');
    const index = { ...image.descriptor, mediaType: 'application/vnd.oci.image.index.v1+json' };
    expect(await codeOf(repository.push(index, opener(image.manifest)))).toBe('NOT_A_MODELKIT');
    expect(await listing(home)).toEqual([]);
  });
});

describe('tags', () => {
  beforeEach(() => storeKit(repository, kit, 'v1'));

  it('are sorted by bytes in the file, numbers too', async () => {
    for (const tag of ['10', '2', '1.0', 'a', 'B', '__proto__']) await repository.tag(kit.descriptor, tag);
    expect([...storageFile(home, `${B}-tags.json`).matchAll(/"([^"]+)":\{/g)].map(([, tag]) => tag)).toEqual([
      '1.0',
      '10',
      '2',
      'B',
      '__proto__',
      'a',
      'v1',
    ]);
    expect(await tagsOf(repository)).toEqual(['1.0', '10', '2', 'B', '__proto__', 'a', 'v1']);
  });

  it('move, and the ModelKit that had it stays', async () => {
    await storeKit(repository, other, 'v1');
    expect(await repository.list()).toEqual([
      { node: kit.descriptor, tags: [] },
      { node: other.descriptor, tags: ['v1'] },
    ]);
  });

  it('go one by one, with the file when none is left', async () => {
    await repository.tag(kit.descriptor, 'v2');
    await repository.untag('v1');
    expect(await tagsOf(repository)).toEqual(['v2']);
    await repository.untag('v2');
    expect(existsSync(path(`${B}-tags.json`))).toBe(false);
    expect(await repository.list()).toEqual([{ node: kit.descriptor, tags: [] }]);
  });

  it.each(['', 'a b', '../x', '-a', 'a'.repeat(129)])('%j is none', async (tag) => {
    expect(await codeOf(repository.tag(kit.descriptor, tag))).toBe('REFERENCE_INVALID');
  });

  it('name only what the repository has', async () => {
    expect(await codeOf(repository.tag(other.descriptor, 'v2'))).toBe('REFERENCE_NOT_FOUND');
    expect(await codeOf(repository.untag('v2'))).toBe('REFERENCE_NOT_FOUND');
    expect(await codeOf(store.repository('localhost/none').untag('v1'))).toBe('REFERENCE_NOT_FOUND');
  });
});

describe('a removal', () => {
  beforeEach(() => storeKit(repository, kit, 'v1'));

  it('takes all tags, the manifest, and what only it needs', async () => {
    await repository.tag(kit.descriptor, 'v2');
    expect(await repository.remove(kit.descriptor.digest)).toEqual({ removedTags: ['v1', 'v2'] });
    expect(blobNames(home)).toEqual([]);
    expect(await listing(home)).toEqual([]);
    expect(existsSync(path(`${B}-index.json`))).toBe(false);
    expect(existsSync(path(`${B}-tags.json`))).toBe(false);
    expect(leftovers(home)).toEqual([]);
  });

  it('keeps a layer that another ModelKit has too', async () => {
    await storeKit(store.repository('reg.io/other'), other, 'v1');
    await repository.remove(kit.descriptor.digest);
    expect(blobNames(home)).toContain(descriptorOf(kit.layer).digest.slice(7));
    expect(await store.repository('reg.io/other').exists(other.descriptor)).toBe(true);
  });

  it('keeps everything while another repository lists the manifest', async () => {
    await storeKit(store.repository('reg.io/other'), kit, 'v1');
    const before = blobNames(home);
    await repository.remove(kit.descriptor.digest);
    expect(blobNames(home)).toEqual(before);
    await store.repository('reg.io/other').remove(kit.descriptor.digest);
    expect(blobNames(home)).toEqual([]);
  });

  it('keeps blobs that a manifest of another program names', async () => {
    const foreign = Buffer.from(JSON.stringify({ blobs: [descriptorOf(kit.layer)] }));
    await addForeign(foreign);
    await repository.remove(kit.descriptor.digest);
    expect(existsSync(blobPath(descriptorOf(kit.layer).digest))).toBe(true);
  });

  it('keeps all blobs when a manifest in the index makes no sense', async () => {
    await addForeign(Buffer.from('what is this'));
    await repository.remove(kit.descriptor.digest);
    expect(existsSync(blobPath(descriptorOf(kit.layer).digest))).toBe(true);
    expect(await listing(home)).toEqual([]);
  });

  it('works when its blobs are gone already', async () => {
    for (const name of blobNames(home)) rmSync(path(`blobs/sha256/${name}`));
    expect(await repository.remove(kit.descriptor.digest)).toEqual({ removedTags: ['v1'] });
    expect(await listing(home)).toEqual([]);
  });

  it('of what is not there says so', async () => {
    expect(await codeOf(repository.remove(other.descriptor.digest))).toBe('REFERENCE_NOT_FOUND');
    expect(await codeOf(store.repository('localhost/none').remove(kit.descriptor.digest))).toBe('REFERENCE_NOT_FOUND');
  });

  it('leaves a stream that is open readable', async () => {
    const reader = (await repository.fetch(descriptorOf(kit.layer)))[Symbol.asyncIterator]();
    const first = await reader.next();
    await repository.remove(kit.descriptor.digest);
    expect(first.value?.byteLength).toBe(kit.layer.length);
    expect((await reader.next()).done).toBe(true);
  });

  async function addForeign(bytes: Buffer): Promise<void> {
    writeFileSync(blobPath(descriptorOf(bytes).digest), bytes);
    const index = JSON.parse(storageFile(home, 'index.json'));
    index.manifests.push(descriptorOf(bytes, 'application/vnd.oci.artifact.manifest.v1+json'));
    writeFileSync(path('index.json'), JSON.stringify(index));
  }
});

describe('an index with more than we know', () => {
  const foreign = '{"mediaType":"x/y","digest":"sha256:zz","size":"big","extra":1}';
  const noted = JSON.stringify({ ...kit.descriptor, annotations: { a: '<b>' } }).replace('<b>', '\\u003cb\\u003e');

  beforeEach(async () => {
    await storeKit(repository, kit, 'v1');
    writeFileSync(
      path(`${B}-index.json`),
      `{"schemaVersion":2,"manifests":[null,${foreign},${noted},${noted}],"x":{"y":1}}`,
    );
  });

  it('is kept on rewriting', async () => {
    await storeKit(repository, other);
    expect(storageFile(home, `${B}-index.json`)).toBe(
      `{"schemaVersion":2,"manifests":[null,${foreign},${noted},${noted},${JSON.stringify(other.descriptor)}],"x":{"y":1}}`,
    );
  });

  it('shows each ModelKit once and nothing else', async () => {
    expect((await repository.list()).map(({ node }) => node.digest)).toEqual([kit.descriptor.digest]);
  });

  it('may have a list of null', async () => {
    writeFileSync(path(`${B}-index.json`), '{"schemaVersion":2,"manifests":null}');
    writeFileSync(path('index.json'), '{"schemaVersion":2,"manifests":null}');
    // Without it, this would be a loss that is repaired.
    rmSync(join(home, 'modelkit'), { recursive: true });
    expect(await repository.list()).toEqual([]);
    await storeKit(repository, other, 'v2');
    expect(await listing(home)).toEqual([`${NAME} ${other.descriptor.digest.slice(7, 19)} v2`]);
  });
});

describe('a repository of 30,000 ModelKits and 10,000 tags', () => {
  it('is listed in linear time', async () => {
    await store.prepareForWriting();
    const entries = Array.from({ length: 30_000 }, (_, number) => ({
      ...kit.descriptor,
      digest: `sha256:${number.toString(16).padStart(64, '0')}`,
    }));
    const tags = entries.slice(0, 10_000).map((node, number) => [`v${number}`, node] as const);
    writeFileSync(path(`${B}-index.json`), JSON.stringify({ schemaVersion: 2, manifests: entries }));
    writeFileSync(path(`${B}-tags.json`), JSON.stringify(Object.fromEntries(tags)));
    const started = performance.now();
    const kits = await repository.list();
    // One pass over the tags per ModelKit would take a minute.
    expect(performance.now() - started).toBeLessThan(5000);
    expect(kits).toHaveLength(30_000);
    expect(kits[9999]?.tags).toEqual(['v9999']);
  });
});

describe('a cancelled write', () => {
  it('of a blob leaves nothing', async () => {
    const abort = new AbortController();
    const pushing = repository.push(descriptorOf(noise(4_000_000)), opener(noise(4_000_000), 100_000), {
      signal: abort.signal,
      onBytes: () => abort.abort(),
    });
    expect(await codeOf(pushing)).toBe('CANCELLED');
    expect(leftovers(home)).toEqual([]);
  });

  it('of a manifest leaves the store as it was', async () => {
    await storeKit(repository, kit, 'v1');
    const { config } = JSON.parse(other.manifest.toString());
    await repository.push(config, opener(other.config));
    const signal = AbortSignal.abort();
    expect(await codeOf(repository.push(other.descriptor, opener(other.manifest), { signal }))).toBe('CANCELLED');
    expect(await repository.list()).toHaveLength(1);
    expect(leftovers(home)).toEqual([]);
  });

  it('of a tag leaves it as it was', async () => {
    await storeKit(repository, kit, 'v1');
    expect(await codeOf(repository.tag(kit.descriptor, 'v2', AbortSignal.abort()))).toBe('CANCELLED');
    expect(await tagsOf(repository)).toEqual(['v1']);
  });

  it('of a read ends it', async () => {
    await storeKit(repository, kit);
    const abort = new AbortController();
    const stream = await repository.fetch(descriptorOf(kit.layer), { signal: abort.signal });
    abort.abort();
    expect(await codeOf(readAll(stream))).toBe('CANCELLED');
  });
});
