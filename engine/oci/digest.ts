import { createHash, type Hash } from 'node:crypto';
import { EngineError } from '../errors.ts';

/** `sha256:<64 hex>`; other algorithms are refused where bytes must be checked. */
export type Digest = string;

const DIGEST = /^[a-z0-9]+(?:[.+_-][a-z0-9]+)*:[a-zA-Z0-9=_-]+$/;
const SHA256 = /^sha256:[a-f0-9]{64}$/;
const SHA512 = /^sha512:[a-f0-9]{128}$/;

/** True for a digest as the OCI image-spec defines it, with the right length where we know the algorithm. */
export function isDigest(text: string): boolean {
  if (text.startsWith('sha256:')) return SHA256.test(text);
  if (text.startsWith('sha512:')) return SHA512.test(text);
  return DIGEST.test(text);
}

/** @throws EngineError FORMAT_UNSUPPORTED for an algorithm that we cannot check */
export function digestHasher(digest: Digest): Hash {
  const algorithm = digest.slice(0, digest.indexOf(':'));
  if (algorithm !== 'sha256' && algorithm !== 'sha512')
    throw new EngineError('FORMAT_UNSUPPORTED', `The digest algorithm ${algorithm} is not supported.`, {
      facts: { digest },
    });
  return createHash(algorithm);
}

export function sha256(bytes: Uint8Array | string): Digest {
  return `sha256:${createHash('sha256').update(bytes).digest('hex')}`;
}

/** The part after the colon. */
export function digestHex(digest: Digest): string {
  return digest.slice(digest.indexOf(':') + 1);
}
