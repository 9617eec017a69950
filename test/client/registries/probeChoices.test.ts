import { describe, expect, it } from 'vitest';
import { normalEntries } from '../../../client/registries/normalEntries.ts';
import { probeChoices } from '../../../client/registries/probeChoices.ts';
import { stepRow } from '../../../client/registries/probeTexts.ts';

const l10n = { t: (text: string) => text };
const reach = { step: 'reach', ok: true, message: 'ghcr.io answers.' } as const;
const tls = {
  step: 'tls',
  ok: false,
  code: 'TLS_FAILED',
  message: 'The certificate of ghcr.io is not trusted.',
  advice: 'Name its authority in modelkit.caFiles.',
} as const;

describe('a registry that was tried out', () => {
  it('is added when all is well', () => {
    expect(probeChoices([reach, { step: 'catalog', ok: true, message: 'It lists.' }], false)).toEqual(['add']);
  });

  it('is added as well when it does not list its repositories', () => {
    const silent = { step: 'catalog', ok: false, code: 'REGISTRY_UNSUPPORTED', message: 'No list.' } as const;
    expect(probeChoices([reach, silent], false)).toEqual(['add']);
  });

  it('offers a login when only its list is closed', () => {
    const closed = { step: 'catalog', ok: false, code: 'REGISTRY_DENIED', message: 'Not you.' } as const;
    expect(probeChoices([reach, closed], false)).toEqual(['add', 'logIn']);
  });

  it('offers a login when it wants one', () => {
    const login = { step: 'login', ok: false, code: 'REGISTRY_UNAUTHORIZED', message: 'Log in.' } as const;
    expect(probeChoices([reach, login], false)).toEqual(['logIn', 'retry', 'addAnyway']);
  });

  it('offers plain HTTP and the certificate setting when TLS fails', () => {
    expect(probeChoices([reach, tls], false)).toEqual(['plainHttp', 'certificates', 'retry', 'addAnyway']);
  });

  it('offers to go back to HTTPS when plain HTTP fails', () => {
    const odd = { step: 'api', ok: false, code: 'REGISTRY_PROTOCOL', message: 'No registry.' } as const;
    expect(probeChoices([reach, odd], true)).toEqual(['https', 'retry', 'addAnyway']);
  });

  it('offers the proxy setting when nothing answers', () => {
    const away = { step: 'reach', ok: false, code: 'NETWORK_UNREACHABLE', message: 'Away.' } as const;
    expect(probeChoices([away], false)).toEqual(['retry', 'proxy', 'addAnyway']);
  });
});

describe('a step as a row', () => {
  it('says what failed and what to change', () => {
    expect(stepRow(tls, l10n, 'en')).toEqual({
      label: '$(error) Encryption',
      description: 'The certificate of ghcr.io is not trusted.',
      detail: 'Name its authority in modelkit.caFiles.',
    });
  });

  it('speaks the language of the editor', () => {
    expect(stepRow(tls, l10n, 'ko').description).toMatch(/^There is no safe connection/);
    expect(stepRow(reach, l10n, 'ko').description).toBe('in order');
  });
});

describe('registries in the settings', () => {
  it('have one spelling and are there once', () => {
    const entries = [{ host: 'https://GHCR.io/', plainHttp: false }, { host: 'ghcr.io:443' }, { host: 'not a host' }];
    expect(normalEntries(entries)).toEqual([{ host: 'ghcr.io', plainHttp: false }]);
  });
});
