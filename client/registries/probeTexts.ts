import type { ProbeStep, ProbeStepName } from '#engine';
import { SENTENCES, withoutFlags } from '../ui/errorText.ts';
import type { Localizer } from '../ui/localizer.ts';
import { shown } from '../ui/printable.ts';
import type { ProbeChoice } from './probeChoices.ts';

export interface StepRow {
  readonly label: string;
  readonly description: string;
  readonly detail?: string;
}

const STEPS: Readonly<Record<ProbeStepName, (l10n: Localizer) => string>> = {
  reach: (l10n) => l10n.t('Reach'),
  tls: (l10n) => l10n.t('Encryption'),
  api: (l10n) => l10n.t('Registry'),
  login: (l10n) => l10n.t('Login'),
  catalog: (l10n) => l10n.t('List of repositories'),
};

const CHOICES: Readonly<Record<ProbeChoice, (l10n: Localizer) => string>> = {
  add: (l10n) => l10n.t('Add this registry'),
  logIn: (l10n) => l10n.t('Add and log in…'),
  plainHttp: (l10n) => l10n.t('Try plain HTTP: anybody on the way can read it'),
  https: (l10n) => l10n.t('Try HTTPS'),
  certificates: (l10n) => l10n.t('Open the setting for certificate authorities'),
  proxy: (l10n) => l10n.t('Open the proxy setting'),
  retry: (l10n) => l10n.t('Try again'),
  addAnyway: (l10n) => l10n.t('Add it anyway'),
};

/** A step as a row: what was tried, what came out, and below it what to change. */
export function stepRow(step: ProbeStep, l10n: Localizer, language: string): StepRow {
  const icon = step.ok ? '$(pass)' : step.step === 'catalog' ? '$(info)' : '$(error)';
  const detail = step.advice && isEnglish(language) ? { detail: shown(withoutFlags(step.advice)) } : {};
  return { label: `${icon} ${STEPS[step.step](l10n)}`, description: outcome(step, l10n, language), ...detail };
}

export function choiceText(choice: ProbeChoice, l10n: Localizer): string {
  return CHOICES[choice](l10n);
}

/** The engine's words for English readers, translated ones for all others. */
function outcome({ ok, code, message }: ProbeStep, l10n: Localizer, language: string): string {
  if (isEnglish(language)) return shown(message);
  if (ok || code === undefined) return l10n.t('in order');
  return SENTENCES[code](l10n, () => l10n.t('The registry'));
}

function isEnglish(language: string): boolean {
  return /^en\b/i.test(language);
}
