import { join } from 'node:path';
import { EngineError } from '../errors.ts';
import { type Digest, digestHex } from '../oci/digest.ts';

/** Most file systems allow 255 bytes. */
const MAX_FILE_NAME = 255;
const REPOSITORY_INDEX = /^([-A-Za-z0-9_]*={0,3})-index\.json$/;

/** Where things are below the home folder (spec 4.1, 4.2). */
export class Layout {
  readonly home: string;
  readonly storage: string;
  /** State of ours that kit must not see. */
  readonly own: string;

  constructor(home: string) {
    this.home = home;
    this.storage = join(home, 'storage');
    this.own = join(home, 'modelkit', 'state');
  }

  get layoutFile(): string {
    return join(this.storage, 'oci-layout');
  }

  get index(): string {
    return join(this.storage, 'index.json');
  }

  get blobs(): string {
    return join(this.storage, 'blobs', 'sha256');
  }

  /** In a folder that is there also on a full disk. */
  get lock(): string {
    return join(this.home, 'modelkit.lock');
  }

  /** What we did lately (spec 4.6). */
  get memory(): string {
    return join(this.own, 'memory.json');
  }

  /** Manifests whose removal has begun. */
  get removing(): string {
    return join(this.own, 'removing.json');
  }

  /** @throws EngineError FORMAT_UNSUPPORTED for another algorithm than sha256: kit stores no other */
  blob(digest: Digest): string {
    if (digest.startsWith('sha256:')) return join(this.blobs, digestHex(digest));
    throw new EngineError('FORMAT_UNSUPPORTED', `The local store holds sha256 digests only, not ${digest}.`, {
      facts: { digest },
    });
  }

  repositoryIndex(name: string): string {
    return join(this.storage, repositoryIndexFile(name));
  }

  repositoryTags(name: string): string {
    return join(this.storage, `${encodedName(name)}-tags.json`);
  }
}

/** base64 with the URL alphabet, padded. */
function encodedName(name: string): string {
  return Buffer.from(name).toString('base64').replaceAll('+', '-').replaceAll('/', '_');
}

export function repositoryIndexFile(name: string): string {
  return `${encodedName(name)}-index.json`;
}

/** The repository that a file of `storage/` belongs to; `unreadable` for one that only looks so, undefined for others. */
export function repositoryOfFile(file: string): { readonly name: string } | 'unreadable' | undefined {
  const encoded = REPOSITORY_INDEX.exec(file)?.[1];
  if (encoded === undefined) return undefined;
  const name = Buffer.from(encoded, 'base64url').toString();
  return encoded !== '' && encodedName(name) === encoded ? { name } : 'unreadable';
}

/** @throws EngineError STORE_UNSUPPORTED for a name that no file can have (bad-inputs B15) */
export function assertStorableName(name: string): void {
  if (repositoryIndexFile(name).length <= MAX_FILE_NAME) return;
  throw new EngineError('STORE_UNSUPPORTED', `The name of the repository is too long to be stored: ${name}.`, {
    advice: 'Use a name of at most 183 bytes, registry included.',
    facts: { repository: name },
  });
}
