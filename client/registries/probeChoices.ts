import type { ErrorCode, ProbeStep } from '#engine';

/** What can be done after a registry was tried out. */
export type ProbeChoice = 'add' | 'logIn' | 'plainHttp' | 'https' | 'certificates' | 'proxy' | 'retry' | 'addAnyway';

const AFTER: Partial<Readonly<Record<ErrorCode, readonly ProbeChoice[]>>> = {
  NETWORK_UNREACHABLE: ['retry', 'proxy'],
  NETWORK_TIMEOUT: ['retry', 'proxy'],
  PROXY_FAILED: ['proxy', 'retry'],
  REGISTRY_UNAUTHORIZED: ['logIn', 'retry'],
  REGISTRY_DENIED: ['logIn', 'retry'],
};

/**
 * What helps after a probe, best first. A registry that only does not list its repositories is fine: they are added by
 * name (bad-inputs C9).
 */
export function probeChoices(steps: readonly ProbeStep[], plainHttp: boolean): readonly ProbeChoice[] {
  const failed = steps.find(({ step, ok }) => !ok && step !== 'catalog');
  if (!failed) return notListed(steps) ? ['add', 'logIn'] : ['add'];
  if (plainHttp) return [...(AFTER[failed.code ?? 'INTERNAL'] ?? ['https', 'retry']), 'addAnyway'];
  if (failed.step === 'tls') return ['plainHttp', 'certificates', 'retry', 'addAnyway'];
  return [...(AFTER[failed.code ?? 'INTERNAL'] ?? ['retry']), 'addAnyway'];
}

function notListed(steps: readonly ProbeStep[]): boolean {
  return steps.some(
    ({ step, code }) => step === 'catalog' && (code === 'REGISTRY_UNAUTHORIZED' || code === 'REGISTRY_DENIED'),
  );
}
