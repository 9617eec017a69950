import { describe, expect, it } from 'vitest';
import { EngineError, ERROR_CODES } from '#engine';
import { errorText, SENTENCES } from '../../../client/ui/errorText.ts';

/** Fills in as VS Code does. */
const l10n = { t: (text: string, ...args: unknown[]) => text.replace(/\{(\d)\}/g, (_all, at) => String(args[at])) };
const timeout = new EngineError('NETWORK_TIMEOUT', 'ghcr.io did not answer in 60 s.', {
  advice: 'Try again later.',
  facts: { host: 'ghcr.io' },
});

describe('an error in an English editor', () => {
  it('is told in the words of the engine, with its advice', () => {
    expect(errorText(timeout, l10n, 'en-GB')).toBe('ghcr.io did not answer in 60 s. Try again later.');
  });

  it('leaves out what only the command line has', () => {
    const error = new EngineError('TLS_FAILED', 'No TLS.', { advice: 'Switch plain HTTP on (--plain-http).' });
    expect(errorText(error, l10n, 'en')).toBe('No TLS. Switch plain HTTP on.');
  });

  it('shows control characters as escapes and ends after 200 characters', () => {
    const error = new EngineError('REGISTRY_REJECTED', `bad \u202e\u001b[31m${'x'.repeat(10_000)}`);
    const text = errorText(error, l10n, 'en');
    expect(text).toContain('bad \\u202e\\u001b[31mxxx');
    expect(text.length).toBe(200);
  });
});

describe('an error in an editor of another language', () => {
  it('is told by the catalogue, with what it was about', () => {
    expect(errorText(timeout, l10n, 'ko')).toBe('ghcr.io did not answer in time. Try again later.');
  });

  it('names the registry in general where the host is unknown', () => {
    expect(errorText(new EngineError('REGISTRY_DENIED', 'No.'), l10n, 'ko')).toMatch(/^The registry does not allow/);
  });

  it.each(ERROR_CODES)('has a whole sentence for %s', (code) => {
    expect(SENTENCES[code](l10n, () => 'ghcr.io')).toMatch(/^\S.*\.$/);
  });
});
