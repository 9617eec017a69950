/** What a node stands for. Its text form is the node's id: it outlives the window, so it holds all that is needed. */
export type Address =
  | { readonly type: 'store' }
  | { readonly type: 'registries' }
  | { readonly type: 'storeRepository'; readonly repository: string }
  | { readonly type: 'storeKit'; readonly repository: string; readonly name: string }
  | { readonly type: 'registry'; readonly host: string }
  | { readonly type: 'repository'; readonly host: string; readonly repository: string }
  | { readonly type: 'registryKit'; readonly host: string; readonly repository: string; readonly name: string };

export type KitAddress = Extract<Address, { type: 'storeKit' | 'registryKit' }>;

const LONGEST = 8192;

/** The parts of an address after its type. A kit's `name` is a tag, or a digest where it has none. */
export function idOf(address: Address): string {
  switch (address.type) {
    case 'store':
    case 'registries':
      return address.type;
    case 'storeRepository':
      return join(address.type, address.repository);
    case 'storeKit':
      return join(address.type, address.repository, address.name);
    case 'registry':
      return join(address.type, address.host);
    case 'repository':
      return join(address.type, address.host, address.repository);
    case 'registryKit':
      return join(address.type, address.host, address.repository, address.name);
  }
}

function join(type: string, ...parts: readonly string[]): string {
  return [type, ...parts.map((part) => encodeURIComponent(part.toWellFormed()))].join('|');
}

/** Undefined for what `idOf` never made: ids come back from the page and from saved state. */
export function parseId(id: string): Address | undefined {
  if (id.length > LONGEST) return undefined;
  const address = fromParts(id.split('|'));
  return address && idOf(address) === id ? address : undefined;
}

function fromParts([type, ...encoded]: readonly string[]): Address | undefined {
  const [first = '', second = '', third = ''] = encoded.map(decoded);
  switch (type) {
    case 'store':
    case 'registries':
      return { type };
    case 'storeRepository':
      return { type, repository: first };
    case 'storeKit':
      return { type, repository: first, name: second };
    case 'registry':
      return { type, host: first };
    case 'repository':
      return { type, host: first, repository: second };
    case 'registryKit':
      return { type, host: first, repository: second, name: third };
    default:
      return undefined;
  }
}

function decoded(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return '';
  }
}

/** `registry/repository`. */
export function repositoryOf(address: Exclude<Address, { type: 'store' | 'registries' | 'registry' }>): string {
  return 'host' in address ? `${address.host}/${address.repository}` : address.repository;
}

/** `registry/repository:tag`, or `…@digest` for a kit without a tag. */
export function referenceOf(kit: KitAddress): string {
  return `${repositoryOf(kit)}${kit.name.includes(':') ? '@' : ':'}${kit.name}`;
}

/** True for what is in the registry, repository or kit, itself included. */
export function isWithin(address: Address, place: Address): boolean {
  switch (place.type) {
    case 'registry':
      return 'host' in address && address.host === place.host;
    case 'repository':
      return (
        'repository' in address &&
        'host' in address &&
        address.host === place.host &&
        address.repository === place.repository
      );
    default:
      return idOf(address) === idOf(place);
  }
}
