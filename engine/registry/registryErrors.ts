import { EngineError, type ErrorCode } from '../errors.ts';
import type { HttpResponse } from './httpResponse.ts';
import { MAX_ERROR_BYTES, type NetworkLimits } from './limits.ts';
import { retryAfter } from './retry.ts';

/** What a registry says in the JSON body of an error (distribution-spec, "Error Codes"). */
export interface RegistryComplaint {
  readonly code: string;
  readonly message: string;
}

const SHOWN = 200;

/** Reads the errors of a body; empty when it is no such JSON. Text of the registry is cut to what can be shown. */
export function parseComplaints(body: string): readonly RegistryComplaint[] {
  const list = errorList(body);
  return list.flatMap((entry) => {
    if (typeof entry !== 'object' || entry === null) return [];
    const { code, message } = entry as { code?: unknown; message?: unknown };
    return [{ code: shown(code), message: shown(message) }];
  });
}

function errorList(body: string): readonly unknown[] {
  try {
    const parsed: unknown = JSON.parse(body);
    const errors = typeof parsed === 'object' && parsed !== null && 'errors' in parsed ? parsed.errors : undefined;
    return Array.isArray(errors) ? errors.slice(0, 10) : [];
  } catch {
    return [];
  }
}

function shown(value: unknown): string {
  return typeof value === 'string' ? printable(value) : '';
}

/** Control characters out, length cut: the text comes from a stranger (bad-inputs F2). */
export function printable(text: string): string {
  return text
    .replace(/\p{Cc}+/gu, ' ')
    .trim()
    .slice(0, SHOWN);
}

/** The title of an HTML page, for "this is not a registry" (bad-inputs C30). */
export function htmlTitle(body: string): string | undefined {
  const title = /<title[^>]*>([^<]{1,400})/i.exec(body)?.[1];
  return title === undefined ? undefined : printable(title);
}

/** The host answered, but not as a registry does. */
export function notARegistry(host: string, what: string): EngineError {
  return new EngineError('REGISTRY_PROTOCOL', `${host} is not a registry, or something stands before it: ${what}.`, {
    advice: 'Check the host name and port. A login page of a network or proxy looks like this too.',
    facts: { host, reason: 'notRegistry' },
  });
}

interface Meaning {
  readonly code: ErrorCode;
  readonly says: string;
  readonly advice: string;
}

const UNAVAILABLE: Meaning = {
  code: 'REGISTRY_UNAVAILABLE',
  says: 'has a problem of its own',
  advice: 'Try again later; finished parts are kept.',
};

const MEANINGS: Readonly<Record<number, Meaning>> = {
  401: { code: 'REGISTRY_UNAUTHORIZED', says: 'wants a login', advice: 'Log in to the registry and try again.' },
  403: {
    code: 'REGISTRY_DENIED',
    says: 'does not allow this',
    advice: 'Ask the owner of the repository for access, or log in as somebody who has it.',
  },
  404: {
    code: 'REFERENCE_NOT_FOUND',
    says: 'does not have it, or hides it from you',
    advice: 'Check the spelling; if the repository is private, log in.',
  },
  405: {
    code: 'REGISTRY_UNSUPPORTED',
    says: 'does not support this',
    advice: 'Use the web page of the registry for it.',
  },
  501: {
    code: 'REGISTRY_UNSUPPORTED',
    says: 'does not support this',
    advice: 'Use the web page of the registry for it.',
  },
  408: UNAVAILABLE,
  429: {
    code: 'REGISTRY_RATE_LIMITED',
    says: 'limits the rate of requests',
    advice: 'Wait and try again; logging in often raises the limit.',
  },
};

const REJECTED: Meaning = {
  code: 'REGISTRY_REJECTED',
  says: 'refused this',
  advice: 'The registry gives the reason; change what it names, or ask its operator.',
};

/**
 * The error of an answer that was not the one wanted; reads its body, at most 8 KiB of it.
 * @param doing what was tried, as the middle of a sentence: `read the tag latest`
 */
export async function registryError(
  response: HttpResponse,
  doing: string,
  limits: NetworkLimits,
): Promise<EngineError> {
  const body = await response.start(MAX_ERROR_BYTES).catch(() => '');
  const { status, url } = response;
  if (status < 400) return unexpected(response, doing, body);
  const meaning = MEANINGS[status] ?? (status >= 500 ? UNAVAILABLE : REJECTED);
  const complaints = parseComplaints(body);
  const said = complaints.map(({ code, message }) => [code, message].filter(Boolean).join(': ')).join('; ');
  const detail = said || plainText(response, body);
  const wait = retryAfter(response.header('retry-after'));
  const patient = wait === undefined || wait <= limits.retryAfterMs;
  const facts = {
    host: url.host,
    status,
    ...(complaints.length > 0 ? { registryCodes: complaints.map(({ code }) => code) } : {}),
    ...(wait !== undefined && patient ? { retryAfterMs: wait } : {}),
    ...(patient ? {} : { final: true }),
  };
  const asked = patient ? '' : ` It asks to wait ${Math.ceil((wait ?? 0) / 1000)} s.`;
  const message = `Could not ${doing}: ${url.host} ${meaning.says} (${status}${detail ? `, ${detail}` : ''}).${asked}`;
  return new EngineError(meaning.code, message, { advice: meaning.advice, facts });
}

function plainText(response: HttpResponse, body: string): string {
  const title = htmlTitle(body);
  if (title) return `a page called "${title}"`;
  return response.mediaType === 'text/plain' ? printable(body) : '';
}

function unexpected(response: HttpResponse, doing: string, body: string): EngineError {
  const { host } = response.url;
  const title = htmlTitle(body);
  if (title !== undefined || response.mediaType === 'text/html')
    return notARegistry(host, `HTML page "${title ?? ''}"`);
  return protocolError(host, `it answered ${response.status} when asked to ${doing}`);
}

/** An answer that breaks the distribution-spec. @param what as after a colon */
export function protocolError(host: string, what: string): EngineError {
  return new EngineError('REGISTRY_PROTOCOL', `${host} does not keep to the rules of a registry: ${what}.`, {
    advice: 'Check that the host is a registry and that no proxy changes its answers; else tell its operator.',
    facts: { host },
  });
}
