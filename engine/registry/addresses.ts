import { type LookupAddress, lookup } from 'node:dns';
import { lookup as resolve } from 'node:dns/promises';
import { BlockList, isIP, type LookupFunction } from 'node:net';
import { EngineError } from '../errors.ts';

/** Where an address leads: a public place, or one of those that a stranger must not send us to. */
export type AddressKind = 'public' | 'private' | 'loopback' | 'linkLocal' | 'metadata';

type Range = readonly [network: string, prefix: number, family: 'ipv4' | 'ipv6'];

const RANGES: readonly (readonly [AddressKind, readonly Range[]])[] = [
  [
    'metadata',
    [
      ['169.254.169.254', 32, 'ipv4'],
      ['169.254.170.2', 32, 'ipv4'],
      ['100.100.100.200', 32, 'ipv4'],
      ['168.63.129.16', 32, 'ipv4'],
      ['fd00:ec2::254', 128, 'ipv6'],
    ],
  ],
  [
    'loopback',
    [
      ['127.0.0.0', 8, 'ipv4'],
      ['0.0.0.0', 8, 'ipv4'],
      ['::1', 128, 'ipv6'],
      ['::', 128, 'ipv6'],
    ],
  ],
  [
    'linkLocal',
    [
      ['169.254.0.0', 16, 'ipv4'],
      ['fe80::', 10, 'ipv6'],
    ],
  ],
  [
    'private',
    [
      ['10.0.0.0', 8, 'ipv4'],
      ['172.16.0.0', 12, 'ipv4'],
      ['192.168.0.0', 16, 'ipv4'],
      ['100.64.0.0', 10, 'ipv4'],
      ['fc00::', 7, 'ipv6'],
    ],
  ],
];

const LISTS = RANGES.map(([kind, ranges]) => ({ kind, list: blockList(ranges) }));

function blockList(ranges: readonly Range[]): BlockList {
  const list = new BlockList();
  for (const [network, prefix, family] of ranges) list.addSubnet(network, prefix, family);
  return list;
}

/** @param address an IPv4 or IPv6 address; IPv4 inside IPv6 counts as what it is */
export function addressKind(address: string): AddressKind {
  const family = isIP(address) === 6 ? 'ipv6' : 'ipv4';
  return LISTS.find(({ list }) => list.check(address, family))?.kind ?? 'public';
}

/** A URL's host without the brackets of IPv6. */
export function bareHost(url: URL): string {
  return url.hostname.replace(/^\[|\]$/g, '');
}

/** The kind of an address written as such, or of `localhost`; undefined for a name that must be resolved. */
export function writtenKind(url: URL): AddressKind | undefined {
  const host = bareHost(url);
  if (isIP(host)) return addressKind(host);
  return host === 'localhost' || host.endsWith('.localhost') ? 'loopback' : undefined;
}

/** All kinds of address that the URL's host has; none when the name does not resolve. */
export async function hostKinds(url: URL): Promise<ReadonlySet<AddressKind>> {
  const written = writtenKind(url);
  if (written) return new Set([written]);
  const addresses = await resolve(bareHost(url), { all: true }).catch(() => []);
  return new Set(addresses.map(({ address }) => addressKind(address)));
}

/** The refusal of bad-inputs C5 and C19. */
export function addressRefused(host: string, kind: AddressKind): EngineError {
  const word = {
    public: 'public',
    private: 'private',
    loopback: 'loopback',
    linkLocal: 'link-local',
    metadata: 'metadata',
  };
  return new EngineError('REDIRECT_REFUSED', `The registry sends us to ${host}, a ${word[kind]} address.`, {
    advice: 'If you trust this registry, ask its operator to use a public address for downloads and logins.',
    facts: { host, kind },
  });
}

/** A DNS lookup that refuses some kinds of address at the moment of connecting, so that a name cannot change in between. */
export function guardedLookup(refused: ReadonlySet<AddressKind>): LookupFunction {
  return (hostname, options, callback) => {
    lookup(hostname, { ...options, all: true }, (error, addresses: LookupAddress[] | undefined) => {
      const [first] = addresses ?? [];
      if (error || !first) return callback(error ?? new Error(`no address for ${hostname}`), '', 0);
      const kind = (addresses ?? []).map(({ address }) => addressKind(address)).find((one) => refused.has(one));
      if (kind) return callback(addressRefused(hostname, kind), '', 0);
      if (options.all) return callback(null, addresses ?? []);
      callback(null, first.address, first.family);
    });
  };
}
