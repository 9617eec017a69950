import { EngineError, isEngineError } from '../errors.ts';

/** Where a request was going when it failed. */
export interface Journey {
  readonly url: URL;
  /** `host:port` of the proxy, where one is used. */
  readonly proxy?: string;
}

/** Why no answer came; decides how often it is tried again. */
export type FailureReason = 'dns' | 'refused' | 'unreachable' | 'reset' | 'timeout' | 'tls' | 'proxy';

const CONNECTION: Readonly<Record<string, FailureReason>> = {
  ENOTFOUND: 'dns',
  EAI_AGAIN: 'dns',
  EAI_FAIL: 'dns',
  EAI_NODATA: 'dns',
  ECONNREFUSED: 'refused',
  EHOSTUNREACH: 'unreachable',
  ENETUNREACH: 'unreachable',
  EADDRNOTAVAIL: 'unreachable',
  EHOSTDOWN: 'unreachable',
  ETIMEDOUT: 'timeout',
  UND_ERR_CONNECT_TIMEOUT: 'timeout',
  UND_ERR_HEADERS_TIMEOUT: 'timeout',
  UND_ERR_BODY_TIMEOUT: 'timeout',
};

const TLS_REASONS: Readonly<Record<string, string>> = {
  DEPTH_ZERO_SELF_SIGNED_CERT: 'its certificate is self-signed',
  SELF_SIGNED_CERT_IN_CHAIN: 'its certificate comes from an authority that is not trusted here',
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: 'its certificate comes from an authority that is not trusted here',
  UNABLE_TO_GET_ISSUER_CERT: 'its certificate comes from an authority that is not trusted here',
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: 'its certificate comes from an authority that is not trusted here',
  CERT_HAS_EXPIRED: 'its certificate has expired',
  CERT_NOT_YET_VALID: 'its certificate is not valid yet',
  CERT_REVOKED: 'its certificate was revoked',
  ERR_TLS_CERT_ALTNAME_INVALID: 'its certificate is for another host',
  ERR_SSL_WRONG_VERSION_NUMBER: 'it does not speak TLS on this port',
  ERR_SSL_PACKET_LENGTH_TOO_LONG: 'it does not speak TLS on this port',
  ERR_SSL_TLSV13_ALERT_CERTIFICATE_REQUIRED: 'it wants a client certificate',
  ERR_SSL_SSLV3_ALERT_HANDSHAKE_FAILURE: 'the handshake failed; it may want a client certificate',
  ERR_SSL_TLSV1_ALERT_UNKNOWN_CA: 'it does not accept our client certificate',
};

const UNTRUSTED =
  'Give the certificate of its authority (CA setting, --tls-cert FILE); only for a test, switch verification off (--tls-verify=false).';
const NOT_TLS = 'If the registry speaks plain HTTP, switch plain HTTP on for it (--plain-http).';
const WANTS_CERTIFICATE = 'Give a client certificate and its key (--cert and --key).';
const WRONG_NAME = 'Check the host name, or ask its operator for a certificate with this name.';
const EXPIRED = 'Check the clock of this machine, or ask its operator to renew the certificate.';

/**
 * Says in a sentence why a request got no whole answer: never "fetch failed" (bad-inputs C1-C3, C13, C14).
 * EngineErrors pass through, so does what a source of an upload threw.
 */
export function fromNetworkError(error: unknown, journey: Journey): EngineError {
  const inner = innermost(error);
  if (isEngineError(inner)) return inner;
  const code = codeOf(inner);
  if (code === 'UND_ERR_HEADERS_OVERFLOW') return headersTooLarge(journey, error);
  if (inner instanceof Error && inner.name === 'HTTPParserError') return notHttp(journey, error);
  if (code === 'UND_ERR_REQ_CONTENT_LENGTH_MISMATCH') return sourceChanged(error);
  const tls = tlsReason(inner, code);
  if (tls) return tlsFailed(journey, tls, code, error);
  if (journey.proxy !== undefined && isProxyFailure(inner, code)) return proxyFailed(journey, inner, error);
  return unreachable(journey, CONNECTION[code] ?? 'reset', code, error);
}

function innermost(error: unknown): unknown {
  if (isEngineError(error) || !(error instanceof Error)) return error;
  if (error instanceof AggregateError && error.errors.length > 0 && !CONNECTION[codeOf(error)])
    return innermost(error.errors[0]);
  const known = codeOf(error) in CONNECTION || codeOf(error) in TLS_REASONS;
  return error.cause instanceof Error && !known ? innermost(error.cause) : error;
}

function codeOf(error: unknown): string {
  if (!(error instanceof Error) || !('code' in error)) return '';
  return typeof error.code === 'string' ? error.code : '';
}

function tlsReason(error: unknown, code: string): string | undefined {
  const known = TLS_REASONS[code];
  if (known) return known;
  if (code.startsWith('ERR_SSL_') || code.startsWith('ERR_TLS_') || code.startsWith('CERT_'))
    return `the handshake failed (${code})`;
  if (code !== 'EPROTO' || !(error instanceof Error)) return undefined;
  return /wrong version|packet length/i.test(error.message)
    ? TLS_REASONS.ERR_SSL_WRONG_VERSION_NUMBER
    : 'the handshake failed';
}

function tlsFailed({ url }: Journey, reason: string, code: string, cause: unknown): EngineError {
  return new EngineError('TLS_FAILED', `No secure connection to ${url.host}: ${reason}.`, {
    advice: tlsAdvice(reason),
    facts: { host: url.host, reason: 'tls', tls: code, notTls: reason === TLS_REASONS.ERR_SSL_WRONG_VERSION_NUMBER },
    cause,
  });
}

function tlsAdvice(reason: string): string {
  if (reason.includes('speak TLS')) return NOT_TLS;
  if (reason.includes('another host')) return WRONG_NAME;
  if (reason.includes('expired') || reason.includes('valid yet')) return EXPIRED;
  return reason.includes('client certificate') || reason.includes('handshake') ? WANTS_CERTIFICATE : UNTRUSTED;
}

function isProxyFailure(error: unknown, code: string): boolean {
  const message = error instanceof Error ? error.message : '';
  return code in CONNECTION ? !/HEADERS|BODY/.test(code) : /proxy/i.test(message);
}

function proxyFailed({ url, proxy = '' }: Journey, inner: unknown, cause: unknown): EngineError {
  const status = inner instanceof Error ? /\((\d{3})\)/.exec(inner.message)?.[1] : undefined;
  const why = status ? `answered ${status}` : `is not reachable${codeOf(inner) ? ` (${codeOf(inner)})` : ''}`;
  const advice =
    status === '407'
      ? 'Put the user and password of the proxy into its URL.'
      : `Check the proxy setting, or exclude ${url.hostname} from it with NO_PROXY.`;
  return new EngineError('PROXY_FAILED', `The proxy ${proxy} ${why} on the way to ${url.host}.`, {
    advice,
    facts: { host: url.host, proxy, reason: 'proxy', ...(status ? { status: Number(status) } : {}) },
    cause,
  });
}

const WHY: Readonly<Record<FailureReason, string>> = {
  dns: 'its name does not resolve',
  refused: 'it refuses the connection',
  unreachable: 'there is no route to it',
  reset: 'the connection was lost',
  timeout: 'it did not answer in time',
  tls: 'the handshake failed',
  proxy: 'the proxy failed',
};

const WHAT_NEXT: Readonly<Record<FailureReason, string>> = {
  dns: 'Check the spelling of the host, your network and the proxy setting.',
  refused: 'Check host and port, and whether the registry is running.',
  unreachable: 'Check your network, VPN and proxy setting.',
  reset: 'Try again; finished parts are kept. If it stays, check https against plain HTTP and the proxy setting.',
  timeout: 'Try again later, or check your network and the proxy setting.',
  tls: UNTRUSTED,
  proxy: 'Check the proxy setting.',
};

function unreachable({ url, proxy }: Journey, reason: FailureReason, system: string, cause: unknown): EngineError {
  const code = reason === 'timeout' ? 'NETWORK_TIMEOUT' : 'NETWORK_UNREACHABLE';
  const via = proxy === undefined ? '' : ` by the proxy ${proxy}`;
  return new EngineError(code, `${url.host} cannot be reached${via}: ${WHY[reason]}.`, {
    advice: WHAT_NEXT[reason],
    facts: { host: url.host, reason, ...(system ? { system } : {}), ...(proxy === undefined ? {} : { proxy }) },
    cause,
  });
}

/** A transfer below the slowest speed that we wait for. */
export function stalled(url: URL): EngineError {
  return new EngineError('NETWORK_TIMEOUT', `The transfer with ${url.host} has stalled.`, {
    advice: WHAT_NEXT.timeout,
    facts: { host: url.host, reason: 'timeout' },
  });
}

function sourceChanged(cause: unknown): EngineError {
  return new EngineError('BLOB_SIZE_MISMATCH', 'A blob has more or fewer bytes than its descriptor says.', {
    advice: 'Pack the ModelKit again.',
    cause,
  });
}

function headersTooLarge({ url }: Journey, cause: unknown): EngineError {
  return new EngineError('METADATA_TOO_LARGE', `The head of an answer of ${url.host} is larger than 64 KiB.`, {
    advice: 'Check that the host is a registry.',
    facts: { host: url.host },
    cause,
  });
}

function notHttp({ url }: Journey, cause: unknown): EngineError {
  const advice =
    url.protocol === 'http:' ? 'If it speaks https, switch plain HTTP off for it.' : 'Check host and port.';
  return new EngineError('REGISTRY_PROTOCOL', `${url.host} does not answer in HTTP.`, {
    advice,
    facts: { host: url.host, reason: 'notHttp' },
    cause,
  });
}
