import type { RegistryEntry } from './registries/registryList.ts';

/** Settings of ours as the code reads them; package.json describes them, and a test compares the two. */
export interface Settings {
  'modelkit.home': string;
  'modelkit.compression': 'none' | 'gzip' | 'gzip-fastest';
  'modelkit.kitfile.strict': boolean;
  'modelkit.registries': readonly RegistryEntry[];
  'modelkit.concurrency': number;
  'modelkit.tlsVerify': boolean;
  'modelkit.caFiles': readonly string[];
  'modelkit.clientCertificate': string;
  'modelkit.clientKey': string;
  'modelkit.trace.server': 'off' | 'messages' | 'verbose';
}

export type SettingName = keyof Settings;

/** The part of `vscode.WorkspaceConfiguration` that is needed. */
export interface SettingsSource {
  get(name: string): unknown;
}

interface Rule<Value> {
  readonly fallback: Value;
  accepts(value: unknown): value is Value;
}

const text: Rule<string> = { fallback: '', accepts: (value) => typeof value === 'string' };
const isTexts = (value: unknown): value is readonly string[] =>
  Array.isArray(value) && value.every((item) => typeof item === 'string');
const flag = (fallback: boolean): Rule<boolean> => ({ fallback, accepts: (value) => typeof value === 'boolean' });
const oneOf = <Value extends string>(fallback: Value, ...others: readonly Value[]): Rule<Value> => ({
  fallback,
  accepts: (value): value is Value => [fallback, ...others].some((known) => known === value),
});

/** More at the same time helps no registry, and fewer than one would never end (bad-inputs F10). */
const MAX_CONCURRENCY = 32;

export const SETTING_RULES: { readonly [Name in SettingName]: Rule<Settings[Name]> } = {
  'modelkit.home': text,
  'modelkit.compression': oneOf('none', 'gzip', 'gzip-fastest'),
  'modelkit.kitfile.strict': flag(false),
  'modelkit.registries': { fallback: [], accepts: isRegistries },
  'modelkit.concurrency': {
    fallback: 5,
    accepts: (value): value is number =>
      Number.isInteger(value) && Number(value) >= 1 && Number(value) <= MAX_CONCURRENCY,
  },
  'modelkit.tlsVerify': flag(true),
  'modelkit.caFiles': { fallback: [], accepts: isTexts },
  'modelkit.clientCertificate': text,
  'modelkit.clientKey': text,
  'modelkit.trace.server': oneOf('off', 'messages', 'verbose'),
};

function isRegistries(value: unknown): value is readonly RegistryEntry[] {
  return Array.isArray(value) && value.every(isRegistry);
}

function isRegistry(value: unknown): value is RegistryEntry {
  if (typeof value !== 'object' || value === null || !('host' in value) || typeof value.host !== 'string') return false;
  const { plainHttp, repositories } = value as { plainHttp?: unknown; repositories?: unknown };
  const plain = plainHttp === undefined || typeof plainHttp === 'boolean';
  return plain && (repositories === undefined || isTexts(repositories));
}

/** The value of a setting; a wrong one is reported, and the default is used in its place. */
export function readSetting<Name extends SettingName>(
  source: SettingsSource,
  name: Name,
  onWrong?: (name: Name) => void,
): Settings[Name] {
  const { fallback, accepts } = SETTING_RULES[name];
  const value = source.get(name);
  if (accepts(value)) return value;
  if (value !== undefined) onWrong?.(name);
  return fallback;
}
