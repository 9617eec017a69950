import { readFile } from 'node:fs/promises';
import { getCACertificates } from 'node:tls';
import { EngineError, systemCode } from '../errors.ts';
import type { NetworkOptions } from './networkOptions.ts';

/** What Node's TLS takes; without `ca` it uses its own list. */
export interface TlsSettings {
  readonly rejectUnauthorized: boolean;
  readonly ca?: string[];
  readonly cert?: string;
  readonly key?: string;
}

/**
 * Reads the certificate files of the options once.
 * @throws EngineError INPUT_INVALID when a file cannot be read or is no PEM
 */
export async function readTlsSettings(options: NetworkOptions): Promise<TlsSettings> {
  const files = await Promise.all((options.caFiles ?? []).map((path) => readPem(path, 'CA certificate')));
  const system = options.systemCa ? getCACertificates('system') : [];
  const further = [...files, ...(options.extraCa ?? []), ...system];
  return {
    rejectUnauthorized: options.tlsVerify ?? true,
    ...(further.length > 0 ? { ca: [...getCACertificates('default'), ...further] } : {}),
    ...(await readClientCertificate(options)),
  };
}

async function readClientCertificate(options: NetworkOptions): Promise<{ cert?: string; key?: string }> {
  const { clientCert, clientKey } = options;
  if (!clientCert || !clientKey) return {};
  return { cert: await readPem(clientCert, 'client certificate'), key: await readPem(clientKey, 'client key') };
}

async function readPem(path: string, what: string): Promise<string> {
  const text = await readFile(path, 'utf8').catch((error: unknown) => {
    throw new EngineError('INPUT_INVALID', `The ${what} ${path} cannot be read (${systemCode(error) ?? 'unknown'}).`, {
      advice: 'Check the path of the certificate.',
      facts: { path },
      cause: error,
    });
  });
  if (text.includes('-----BEGIN ')) return text;
  throw new EngineError('INPUT_INVALID', `The ${what} ${path} is not a PEM file.`, {
    advice: 'Convert it to PEM: a text that begins with -----BEGIN.',
    facts: { path },
  });
}
