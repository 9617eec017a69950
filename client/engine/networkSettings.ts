import type { NetworkOptions } from '#engine';
import { readSetting, type SettingsSource } from '../config.ts';
import type { RegistryEntry } from '../registries/registryList.ts';

/**
 * What the user told VS Code about the network. VS Code patches proxies and certificates into its extension host, but not
 * into a worker: they are handed over (design decision 13).
 */
export function networkSettings(
  source: SettingsSource,
  registries: readonly RegistryEntry[],
  userAgent: string,
): NetworkOptions {
  const text = (name: string): string | undefined => {
    const value = source.get(name);
    return typeof value === 'string' && value !== '' ? value : undefined;
  };
  const clientCert = readSetting(source, 'modelkit.clientCertificate');
  const clientKey = readSetting(source, 'modelkit.clientKey');
  return {
    plainHttp: registries.filter(({ plainHttp }) => plainHttp).map(({ host }) => host),
    tlsVerify: readSetting(source, 'modelkit.tlsVerify') && source.get('http.proxyStrictSSL') !== false,
    ...(clientCert && clientKey ? { clientCert, clientKey } : {}),
    caFiles: readSetting(source, 'modelkit.caFiles'),
    systemCa: source.get('http.systemCertificates') !== false,
    ...proxySettings(source, text),
    concurrency: readSetting(source, 'modelkit.concurrency'),
    userAgent,
  };
}

function proxySettings(
  source: SettingsSource,
  text: (name: string) => string | undefined,
): Pick<NetworkOptions, 'proxy' | 'proxyAuthorization' | 'noProxy' | 'env'> {
  if (source.get('http.proxySupport') === 'off') return { env: {} };
  const proxy = text('http.proxy');
  const proxyAuthorization = text('http.proxyAuthorization');
  const listed = source.get('http.noProxy');
  const noProxy = Array.isArray(listed) ? listed.filter((host) => typeof host === 'string').join(',') : '';
  return {
    ...(proxy === undefined ? {} : { proxy }),
    ...(proxyAuthorization === undefined ? {} : { proxyAuthorization }),
    ...(noProxy === '' ? {} : { noProxy }),
  };
}

/** Whether one of the settings above, or the place of the store, has changed. */
export const ENGINE_SETTINGS: readonly string[] = [
  'modelkit.home',
  'modelkit.registries',
  'modelkit.concurrency',
  'modelkit.tlsVerify',
  'modelkit.caFiles',
  'modelkit.clientCertificate',
  'modelkit.clientKey',
  'http.proxy',
  'http.noProxy',
  'http.proxyAuthorization',
  'http.proxyStrictSSL',
  'http.proxySupport',
  'http.systemCertificates',
];
