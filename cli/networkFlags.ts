import { EngineError, type NetworkOptions } from '#engine';
import { programVersion } from './programVersion.ts';
import type { Flags, FlagValues, VerbCall } from './verb.ts';

/** Flags of every verb that can talk to a registry (spec 5.2). */
export const networkFlags = {
  'plain-http': { type: 'boolean', text: 'Talk to registries by plain HTTP, for one on this machine' },
  'tls-verify': {
    type: 'boolean',
    default: true,
    text: 'Check the certificates of registries; `--tls-verify=false` trusts anybody',
  },
  cert: { type: 'string', value: 'FILE', text: 'Client certificate (or $KITOPS_CLIENT_CERT)' },
  key: { type: 'string', value: 'FILE', text: 'Key of the client certificate (or $KITOPS_CLIENT_KEY)' },
  'tls-cert': { type: 'list', value: 'FILE', text: 'Certificate of a further authority to trust; may be given again' },
  concurrency: { type: 'number', value: 'N', text: 'Transfers at the same time, 5 unless told' },
  proxy: { type: 'string', value: 'URL', text: 'Proxy for registries, instead of the one in the environment' },
} as const satisfies Flags;

export type NetworkValues = FlagValues<typeof networkFlags>;

/** More would only make registries refuse us. */
const MAX_CONCURRENCY = 100;

/** @throws EngineError INPUT_INVALID for a concurrency that cannot work */
export function networkOptions(flags: NetworkValues, env: VerbCall['env']): NetworkOptions {
  const { cert, key, concurrency, proxy } = flags;
  if (concurrency !== undefined && (concurrency < 1 || concurrency > MAX_CONCURRENCY))
    throw new EngineError('INPUT_INVALID', `The concurrency ${concurrency} is not possible.`, {
      advice: `Use 1 to ${MAX_CONCURRENCY}, or leave the flag out for 5.`,
    });
  return {
    env,
    plainHttp: flags['plain-http'],
    tlsVerify: flags['tls-verify'],
    caFiles: flags['tls-cert'],
    userAgent: `modelkit/${programVersion}`,
    ...(concurrency === undefined ? {} : { concurrency }),
    ...(proxy === undefined ? {} : { proxy }),
    ...clientCertificate(env.KITOPS_CLIENT_CERT || cert, env.KITOPS_CLIENT_KEY || key),
  };
}

function clientCertificate(cert: string | undefined, key: string | undefined) {
  return cert && key ? { clientCert: cert, clientKey: key } : {};
}
