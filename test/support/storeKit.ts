import type { LocalRepository } from '../../engine/store/localRepository.ts';
import { opener, type SmallKit } from './blobs.ts';

/** Stores a whole kit under a tag, as a pack or pull does. */
export async function storeKit(repository: LocalRepository, kit: SmallKit, tag?: string): Promise<void> {
  const { config, layers } = JSON.parse(kit.manifest.toString());
  await repository.push(config, opener(kit.config));
  await repository.push(layers[0], opener(kit.layer));
  await repository.push(kit.descriptor, opener(kit.manifest));
  if (tag !== undefined) await repository.tag(kit.descriptor, tag);
}
