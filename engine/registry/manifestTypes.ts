import { DOCKER_INDEX, DOCKER_MANIFEST, OCI_INDEX, OCI_MANIFEST } from '../oci/mediaTypes.ts';

const MANIFESTS: readonly string[] = [OCI_MANIFEST, OCI_INDEX, DOCKER_MANIFEST, DOCKER_INDEX];

/** What we can read, for `Accept`. */
export const ACCEPTED_MANIFESTS = MANIFESTS.join(', ');

/** True for what a registry keeps under `/manifests/`; everything else is a blob. */
export function isManifestType(mediaType: string): boolean {
  return MANIFESTS.includes(mediaType);
}
