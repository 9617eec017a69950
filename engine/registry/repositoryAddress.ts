import { EngineError } from '../errors.ts';
import { isDigest } from '../oci/digest.ts';

const REPOSITORY = /^[a-z0-9]+(?:(?:[._]|__|-+)[a-z0-9]+)*(?:\/[a-z0-9]+(?:(?:[._]|__|-+)[a-z0-9]+)*)*$/;
const TAG = /^\w[\w.-]{0,127}$/;
const MAX_NAME = 255;

/** The paths of one repository in the distribution API, and the scopes of its tokens. */
export class RepositoryAddress {
  readonly name: string;

  /** @throws EngineError REFERENCE_INVALID before any request (bad-inputs C31) */
  constructor(name: string) {
    if (name.length > MAX_NAME || !REPOSITORY.test(name))
      throw new EngineError('REFERENCE_INVALID', `"${name.slice(0, 80)}" is not the name of a repository.`, {
        advice: 'Use lower-case letters, digits, dots, dashes and underscores, with slashes in between.',
      });
    this.name = name;
  }

  /** @param reference a tag or digest @throws EngineError REFERENCE_INVALID */
  manifest(reference: string): string {
    if (reference.includes(':') ? !isDigest(reference) : !TAG.test(reference))
      throw new EngineError('REFERENCE_INVALID', `"${reference.slice(0, 80)}" is neither a tag nor a digest.`, {
        advice: 'A tag has letters, digits, dots, dashes and underscores, at most 128.',
      });
    return `/v2/${this.name}/manifests/${reference}`;
  }

  blob(digest: string): string {
    return `/v2/${this.name}/blobs/${digest}`;
  }

  get uploads(): string {
    return `/v2/${this.name}/blobs/uploads/`;
  }

  get tags(): string {
    return `/v2/${this.name}/tags/list`;
  }

  get pull(): readonly string[] {
    return [`repository:${this.name}:pull`];
  }

  get push(): readonly string[] {
    return [`repository:${this.name}:pull,push`];
  }

  get delete(): readonly string[] {
    return [`repository:${this.name}:delete,pull`];
  }
}
