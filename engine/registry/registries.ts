import type { Reference } from '../oci/reference.ts';
import { Authorizer } from './auth.ts';
import { anonymous, type CredentialStore } from './credential.ts';
import { HostGate } from './hostGate.ts';
import { apiOrigin, normalHost } from './hosts.ts';
import type { NetworkOptions } from './networkOptions.ts';
import { RegistryClient, type RegistryHost } from './registryClient.ts';
import { RemoteRegistry } from './remoteRegistry.ts';
import { RemoteRepository } from './remoteRepository.ts';
import type { OnWaiting } from './retry.ts';
import { Transport } from './transport.ts';

/** Transfers at the same time unless told (spec 5.2). */
const DEFAULT_CONCURRENCY = 5;

export interface RemoteOptions {
  /** Told when a request waits for a rate limit or the next try. */
  readonly onWaiting?: OnWaiting;
  /** Repositories of the same registry whose blobs may be mounted (spec 5.5). */
  readonly mountFrom?: readonly string[];
}

/** All registries that one engine talks to: connections and tokens are shared among verbs. */
export class Registries {
  readonly concurrency: number;
  readonly credentials: CredentialStore;
  readonly #options: NetworkOptions;
  readonly #transport: Transport;
  readonly #hosts = new Map<string, RegistryHost>();

  constructor(options: NetworkOptions = {}, credentials: CredentialStore = anonymous) {
    this.#options = options;
    this.credentials = credentials;
    this.concurrency =
      options.concurrency && options.concurrency > 0 ? Math.floor(options.concurrency) : DEFAULT_CONCURRENCY;
    this.#transport = new Transport(options);
  }

  /** @throws EngineError REFERENCE_INVALID */
  repository(reference: Pick<Reference, 'registry' | 'repository'>, options: RemoteOptions = {}): RemoteRepository {
    const client = new RegistryClient(this.#host(reference.registry), options.onWaiting);
    return new RemoteRepository(client, hubName(reference), options.mountFrom);
  }

  /** @throws EngineError REFERENCE_INVALID */
  registry(host: string, options: RemoteOptions = {}): RemoteRegistry {
    return new RemoteRegistry(new RegistryClient(this.#host(host), options.onWaiting));
  }

  /** The same network with other credentials: what was learnt with the old ones is not shared. */
  withCredentials(credentials: CredentialStore): Registries {
    return new Registries(this.#options, credentials);
  }

  /** Forgets tokens and credentials of a host, after a login or logout. */
  forget(host: string): void {
    this.#hosts.delete(normalHost(host));
  }

  async close(): Promise<void> {
    this.#hosts.clear();
    await this.#transport.close();
  }

  #host(host: string): RegistryHost {
    const name = normalHost(host);
    const known = this.#hosts.get(name) ?? this.#newHost(name);
    this.#hosts.set(name, known);
    return known;
  }

  #newHost(host: string): RegistryHost {
    const origin = apiOrigin(host, this.#options);
    const authorizer = new Authorizer(host, origin, this.#transport, this.credentials);
    return { host, origin, transport: this.#transport, authorizer, gate: new HostGate() };
  }
}

/** On Docker Hub a name without a slash is in `library/`. */
function hubName({ registry, repository }: Pick<Reference, 'registry' | 'repository'>): string {
  return normalHost(registry) === 'docker.io' && !repository.includes('/') ? `library/${repository}` : repository;
}
