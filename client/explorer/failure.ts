import type { ErrorView, WayOut } from '#shared/explorer';
import type { ActionName, Texts } from './texts.ts';
import { visibleText } from './visibleText.ts';

/** True for what was given up on purpose: nothing to show. */
export function isCancelled(error: unknown): boolean {
  return error instanceof Error && (error.name === 'AbortError' || ('code' in error && error.code === 'CANCELLED'));
}

/** An error as a person reads it, with the ways out of it, the best one first (bad-inputs F2). */
export function errorView(error: unknown, texts: Texts): ErrorView {
  const known = error instanceof Error && 'code' in error && typeof error.code === 'string';
  const code = known ? (error.code as string) : 'INTERNAL';
  const sentence = error instanceof Error ? error.message : String(error);
  const advice = known && 'advice' in error && typeof error.advice === 'string' ? error.advice : undefined;
  return {
    code,
    message: visibleText(known ? sentence : texts.unexpected(sentence), 1000),
    ...(advice === undefined ? {} : { advice: visibleText(advice, 1000) }),
    ways: waysOut(code).map((action): WayOut => ({ action, label: texts.actions[action] })),
  };
}

type Way = WayOut['action'] & ActionName;

function waysOut(code: string): readonly Way[] {
  switch (code) {
    case 'REGISTRY_UNAUTHORIZED':
    case 'REGISTRY_DENIED':
    case 'CREDENTIALS_INVALID':
    case 'CREDENTIAL_HELPER_FAILED':
      return ['logIn', 'retry', 'showLog'];
    case 'REGISTRY_UNSUPPORTED':
      return ['addRepository', 'retry'];
    default:
      return ['retry', 'showLog'];
  }
}

/** A refusal of the explorer itself, in the shape of the engine's errors. */
export class ExplorerError extends Error {
  override readonly name = 'ExplorerError';
  readonly code: 'INPUT_INVALID' | 'REFERENCE_NOT_FOUND';

  constructor(code: ExplorerError['code'], message: string) {
    super(message);
    this.code = code;
  }
}
