import {
  existsSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import type { Disk } from '../../../engine/store/disk.ts';
import { LocalStore } from '../../../engine/store/localStore.ts';
import { descriptorOf, noise, opener, readAll, smallKit } from '../../support/blobs.ts';
import { deadProcess } from '../../support/deadProcess.ts';
import { failingDisk, systemError, watchedDisk } from '../../support/faultyDisk.ts';
import {
  blobNames,
  fileNameOf,
  kitHome,
  leftovers,
  listing,
  storageFile,
  temporaryHome,
} from '../../support/localHome.ts';
import { storeKit } from '../../support/storeKit.ts';

let home: string;
let store: LocalStore;
beforeEach(() => {
  home = temporaryHome();
  store = new LocalStore(home);
});

const bytes = noise(3_000_000);
const node = descriptorOf(bytes);
const blobPath = (digest: string) => join(home, 'storage/blobs/sha256', digest.slice(7));

/** As a damaged disk or another program leaves it. */
function plant(path: string, content: string | Buffer): void {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, content);
}

describe('a blob whose digest is not known yet', () => {
  it('is stored under its digest', async () => {
    expect(await store.addBlob(await opener(bytes)(0))).toEqual({ ...pick(node), existed: false });
    expect(readFileSync(blobPath(node.digest)).equals(bytes)).toBe(true);
    expect(leftovers(home)).toEqual([]);
  });

  it('can only be read by its owner', async () => {
    await store.addBlob(await opener(bytes)(0));
    expect(statSync(blobPath(node.digest)).mode & 0o777).toBe(0o600);
  });

  it('replaces one of the same size with wrong bytes', async () => {
    plant(blobPath(node.digest), noise(bytes.length, 9));
    expect(await store.addBlob(await opener(bytes)(0))).toEqual({ ...pick(node), existed: false });
    expect(readFileSync(blobPath(node.digest)).equals(bytes)).toBe(true);
    expect(leftovers(home)).toEqual([]);
  });

  it.each([1, 1_000_000, 1_048_576, 1_048_577])('comes out right in pieces of %i', async (piece) => {
    const content = bytes.subarray(0, 2_200_000 / (piece === 1 ? 100 : 1));
    const saved = await store.addBlob(await opener(content, piece)(0));
    expect(saved.digest).toBe(descriptorOf(content).digest);
    expect(readFileSync(blobPath(saved.digest)).equals(content)).toBe(true);
  });

  it('may come in one buffer that the producer uses again', async () => {
    expect(await store.addBlob(reusing())).toMatchObject({ digest: descriptorOf(Buffer.from('aabbcc')).digest });
  });

  it('that is there is not written again', async () => {
    await store.addBlob(await opener(bytes)(0));
    const before = statSync(blobPath(node.digest)).ino;
    expect(await store.addBlob(await opener(bytes)(0))).toEqual({ ...pick(node), existed: true });
    expect(statSync(blobPath(node.digest)).ino).toBe(before);
    expect(leftovers(home)).toEqual([]);
  });

  it('replaces a file of another size in its place', async () => {
    plant(blobPath(node.digest), '');
    expect(await store.addBlob(await opener(bytes)(0))).toEqual({ ...pick(node), existed: false });
    expect(readFileSync(blobPath(node.digest)).equals(bytes)).toBe(true);
  });

  it('leaves nothing when its source fails', async () => {
    await expect(store.addBlob(failing())).rejects.toThrow('the source failed');
    expect(blobNames(home)).toEqual([]);
    expect(leftovers(home)).toEqual([]);
  });

  it('leaves nothing when it is cancelled', async () => {
    const abort = new AbortController();
    const adding = store.addBlob(cancelling(abort), { signal: abort.signal });
    await expect(adding).rejects.toMatchObject({ code: 'CANCELLED' });
    expect(leftovers(home)).toEqual([]);
  });

  it('is written and synced before it gets its name', async () => {
    await store.prepareForWriting();
    const order: string[] = [];
    const disk = watchedDisk((operation) => void order.push(operation));
    const watched = new LocalStore(home, { disk });
    await watched.prepareForWriting();
    order.length = 0;
    await watched.addBlob(await opener(noise(10))(0));
    expect(order).toEqual(['create', 'write', 'sync', 'chmod', 'rename', 'sync']);
  });

  it('asks for the folder to be synced, and lives with a disk that cannot', async () => {
    const disk = failingDisk('EINVAL', (operation, path) => operation === 'sync' && path.endsWith('sha256'));
    await new LocalStore(home, { disk }).addBlob(await opener(bytes)(0));
    expect(blobNames(home)).toHaveLength(1);
  });
});

describe('something else in the place of a blob', () => {
  it.each([
    ['a link', (path: string) => symlinkSync('/etc/passwd', path)],
    ['a folder', (path: string) => mkdirSync(path)],
    ['a file that nobody may read', (path: string) => writeFileSync(path, '', { mode: 0 })],
  ])('%s is neither followed nor overwritten', async (_, make) => {
    await store.prepareForWriting();
    make(blobPath(node.digest));
    const before = lstatSync(blobPath(node.digest)).ino;
    await expect(store.addBlob(await opener(bytes)(0))).rejects.toMatchObject({ code: 'STORE_CORRUPT' });
    await expect(store.repository('localhost/m').fetch(node)).rejects.toMatchObject({ code: 'STORE_CORRUPT' });
    expect(lstatSync(blobPath(node.digest)).ino).toBe(before);
    expect(leftovers(home)).toEqual([]);
  });
});

describe('a disk without room', () => {
  it('refuses what cannot fit before the first byte', async () => {
    let asked = false;
    const content = (async function* () {
      asked = true;
      yield bytes;
    })();
    const adding = store.addBlob(content, { expectedBytes: 2 ** 52 });
    await expect(adding).rejects.toMatchObject({ code: 'DISK_FULL', facts: { needed: 2 ** 52 } });
    expect(asked).toBe(false);
  });

  it.each([
    ['ENOSPC', 'write', 'DISK_FULL'],
    ['EDQUOT', 'sync', 'DISK_FULL'],
    ['ENOSPC', 'rename', 'DISK_FULL'],
    ['EIO', 'sync', 'IO_ERROR'],
    ['EROFS', 'create', 'PERMISSION_DENIED'],
  ])('%s at the %s leaves no temporary file', async (system, at, code) => {
    await store.prepareForWriting();
    let armed = false;
    const disk = failingDisk(system, (operation, path) => armed && operation === at && path.includes('.modelkit-tmp'));
    const failing = new LocalStore(home, { disk });
    await failing.prepareForWriting();
    armed = true;
    await expect(failing.addBlob(await opener(bytes)(0))).rejects.toMatchObject({ code, facts: { system } });
    expect(leftovers(home)).toEqual([]);
    expect(blobNames(home)).toEqual([]);
  });

  it('never tries a failed sync again on the same file', async () => {
    let syncs = 0;
    const disk = failingDisk('EIO', (operation, path) => {
      if (operation !== 'sync' || !path.includes('.modelkit-tmp') || !existsSync(join(home, 'armed'))) return false;
      syncs += 1;
      return true;
    });
    const failing = new LocalStore(home, { disk });
    await failing.prepareForWriting();
    writeFileSync(join(home, 'armed'), '');
    await expect(failing.addBlob(await opener(bytes)(0))).rejects.toMatchObject({ code: 'IO_ERROR' });
    expect(syncs).toBe(1);
  });

  it('lets a ModelKit be removed', async () => {
    const kit = smallKit();
    await storeKit(store.repository('localhost/m'), kit, 'v1');
    await storeKit(store.repository('localhost/m'), smallKit(noise(50, 4), 'second'), 'v2');
    const disk = failingDisk('ENOSPC', (operation, path) => fillsDisk(operation, path));
    await new LocalStore(home, { disk }).repository('localhost/m').remove(kit.descriptor.digest);
    expect((await listing(home)).map((line) => line.split(' ')[2])).toEqual(['v2']);
    expect(existsSync(blobPath(kit.descriptor.digest))).toBe(false);
    expect(leftovers(home)).toEqual([]);
  });
});

/** Where a full disk fails: at new content, not at new names and not where a block is there already. */
function fillsDisk(operation: string, path: string): boolean {
  if (operation === 'mkdir') return !existsSync(path);
  if (operation === 'writeFile') return true;
  return operation === 'write' && !path.endsWith('.json');
}

describe('a disk with too many open files', () => {
  it('is waited for', async () => {
    await store.prepareForWriting();
    let left = 3;
    const disk = failingDisk('EMFILE', (operation) => operation === 'create' && left-- > 0);
    expect(await new LocalStore(home, { disk }).addBlob(await opener(bytes)(0))).toMatchObject({ existed: false });
    expect(left).toBeLessThan(0);
  });
});

describe('blobs on another disk than the rest', () => {
  it('are copied, synced and renamed there', async () => {
    const disk = watchedDisk((operation, path) => {
      if (operation === 'rename' && dirname(path) === join(home, 'storage')) throw systemError('EXDEV');
    });
    await store.prepareForWriting();
    await new LocalStore(home, { disk }).addBlob(await opener(bytes)(0));
    expect(readFileSync(blobPath(node.digest)).equals(bytes)).toBe(true);
    expect(leftovers(home)).toEqual([]);
  });

  it('can be reached by a storage that is a link', async () => {
    const elsewhere = temporaryHome();
    symlinkSync(elsewhere, join(home, 'storage'));
    await storeKit(store.repository('localhost/m'), smallKit(), 'v1');
    expect(await listing(home)).toHaveLength(1);
    expect(readdirSync(elsewhere)).toContain('index.json');
  });
});

describe('before the first write', () => {
  it('the layout is made as kit makes it', async () => {
    await store.prepareForWriting();
    expect(storageFile(home, 'oci-layout')).toBe('{"imageLayoutVersion":"1.0.0"}');
    expect(storageFile(home, 'index.json')).toBe(
      '{"schemaVersion":2,"mediaType":"application/vnd.oci.image.index.v1+json","manifests":[]}',
    );
  });

  it.each(['EROFS', 'EACCES', 'EPERM'])('%s is reported before anything is read', async (code) => {
    const refusing = new LocalStore(home, { disk: failingDisk(code, () => true) });
    let asked = false;
    const content = (async function* () {
      asked = true;
      yield bytes;
    })();
    await expect(refusing.addBlob(content)).rejects.toMatchObject({ code: 'PERMISSION_DENIED' });
    expect(asked).toBe(false);
  });

  it('leftovers of dead processes go, those of living ones stay', async () => {
    await store.prepareForWriting();
    const living = `.modelkit-tmp-${await ownerName()}-00ff`;
    const dead = `.modelkit-tmp-${await ownerName(await deadProcess())}-00ff`;
    for (const file of [living, dead]) plant(join(home, 'storage', file), 'x');
    plant(join(home, 'storage/blobs/sha256', dead), 'x');
    await store.prepareForWriting();
    expect(leftovers(home)).toEqual([`storage/${living}`]);
  });

  it('leftovers of another process with the number of a living one go', async () => {
    await store.prepareForWriting();
    const earlier = `.modelkit-tmp-${(await ownerName()).replace(/-[^-]+$/, '-abc1')}-00ff`;
    plant(join(home, 'storage', earlier), 'x');
    await store.prepareForWriting();
    expect(leftovers(home)).toEqual([]);
  });

  it('leftovers of another machine go after a day', async () => {
    await store.prepareForWriting();
    const [fresh, old] = ['a', 'b'].map((end) => join(home, `storage/.modelkit-tmp-00000000-1-1-${end}`));
    for (const file of [fresh, old]) plant(file ?? '', 'x');
    utimesSync(old ?? '', new Date(), new Date(Date.now() - 25 * 3_600_000));
    await store.prepareForWriting();
    expect(leftovers(home)).toEqual(['storage/.modelkit-tmp-00000000-1-1-a']);
  });

  it('files of kit stay', async () => {
    await store.prepareForWriting();
    plant(join(home, 'storage/ingest/half'), 'x');
    plant(join(home, 'cache/pack/kitops_layer_1'), 'x');
    await store.prepareForWriting();
    expect(existsSync(join(home, 'storage/ingest/half'))).toBe(true);
    expect(existsSync(join(home, 'cache/pack/kitops_layer_1'))).toBe(true);
  });
});

describe('a store that we cannot use', () => {
  it('of the layout before kit 0.3 is refused, and stays as it is', async () => {
    plant(join(home, 'storage/localhost/m/index.json'), '{}');
    await expect(store.prepareForWriting()).rejects.toMatchObject({ code: 'STORE_UNSUPPORTED' });
    await expect(store.repositories()).rejects.toMatchObject({ code: 'STORE_UNSUPPORTED' });
    expect(readdirSync(join(home, 'storage'))).toEqual(['localhost']);
  });

  it('of another layout version is refused', async () => {
    plant(join(home, 'storage/oci-layout'), '{"imageLayoutVersion":"2.0.0"}');
    await expect(store.prepareForWriting()).rejects.toMatchObject({ code: 'STORE_UNSUPPORTED' });
  });

  it('whose home is a file names the variable', async () => {
    rmSync(home, { recursive: true });
    writeFileSync(home, '');
    const refused = { code: 'INPUT_INVALID', facts: { variable: 'KITOPS_HOME' } };
    await expect(store.prepareForWriting()).rejects.toMatchObject(refused);
    await expect(store.repositories()).rejects.toMatchObject(refused);
  });

  it('has a folder of another program in it and is used all the same', async () => {
    plant(join(home, 'storage/notes/readme.txt'), 'mine');
    await store.prepareForWriting();
    expect(existsSync(join(home, 'storage/notes/readme.txt'))).toBe(true);
  });
});

describe('a store that can only be read', () => {
  it('lists, resolves and fetches without a lock', async () => {
    home = kitHome();
    const disk = failingDisk('EROFS', () => true);
    const reading = new LocalStore(home, { disk });
    expect(await reading.repositories()).toContain('localhost/demo');
    const repository = reading.repository('localhost/demo');
    const root = await repository.resolve('1.0');
    expect(await repository.exists(root)).toBe(true);
    expect(await readAll(await repository.fetch(root))).toHaveLength(root.size);
  });

  it('refuses to tag and to remove', async () => {
    home = kitHome();
    const repository = new LocalStore(home, { disk: failingDisk('EROFS', () => true) }).repository('localhost/demo');
    const root = await repository.resolve('1.0');
    await expect(repository.tag(root, 'x')).rejects.toMatchObject({ code: 'PERMISSION_DENIED' });
    await expect(repository.remove(root.digest)).rejects.toMatchObject({ code: 'PERMISSION_DENIED' });
  });
});

describe('the names of the repositories', () => {
  it('are there none before there is a store', async () => {
    expect(await store.repositories()).toEqual([]);
  });

  it('are sorted', async () => {
    for (const name of ['reg.io/b', 'localhost/a', 'localhost/_'])
      plant(join(home, 'storage', `${fileNameOf(name)}-index.json`), '{}');
    expect(await store.repositories()).toEqual(['localhost/_', 'localhost/a', 'reg.io/b']);
  });

  it('leave out a file with no readable name, and tell so', async () => {
    plant(join(home, 'storage/nonsense-index.json'), '{}');
    const warnings: string[] = [];
    const watched = new LocalStore(home, { onWarning: (_, message) => warnings.push(message) });
    expect(await watched.repositories()).toEqual([]);
    expect(warnings).toEqual([expect.stringContaining('nonsense-index.json')]);
  });

  it('may not be too long for a file', async () => {
    const long = store.repository(`localhost/${'a'.repeat(200)}`);
    await expect(storeKit(long, smallKit())).rejects.toMatchObject({ code: 'STORE_UNSUPPORTED' });
  });

  it('may not fall together on a disk that ignores case', async () => {
    const repository = store.repository('localhost/m');
    await storeKit(repository, smallKit());
    const folding = new LocalStore(home, { disk: foldedNames(watchedDisk(() => undefined)) });
    const refused = folding.repository('localhost/m').tag(smallKit().descriptor, 'v1');
    await expect(refused).rejects.toMatchObject({ code: 'STORE_UNSUPPORTED' });
  });
});

/** A disk on which the index file has a name that differs in case from the one that is asked for. */
function foldedNames(disk: Disk): Disk {
  const readdir = async (folder: string, options?: never) => {
    const files = await disk.readdir(folder, options);
    return files.map((file) => (typeof file === 'string' && file.endsWith('-index.json') ? swapped(file) : file));
  };
  return new Proxy(disk, { get: (target, name) => (name === 'readdir' ? readdir : Reflect.get(target, name)) });
}

function swapped(file: string): string {
  return file.charAt(0) === file.charAt(0).toLowerCase()
    ? file.toUpperCase().replace('-INDEX.JSON', '-index.json')
    : file.toLowerCase();
}

async function ownerName(pid = process.pid): Promise<string> {
  const { formatOwner, thisOwner } = await import('../../../engine/store/owner.ts');
  return formatOwner({ ...(await thisOwner()), pid });
}

function pick({ digest, size }: { digest: string; size: number }) {
  return { digest, size };
}

async function* failing(): AsyncGenerator<Uint8Array> {
  yield noise(2_000_000);
  throw new Error('the source failed');
}

async function* cancelling(abort: AbortController): AsyncGenerator<Uint8Array> {
  yield noise(2_000_000);
  abort.abort();
  yield noise(10);
}

async function* reusing(): AsyncGenerator<Uint8Array> {
  const buffer = Buffer.alloc(2);
  for (const letter of 'abc') yield buffer.fill(letter);
}
