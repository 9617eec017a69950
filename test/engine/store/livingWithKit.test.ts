import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { beforeEach, describe, expect, it } from 'vitest';
import { LocalStore } from '../../../engine/store/localStore.ts';
import { noise, readAll, smallKit } from '../../support/blobs.ts';
import { emptyKitFolders, FakeKit } from '../../support/fakeKit.ts';
import { watchedDisk } from '../../support/faultyDisk.ts';
import { blobNames, fileNameOf, listing, storageFile, temporaryHome } from '../../support/localHome.ts';
import { storeKit } from '../../support/storeKit.ts';

const NAME = 'localhost/m';
const ours = smallKit(noise(400, 1), 'ours');
const theirs = smallKit(noise(400, 2), 'theirs');
const third = smallKit(noise(400, 3), 'third');

let home: string;
let warnings: string[];
let store: LocalStore;
beforeEach(async () => {
  home = temporaryHome();
  warnings = [];
  store = open();
  await store.prepareForWriting();
});

const open = (disk?: ReturnType<typeof watchedDisk>) =>
  new LocalStore(home, { onWarning: (code) => warnings.push(code), ...(disk ? { disk } : {}) });
const path = (name: string) => join(home, 'storage', name);
const digestsOf = (name: string) =>
  (JSON.parse(storageFile(home, name)).manifests as { digest: string }[]).map(({ digest }) => digest).sort();

/** A store in which kit writes once, right before a rename of ours onto `file`. */
function interrupted(file: string, write: () => void): LocalStore {
  let done = false;
  return open(
    watchedDisk((operation, from) => {
      const isOurs = ['rename', 'link'].includes(operation) && readFileSync(from, 'utf8').startsWith(file);
      if (!isOurs || done) return;
      done = true;
      write();
    }),
  );
}

/** Where the temporary file of each index begins. */
const STORE_INDEX = '{"schemaVersion":2,"mediaType"';
const OWN_INDEX = '{"schemaVersion":2,"manifests"';
const TAGS = '{"v';

describe('when kit writes at the same moment', () => {
  it.each([
    ['index.json', STORE_INDEX],
    ['the index of the repository', OWN_INDEX],
    ['the tags', TAGS],
  ])('both changes of %s stay', async (_, file) => {
    await storeKit(store.repository(NAME), third, 'v0');
    // Kit's blobs are there; its manifest is what it adds now.
    await storeKit(store.repository('localhost/other'), theirs);
    const kit = new FakeKit(home, NAME);
    await storeKit(interrupted(file, () => kit.add(theirs.descriptor, 'v2')).repository(NAME), ours, 'v1');
    expect([...(await listing(home))].filter((line) => line.startsWith(`${NAME} `)).sort()).toEqual(
      [
        `${NAME} ${third.descriptor.digest.slice(7, 19)} v0`,
        `${NAME} ${ours.descriptor.digest.slice(7, 19)} v1`,
        `${NAME} ${theirs.descriptor.digest.slice(7, 19)} v2`,
      ].sort(),
    );
    expect(digestsOf('index.json')).toEqual([ours, theirs, third].map(({ descriptor }) => descriptor.digest).sort());
  });

  it('both ModelKits stay in a repository that neither had before', async () => {
    await storeKit(store.repository('localhost/other'), theirs);
    const kit = new FakeKit(home, NAME);
    await storeKit(interrupted(OWN_INDEX, () => kit.add(theirs.descriptor, 'v2')).repository(NAME), ours, 'v1');
    expect(digestsOf(`${fileNameOf(NAME)}-index.json`)).toEqual(
      [ours.descriptor.digest, theirs.descriptor.digest].sort(),
    );
  });
});

describe('when a kit that has been running writes its old view back', () => {
  it('our manifest is put back into index.json before the next write', async () => {
    const kit = new FakeKit(home, 'localhost/other');
    await storeKit(store.repository(NAME), ours, 'v1');
    kit.add(theirs.descriptor, 'v2');
    expect(digestsOf('index.json')).toEqual([theirs.descriptor.digest]);
    await open().prepareForWriting();
    expect(digestsOf('index.json')).toEqual([ours.descriptor.digest, theirs.descriptor.digest].sort());
    expect(warnings).toEqual(['INDEX_REPAIRED']);
  });

  it('a removal does not take the layer of the one that was dropped', async () => {
    const shared = noise(3000, 9);
    const [first, second] = [smallKit(shared, 'first'), smallKit(shared, 'second')];
    await storeKit(store.repository('localhost/second'), second, 'v1');
    const kit = new FakeKit(home, 'localhost/third');
    await storeKit(store.repository('localhost/first'), first, 'v1');
    kit.saveIndex();
    await store.repository('localhost/second').remove(second.descriptor.digest);
    const repository = store.repository('localhost/first');
    expect(await repository.exists(await repository.resolve('v1'))).toBe(true);
  });

  it('our whole ModelKit is put back when it began before ours was there', async () => {
    await storeKit(store.repository(NAME), third, 'v0');
    const kit = new FakeKit(home, NAME);
    await storeKit(store.repository(NAME), ours, 'v1');
    kit.add(third.descriptor, 'v2');
    expect(await store.repository(NAME).list()).toHaveLength(1);
    await open().prepareForWriting();
    expect(await store.repository(NAME).resolve('v1')).toEqual(ours.descriptor);
    expect(await store.repository(NAME).resolve('v2')).toEqual(third.descriptor);
    expect(digestsOf('index.json')).toEqual([ours.descriptor.digest, third.descriptor.digest].sort());
  });

  it('a ModelKit that we removed meanwhile does not come back without its blobs', async () => {
    await storeKit(store.repository(NAME), third, 'v0');
    await storeKit(store.repository(NAME), ours, 'v1');
    const kit = new FakeKit(home, NAME);
    await store.repository(NAME).remove(ours.descriptor.digest);
    kit.add(third.descriptor, 'v2');
    expect(await store.repository(NAME).list()).toHaveLength(2);
    await open().prepareForWriting();
    expect(await listing(home)).toEqual([`${NAME} ${third.descriptor.digest.slice(7, 19)} v0,v2`]);
    expect(storageFile(home, `${fileNameOf(NAME)}-tags.json`)).not.toContain('"v1"');
  });

  it('a ModelKit that we removed and kit packed again stays', async () => {
    await storeKit(store.repository(NAME), third, 'v0');
    await storeKit(store.repository(NAME), ours, 'v1');
    const other = open().repository('localhost/other');
    await store.repository(NAME).remove(ours.descriptor.digest);
    await storeKit(other, ours);
    new FakeKit(home, NAME).add(ours.descriptor, 'v2');
    await open().prepareForWriting();
    expect(await store.repository(NAME).resolve('v2')).toEqual(ours.descriptor);
  });

  it('while we are still there, what it took away from our repository comes back', async () => {
    await storeKit(store.repository(NAME), third, 'v0');
    const kit = new FakeKit(home, NAME);
    let written = false;
    const late = open(
      watchedDisk((operation, from) => {
        if (written || operation !== 'sync' || from !== join(home, 'storage') || !isListed()) return;
        written = true;
        kit.save();
      }),
    );
    await storeKit(late.repository(NAME), ours, 'v1');
    expect(await listing(home)).toContain(`${NAME} ${ours.descriptor.digest.slice(7, 19)} v1`);
    expect(warnings).toContain('INDEX_REPAIRED');
  });
});

/** True from the moment that our manifest is in the index of its repository. */
function isListed(): boolean {
  return storageFile(home, `${fileNameOf(NAME)}-index.json`).includes(ours.descriptor.digest);
}

describe('what kit removed', () => {
  it('does not come back', async () => {
    await storeKit(store.repository('localhost/other'), theirs, 'v0');
    const kit = new FakeKit(home, NAME);
    await storeKit(store.repository(NAME), ours, 'v1');
    kit.saveIndex();
    kit.save();
    rmSync(path(`blobs/sha256/${ours.descriptor.digest.slice(7)}`));
    await open().prepareForWriting();
    expect(await store.repositories()).toEqual(['localhost/other']);
    expect(warnings).toEqual([]);
  });

  it('from one of two repositories does not come back', async () => {
    await storeKit(store.repository('localhost/other'), ours, 'v0');
    const kit = new FakeKit(home, NAME);
    await storeKit(store.repository(NAME), ours, 'v1');
    kit.save();
    await open().prepareForWriting();
    expect(await store.repositories()).toEqual(['localhost/other']);
  });
});

describe('a file that is being written', () => {
  it('is read again until it is whole', async () => {
    await storeKit(store.repository(NAME), ours, 'v1');
    const file = path(`${fileNameOf(NAME)}-index.json`);
    const whole = readFileSync(file, 'utf8');
    writeFileSync(file, whole.slice(0, 30));
    const reading = store.repository(NAME).list();
    await sleep(120);
    writeFileSync(file, whole);
    expect(await reading).toHaveLength(1);
  });

  it.each([
    ['empty', ''],
    ['cut', '{"schemaVersion":2,"manif'],
    ['no JSON', '<html>'],
    ['a list', '[]'],
  ])('that stays %s fails its repository alone, and is never overwritten', async (_, content) => {
    await storeKit(store.repository(NAME), ours, 'v1');
    await storeKit(store.repository('localhost/other'), theirs, 'v1');
    const file = path(`${fileNameOf(NAME)}-index.json`);
    writeFileSync(file, content);
    await expect(store.repository(NAME).list()).rejects.toMatchObject({ code: 'STORE_CORRUPT', facts: { path: file } });
    await expect(store.repository(NAME).tag(ours.descriptor, 'v2')).rejects.toMatchObject({ code: 'STORE_CORRUPT' });
    expect(await store.repositories()).toEqual([NAME, 'localhost/other']);
    expect(await store.repository('localhost/other').list()).toHaveLength(1);
    expect(readFileSync(file, 'utf8')).toBe(content);
  });

  it('and could not be read makes a removal keep all blobs', async () => {
    await storeKit(store.repository('localhost/other'), ours, 'v1');
    await storeKit(store.repository(NAME), ours, 'v1');
    writeFileSync(path(`${fileNameOf(NAME)}-index.json`), '');
    const before = blobNames(home);
    await store.repository('localhost/other').remove(ours.descriptor.digest);
    expect(blobNames(home)).toEqual(before);
    expect(await store.repositories()).toEqual([NAME]);
  });
});

describe('folders that kit empties', () => {
  it('hold nothing of a write that is under way', async () => {
    const slow = (async function* () {
      yield noise(2_000_000);
      emptyKitFolders(home);
      yield noise(10);
    })();
    const { digest, size } = await store.addBlob(slow);
    const stored = await store.repository(NAME).fetch({ mediaType: 'x', digest, size });
    expect(await readAll(stored)).toHaveLength(2_000_010);
  });
});
