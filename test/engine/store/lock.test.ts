import { existsSync, readdirSync, readFileSync, utimesSync, writeFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { beforeEach, describe, expect, it } from 'vitest';
import { nodeDisk } from '../../../engine/store/disk.ts';
import { type LockOptions, StoreLock } from '../../../engine/store/lock.ts';
import { formatOwner, type Owner, thisOwner } from '../../../engine/store/owner.ts';
import { deadProcess } from '../../support/deadProcess.ts';
import { failingDisk, watchedDisk } from '../../support/faultyDisk.ts';
import { temporaryHome } from '../../support/localHome.ts';

const QUICK = { waitMs: 400, noticeMs: 60, beatMs: 20, staleMs: 60_000, silentMs: 150, pollMs: 5 };

let home: string;
let path: string;
beforeEach(() => {
  home = temporaryHome();
  path = join(home, 'modelkit.lock');
});

const acquire = (options: LockOptions = {}, disk = nodeDisk) =>
  StoreLock.acquire(disk, path, { limits: QUICK, ...options });

async function plant(owner: Partial<Owner>, token = 'token'): Promise<void> {
  writeFileSync(path, `0000000000 ${formatOwner({ ...(await thisOwner()), ...owner })} ${token}\n`);
}

const age = (seconds: number) => utimesSync(path, new Date(), new Date(Date.now() - seconds * 1000));

describe('the lock of the store', () => {
  it('is a file that names its holder, and goes with it', async () => {
    const lock = await acquire();
    expect(readFileSync(path, 'utf8')).toContain(`-${process.pid}-`);
    await lock.release();
    expect(readdirSync(home)).toEqual([]);
  });

  it('is had by one at a time', async () => {
    let inside = 0;
    let most = 0;
    const turn = async () => {
      const lock = await acquire({ limits: { ...QUICK, waitMs: 20_000 } });
      inside += 1;
      most = Math.max(most, inside);
      await sleep(2);
      inside -= 1;
      await lock.release();
    };
    await Promise.all(Array.from({ length: 20 }, turn));
    expect(most).toBe(1);
  });

  it('beats while it is held', async () => {
    const lock = await acquire();
    await sleep(80);
    expect(Number(readFileSync(path, 'utf8').split(' ')[0])).toBeGreaterThan(0);
    await lock.release();
  });

  it('cannot be had on a disk that can only be read', async () => {
    const disk = failingDisk('EROFS', () => true);
    await expect(acquire({}, disk)).rejects.toMatchObject({ code: 'PERMISSION_DENIED' });
  });

  it('leaves nothing when it could not be written', async () => {
    const disk = failingDisk('EIO', (operation) => operation === 'write');
    await expect(acquire({}, disk)).rejects.toMatchObject({ code: 'IO_ERROR' });
    expect(readdirSync(home)).toEqual([]);
  });
});

describe('a lock that a living process holds', () => {
  it('is waited for, with a notice, and then an error that names the process', async () => {
    const held = await acquire();
    const notices: string[] = [];
    const waiting = acquire({ onWaiting: (message) => notices.push(message) });
    await expect(waiting).rejects.toMatchObject({ code: 'STORE_LOCKED', facts: { pid: process.pid } });
    expect(notices).toEqual([expect.stringContaining(String(process.pid))]);
    await held.release();
  });

  it('is had as soon as it is free', async () => {
    const held = await acquire();
    const next = acquire();
    await sleep(50);
    await held.release();
    await (await next).release();
  });

  it('is not taken, however old it looks: the clock may have jumped', async () => {
    await plant({});
    age(3600);
    await expect(acquire()).rejects.toMatchObject({ code: 'STORE_LOCKED' });
  });

  it('can be given up waiting for', async () => {
    const held = await acquire();
    const abort = new AbortController();
    const waiting = acquire({ signal: abort.signal });
    setTimeout(() => abort.abort(), 20);
    await expect(waiting).rejects.toMatchObject({ code: 'CANCELLED' });
    await held.release();
  });
});

describe('a lock of a dead process', () => {
  it('is replaced at once', async () => {
    await plant({ pid: await deadProcess() });
    const started = performance.now();
    const lock = await acquire();
    expect(performance.now() - started).toBeLessThan(QUICK.silentMs);
    await lock.release();
    expect(readdirSync(home)).toEqual([]);
  });

  it('is replaced when its number was given to another process', async () => {
    await plant({ start: 'abc123' });
    await (await acquire()).release();
  });

  it('is never replaced by two', async () => {
    await plant({ pid: await deadProcess() });
    let inside = 0;
    let most = 0;
    const turn = async () => {
      const lock = await acquire({ limits: { ...QUICK, waitMs: 20_000 } });
      inside += 1;
      most = Math.max(most, inside);
      await sleep(5);
      inside -= 1;
      await lock.release();
    };
    await Promise.all(Array.from({ length: 12 }, turn));
    expect(most).toBe(1);
    expect(readdirSync(home)).toEqual([]);
  });

  it('is replaced even when the one who was about to do so died too', async () => {
    const pid = await deadProcess();
    await plant({ pid }, 'first');
    writeFileSync(`${path}.first`, `0000000000 ${formatOwner({ ...(await thisOwner()), pid })} second\n`);
    await (await acquire()).release();
    expect(readdirSync(home)).toEqual([]);
  });

  it('that died before it could sign is replaced after some seconds', async () => {
    writeFileSync(path, '');
    const lock = await acquire({ limits: { ...QUICK, waitMs: 20_000 } });
    await lock.release();
    expect(readdirSync(home)).toEqual([]);
  });
});

describe('a lock of another machine', () => {
  const host = '00000000';

  it('is replaced when it is old and does not beat', async () => {
    await plant({ host });
    age(61);
    await (await acquire()).release();
  });

  it('is not replaced when it is young', async () => {
    await plant({ host });
    await expect(acquire()).rejects.toMatchObject({ code: 'STORE_LOCKED' });
  });

  it('is not replaced while it beats, whatever the clocks say', async () => {
    await plant({ host });
    let beats = 0;
    const beating = setInterval(() => {
      beats += 1;
      writeFileSync(path, `${String(beats).padStart(10, '0')} ${host}-1-1 token\n`);
      age(3600);
    }, 30);
    await expect(acquire()).rejects.toMatchObject({ code: 'STORE_LOCKED' });
    clearInterval(beating);
  });
});

describe('a holder that was stopped for so long that it lost the lock', () => {
  it('is told before it writes, and does not take the lock of the other away', async () => {
    const lock = await acquire({ limits: { ...QUICK, beatMs: 60_000 } });
    await nodeDisk.unlink(path);
    const next = await acquire();
    await expect(lock.assertHeld()).rejects.toMatchObject({ code: 'STORE_LOCKED' });
    await lock.release();
    expect(existsSync(path)).toBe(true);
    await next.assertHeld();
    await next.release();
  });
});

describe('the owner', () => {
  it('is another on another machine', async () => {
    expect((await thisOwner()).host).toMatch(/^[0-9a-f]{8}$/);
    expect((await thisOwner()).host).not.toContain(hostname());
  });
});

describe('a replacement that fails', () => {
  it('leaves the lock as it was', async () => {
    await plant({ pid: await deadProcess() });
    const disk = watchedDisk((operation) => {
      if (operation === 'rename') throw Object.assign(new Error('EIO'), { code: 'EIO' });
    });
    await expect(acquire({}, disk)).rejects.toMatchObject({ code: 'IO_ERROR' });
    expect(readdirSync(home)).toEqual(['modelkit.lock']);
  });
});
