import { EngineError, type ErrorCode, isEngineError } from '../errors.ts';
import type { Registries } from '../registry/registries.ts';
import type { PingResult, RemoteRegistry } from '../registry/remoteRegistry.ts';
import type { Call } from './call.ts';
import { waiting } from './waiting.ts';

export type ProbeStepName = 'reach' | 'tls' | 'api' | 'login' | 'catalog';

/** What one step of a probe found. */
export interface ProbeStep {
  readonly step: ProbeStepName;
  readonly ok: boolean;
  readonly code?: ErrorCode;
  readonly message: string;
  /** What to change. */
  readonly advice?: string;
}

const ORDER: readonly ProbeStepName[] = ['reach', 'tls', 'api', 'login', 'catalog'];

/**
 * Tries a registry step by step: reach, TLS, API, login, what it can list. A step that fails ends the list, except that of
 * the catalogue, which many registries do not serve.
 * @throws EngineError REFERENCE_INVALID for a text that is no host, CANCELLED
 */
export async function probeRegistry(
  { registries }: { readonly registries: Registries },
  host: string,
  call: Call = {},
): Promise<readonly ProbeStep[]> {
  const registry = registries.registry(host, waiting(call));
  const ping = await registry.ping(call.signal).catch(asFailure);
  if (ping instanceof EngineError) return failedPing(registry, ping);
  return [...passed(registry, 'login'), await loginStep(registries, registry, ping), await catalogStep(registry, call)];
}

/** Failures of the registry are what a probe is for; a cancel is not. */
function asFailure(error: unknown): EngineError {
  if (isEngineError(error) && error.code !== 'CANCELLED') return error;
  throw error;
}

function failedPing(registry: RemoteRegistry, error: EngineError): readonly ProbeStep[] {
  const step = stepOf(error.code);
  return [...passed(registry, step), failed(step, error, adviceFor(registry, error))];
}

function stepOf(code: ErrorCode): ProbeStepName {
  switch (code) {
    case 'NETWORK_UNREACHABLE':
    case 'NETWORK_TIMEOUT':
    case 'PROXY_FAILED':
    case 'INPUT_INVALID':
      return 'reach';
    case 'TLS_FAILED':
      return 'tls';
    case 'REGISTRY_UNAUTHORIZED':
    case 'CREDENTIALS_INVALID':
    case 'CREDENTIAL_HELPER_FAILED':
      return 'login';
    default:
      return 'api';
  }
}

/** The steps before the one that failed. */
function passed(registry: RemoteRegistry, before: ProbeStepName): readonly ProbeStep[] {
  const secure = registry.origin.protocol === 'https:';
  const messages: Readonly<Record<ProbeStepName, string>> = {
    reach: `${registry.origin.host} answers.`,
    tls: secure ? 'The connection is encrypted.' : 'The connection is plain HTTP: anybody on the way can read it.',
    api: 'It is a registry.',
    login: '',
    catalog: '',
  };
  return ORDER.slice(0, ORDER.indexOf(before)).map((step) => ({ step, ok: true, message: messages[step] }));
}

function failed(step: ProbeStepName, { code, message, advice }: EngineError, better?: string): ProbeStep {
  const next = better ?? advice;
  return { step, ok: false, code, message, ...(next === undefined ? {} : { advice: next }) };
}

/** What to change where the error alone does not know that a registry is being added. */
function adviceFor(registry: RemoteRegistry, { code, message, facts }: EngineError): string | undefined {
  const plain = registry.origin.protocol === 'http:';
  if (plain && (/HTTPS server/i.test(message) || facts.reason === 'notHttp'))
    return 'It speaks https on this port: switch plain HTTP off for this registry.';
  if (code === 'REFERENCE_NOT_FOUND') return 'There is no registry at this address: check host and port.';
  return undefined;
}

async function loginStep(registries: Registries, registry: RemoteRegistry, ping: PingResult): Promise<ProbeStep> {
  const credential = await registries.credentials.get(registry.host);
  if (!ping.authenticated) return { step: 'login', ok: true, message: 'No login is needed.' };
  const who = credential?.username ? `Logged in as ${credential.username}.` : 'Logged in.';
  const anybody = 'Not logged in: what is public can be read.';
  return { step: 'login', ok: true, message: credential ? who : anybody };
}

async function catalogStep(registry: RemoteRegistry, { signal }: Call): Promise<ProbeStep> {
  const page = await registry.catalog({ limit: 1, ...(signal ? { signal } : {}) }).catch(asFailure);
  if (!(page instanceof EngineError))
    return {
      step: 'catalog',
      ok: true,
      message: page.entries.length > 0 ? 'It lists its repositories.' : 'It is empty.',
    };
  return failed('catalog', withoutCatalog(registry.host, page));
}

/** Not served, and not allowed, are two things; both leave the way by name. */
function withoutCatalog(host: string, error: EngineError): EngineError {
  const byName = 'Add its repositories by name.';
  switch (error.code) {
    case 'REFERENCE_NOT_FOUND':
    case 'REGISTRY_UNSUPPORTED':
    case 'REGISTRY_REJECTED':
    case 'REGISTRY_PROTOCOL':
      return new EngineError('REGISTRY_UNSUPPORTED', `${host} does not list its repositories.`, {
        advice: byName,
        cause: error,
      });
    case 'REGISTRY_UNAUTHORIZED':
    case 'REGISTRY_DENIED':
      return new EngineError(error.code, `You have no right to list the repositories of ${host}.`, {
        advice: `${byName} Or log in as somebody who may list them.`,
        cause: error,
      });
    default:
      return error;
  }
}
