import { type EngineError, type ErrorCode, type ErrorFacts, fullText } from '#engine';
import type { Localizer } from './localizer.ts';
import { shown } from './printable.ts';

type Sentence = (l10n: Localizer, fact: (name: string) => string) => string;

/**
 * One sentence for each way to fail: what happened and what to do next. English readers get the engine's own words, which
 * know more; for every other language these are translated.
 */
export const SENTENCES: Readonly<Record<ErrorCode, Sentence>> = {
  KITFILE_NOT_FOUND: (l10n) => l10n.t('There is no Kitfile here. Create one, or choose another folder.'),
  KITFILE_SYNTAX: (l10n) => l10n.t('The Kitfile cannot be read as YAML. Open it to see where.'),
  KITFILE_SCHEMA: (l10n) =>
    l10n.t('The Kitfile has a field that is unknown or of the wrong type. Open it to see which.'),
  KITFILE_RULE: (l10n) => l10n.t('Entries of the Kitfile contradict each other. Open it to see where.'),
  KITFILE_LIMIT: (l10n) => l10n.t('The Kitfile is too large or too deeply nested.'),
  KITIGNORE_SYNTAX: (l10n) =>
    l10n.t('The .kitignore file has a pattern that cannot be used. Correct it and try again.'),
  PATH_NOT_FOUND: (l10n) => l10n.t('A path of the Kitfile does not exist. Open it to see which.'),
  PATH_OUTSIDE: (l10n) => l10n.t('A path of the Kitfile leads out of its folder. Open it to see which.'),
  PATH_UNSUPPORTED: (l10n) => l10n.t('A path of the Kitfile is something that a ModelKit cannot hold, such as a link.'),
  FILE_UNREADABLE: (l10n) => l10n.t('A file could not be read. Check its permissions and try again.'),
  FILE_CHANGED: (l10n) => l10n.t('A file changed while it was packed. Try again when nothing writes to it.'),
  REFERENCE_INVALID: (l10n) =>
    l10n.t('This is not a reference to a ModelKit. Write it like registry.example.com/team/model:1.0.0.'),
  REFERENCE_NOT_FOUND: (l10n) =>
    l10n.t('There is no such ModelKit, or you may not see it. Check its name and your login.'),
  REFERENCE_CHAIN: (l10n) => l10n.t('The models that this ModelKit refers to go round in a circle, or are too many.'),
  STORE_CORRUPT: (l10n) => l10n.t('A file of the local store is damaged. The log names it.'),
  STORE_LOCKED: (l10n) => l10n.t('Another program is writing to the local store. Wait for it and try again.'),
  STORE_UNSUPPORTED: (l10n) =>
    l10n.t('The local store has a layout that is not supported, or a name that the disk cannot hold.'),
  PERMISSION_DENIED: (l10n) => l10n.t('A file or folder may not be used. Check who owns it and its permissions.'),
  DISK_FULL: (l10n) => l10n.t('The disk is full. Free some space, for example by removing ModelKits, and try again.'),
  IO_ERROR: (l10n) => l10n.t('The disk reported an error. Check it and try again.'),
  BLOB_MISSING: (l10n) => l10n.t('A part of this ModelKit is missing from the store. Pull or pack it again.'),
  BLOB_DIGEST_MISMATCH: (l10n) =>
    l10n.t('A part of this ModelKit does not match its digest: it is damaged or was changed.'),
  BLOB_SIZE_MISMATCH: (l10n) =>
    l10n.t('A part of this ModelKit does not have the size that it should have. Try again.'),
  NETWORK_UNREACHABLE: (l10n, fact) =>
    l10n.t('{0} cannot be reached. Check its name, the network and the proxy.', fact('host')),
  NETWORK_TIMEOUT: (l10n, fact) => l10n.t('{0} did not answer in time. Try again later.', fact('host')),
  TLS_FAILED: (l10n, fact) =>
    l10n.t(
      'There is no safe connection to {0}. Check its certificate, and the setting for certificate authorities.',
      fact('host'),
    ),
  PROXY_FAILED: (l10n, fact) =>
    l10n.t('The proxy on the way to {0} refused or is away. Check the proxy settings.', fact('host')),
  REGISTRY_UNAUTHORIZED: (l10n, fact) =>
    l10n.t('{0} wants a login, or does not accept the one it got. Log in.', fact('host')),
  REGISTRY_DENIED: (l10n, fact) => l10n.t('{0} does not allow this with your login.', fact('host')),
  REGISTRY_RATE_LIMITED: (l10n, fact) => l10n.t('{0} asks for fewer requests. Try again later.', fact('host')),
  REGISTRY_UNAVAILABLE: (l10n, fact) => l10n.t('{0} has a problem of its own. Try again later.', fact('host')),
  REGISTRY_UNSUPPORTED: (l10n, fact) => l10n.t('{0} cannot do this.', fact('host')),
  REGISTRY_REJECTED: (l10n, fact) => l10n.t('{0} refused the request. The log says why.', fact('host')),
  REGISTRY_PROTOCOL: (l10n, fact) => l10n.t('{0} does not answer as a registry does. Check the address.', fact('host')),
  REDIRECT_REFUSED: (l10n, fact) => l10n.t('{0} sends us to a place where we do not go.', fact('host')),
  MANIFEST_INVALID: (l10n) => l10n.t('The manifest of this ModelKit is malformed.'),
  METADATA_TOO_LARGE: (l10n) => l10n.t('The answer or manifest is larger than what can be accepted.'),
  NOT_A_MODELKIT: (l10n) => l10n.t('This is an artifact of another kind, not a ModelKit.'),
  FORMAT_UNSUPPORTED: (l10n) => l10n.t('A layer has a format that is not supported.'),
  ARCHIVE_CORRUPT: (l10n) => l10n.t('A layer is damaged and cannot be unpacked.'),
  ARCHIVE_UNSAFE: (l10n) =>
    l10n.t('A layer wants to write outside the folder or to make links. Nothing of it was unpacked.'),
  ARCHIVE_LIMIT: (l10n) => l10n.t('A layer is larger than the limit. Nothing of it was unpacked.'),
  TARGET_EXISTS: (l10n) => l10n.t('A file is in the way. Overwrite it, or choose another folder.'),
  TARGET_CONFLICT: (l10n) => l10n.t('Two files of this ModelKit need the same place.'),
  CREDENTIALS_INVALID: (l10n) =>
    l10n.t('The file with saved logins cannot be used. It was not changed; the log names it.'),
  CREDENTIAL_HELPER_FAILED: (l10n) => l10n.t('The credential helper failed. Install or repair it; the log names it.'),
  WORKSPACE_UNTRUSTED: (l10n) => l10n.t('This waits until you trust the workspace.'),
  INPUT_INVALID: (l10n) => l10n.t('A setting or input has a wrong value. The log says which.'),
  SIGNATURE_INVALID: (l10n) => l10n.t('The ModelKit is not signed by a trusted key.'),
  POLICY_REFUSED: (l10n) => l10n.t('A policy refuses this.'),
  CANCELLED: (l10n) => l10n.t('Cancelled.'),
  INTERNAL: (l10n) => l10n.t('Something went wrong inside ModelKit. The log has the details.'),
};

/** The engine's sentences. Its remarks on flags, such as ` (--plain-http)`, are for readers of the command line. */
export function ownWords({ message, advice }: Pick<EngineError, 'message' | 'advice'>): string {
  return fullText({ message, advice: advice && withoutFlags(advice) });
}

/** An advice for people who see buttons in place of flags. */
export function withoutFlags(advice: string): string {
  return advice.replace(/ \([^()]*--[^()]*\)/g, '');
}

/** What a user reads about an error, in the language of the editor. */
export function errorText(error: EngineError, l10n: Localizer, language: string): string {
  if (/^en\b/i.test(language)) return shown(ownWords(error));
  return SENTENCES[error.code](l10n, (name) => factText(error.facts, name) || l10n.t('The registry'));
}

function factText(facts: ErrorFacts, name: string): string {
  const value = facts[name];
  return value === undefined ? '' : shown(String(value));
}
