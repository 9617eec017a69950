import { createHash, randomUUID } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { appendFile, mkdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';

/** Bytes by digest, and the uploads that are not finished. */
export interface Storage {
  read(digest: string): Promise<Buffer | undefined>;
  delete(digest: string): Promise<void>;
  put(digest: string, bytes: Buffer): Promise<void>;
  startUpload(): Promise<string>;
  /** @returns bytes so far; undefined for an unknown upload */
  uploadSize(id: string): Promise<number | undefined>;
  append(id: string, chunk: Buffer): Promise<void>;
  /** Keeps the upload under its digest; false when the bytes have another one. The upload is gone then. */
  finish(id: string, digest: string): Promise<boolean>;
  abandon(id: string): Promise<void>;
}

export function digestOf(bytes: Buffer): string {
  return `sha256:${createHash('sha256').update(bytes).digest('hex')}`;
}

async function digestOfFile(file: string): Promise<string> {
  const hash = createHash('sha256');
  await pipeline(createReadStream(file, { highWaterMark: 1024 * 1024 }), hash);
  return `sha256:${hash.digest('hex')}`;
}

export function memoryStorage(): Storage {
  const blobs = new Map<string, Buffer>();
  const uploads = new Map<string, Buffer[]>();
  return {
    read: async (digest) => blobs.get(digest),
    delete: async (digest) => void blobs.delete(digest),
    put: async (digest, bytes) => void blobs.set(digest, bytes),
    async startUpload() {
      const id = randomUUID();
      uploads.set(id, []);
      return id;
    },
    uploadSize: async (id) => uploads.get(id)?.reduce((sum, { length }) => sum + length, 0),
    append: async (id, chunk) => void uploads.get(id)?.push(chunk),
    async finish(id, digest) {
      const bytes = Buffer.concat(uploads.get(id) ?? []);
      uploads.delete(id);
      const right = digestOf(bytes) === digest;
      if (right) blobs.set(digest, bytes);
      return right;
    },
    abandon: async (id) => void uploads.delete(id),
  };
}

export function folderStorage(folder: string): Storage {
  const blob = (digest: string) => join(folder, 'blobs', digest.replace(':', '-'));
  const upload = (id: string) => join(folder, 'uploads', id);
  return {
    read: (digest) => readFile(blob(digest)).catch(() => undefined),
    delete: (digest) => rm(blob(digest), { force: true }),
    async put(digest, bytes) {
      await mkdir(join(folder, 'blobs'), { recursive: true });
      await writeFile(blob(digest), bytes);
    },
    async startUpload() {
      const id = randomUUID();
      await mkdir(join(folder, 'uploads'), { recursive: true });
      await writeFile(upload(id), '');
      return id;
    },
    uploadSize: async (id) => (await stat(upload(id)).catch(() => undefined))?.size,
    append: (id, chunk) => appendFile(upload(id), chunk),
    async finish(id, digest) {
      const right = (await digestOfFile(upload(id))) === digest;
      await mkdir(join(folder, 'blobs'), { recursive: true });
      if (right) await rename(upload(id), blob(digest));
      else await rm(upload(id));
      return right;
    },
    abandon: (id) => rm(upload(id), { force: true }),
  };
}
