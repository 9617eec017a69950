import { BlockList, isIP } from 'node:net';
import { EngineError } from '../errors.ts';
import { bareHost, writtenKind } from './addresses.ts';
import type { NetworkOptions } from './networkOptions.ts';

/**
 * The proxy for a URL: the one given, else HTTPS_PROXY or HTTP_PROXY, as in Go: what comes from the environment is not
 * used for loopback. NO_PROXY goes before both.
 * @throws EngineError INPUT_INVALID for a proxy that is no http or https URL
 */
export function proxyFor(url: URL, options: NetworkOptions): URL | undefined {
  const env = options.env ?? {};
  const given = options.proxy || undefined;
  const fromEnv = url.protocol === 'https:' ? variable(env, 'HTTPS_PROXY') : variable(env, 'HTTP_PROXY');
  const proxy = given ?? (writtenKind(url) === 'loopback' ? undefined : fromEnv);
  if (!proxy || isExcluded(url, options.noProxy ?? variable(env, 'NO_PROXY') ?? '')) return undefined;
  return parseProxy(proxy);
}

function variable(env: Readonly<Record<string, string | undefined>>, name: string): string | undefined {
  return env[name] || env[name.toLowerCase()] || undefined;
}

function parseProxy(text: string): URL {
  const written = text.includes('://') ? text : `http://${text}`;
  const url = URL.parse(written);
  if (url?.hostname && (url.protocol === 'http:' || url.protocol === 'https:')) return url;
  throw new EngineError('INPUT_INVALID', 'The proxy is not an http or https URL.', {
    advice: 'Write it like http://proxy.example.com:3128, in the proxy setting, --proxy or HTTPS_PROXY.',
  });
}

/** The forms of Go's httpproxy: `*`, host, `.suffix`, `host:port`, address, network/prefix. */
function isExcluded(url: URL, noProxy: string): boolean {
  const rules = noProxy.split(/[\s,]+/).filter(Boolean);
  return rules.some((rule) => matches(url, rule.toLowerCase()));
}

function matches(url: URL, rule: string): boolean {
  if (rule === '*') return true;
  const host = bareHost(url);
  if (rule.includes('/')) return inNetwork(host, rule);
  const [, name = rule, port] = /^(.*?):(\d+)$/.exec(isIP(rule) ? '' : rule) ?? [];
  if (port !== undefined && port !== (url.port || (url.protocol === 'https:' ? '443' : '80'))) return false;
  const plain = name.replace(/^\*?\./, '').replace(/^\[|\]$/g, '');
  return (host === plain && name === plain) || host.endsWith(`.${plain}`) || host === name;
}

function inNetwork(host: string, rule: string): boolean {
  const [network = '', prefix = ''] = rule.split('/');
  const family = isIP(network) === 6 ? 'ipv6' : 'ipv4';
  const bits = Number(prefix);
  if (!isIP(network) || !isIP(host) || !Number.isInteger(bits) || bits > (family === 'ipv6' ? 128 : 32)) return false;
  const list = new BlockList();
  list.addSubnet(network, bits, family);
  return list.check(host, isIP(host) === 6 ? 'ipv6' : 'ipv4');
}

/** `host:port` of the proxy, without its user. */
export function proxyName(proxy: URL): string {
  return proxy.host;
}
