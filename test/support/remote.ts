import type { CredentialStore } from '../../engine/registry/credential.ts';
import type { NetworkOptions } from '../../engine/registry/networkOptions.ts';
import { Registries } from '../../engine/registry/registries.ts';
import type { RemoteRepository } from '../../engine/registry/remoteRepository.ts';
import { opener, type SmallKit } from './blobs.ts';

/** Limits that make a test of failures quick. */
export const QUICK = { retryBaseMs: 1, retryMaxMs: 5, idleMs: 300, firstByteMs: 500, connectMs: 500 } as const;

export interface RemoteSetting {
  readonly network?: NetworkOptions;
  readonly credentials?: CredentialStore;
}

/** Connections to a test registry, plain http and quick to give up. */
export function connect({ network = {}, credentials }: RemoteSetting = {}): Registries {
  return new Registries({ plainHttp: true, ...network, limits: { ...QUICK, ...network.limits } }, credentials);
}

export async function pushKit(repository: RemoteRepository, kit: SmallKit, tag: string): Promise<void> {
  const { config, layers } = JSON.parse(kit.manifest.toString());
  await repository.push(config, opener(kit.config));
  await repository.push(layers[0], opener(kit.layer));
  await repository.push(kit.descriptor, opener(kit.manifest));
  await repository.tag(kit.descriptor, tag);
}
