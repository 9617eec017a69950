import * as vscode from 'vscode';
import type { EngineError, ErrorCode } from '#engine';
import type { CommandId } from '../contributions.ts';
import { openAtProblem } from '../kitfile/openAtProblem.ts';
import type { Services } from '../services.ts';
import type { Action } from './action.ts';
import type { ErrorContext } from './job.ts';

type WayOut = 'openKitfile' | 'addRegistry' | 'logIn' | 'certificates' | 'proxy' | 'trust' | 'overwrite' | 'retry';

const IN_THE_KITFILE: readonly WayOut[] = ['openKitfile', 'retry'];
const AT_THE_LOGIN: readonly WayOut[] = ['logIn', 'retry'];

/** What helps with each error, in this order; what the situation does not allow is left out. Show Log is always there. */
export const WAYS_OUT: Partial<Readonly<Record<ErrorCode, readonly WayOut[]>>> = {
  KITFILE_SYNTAX: IN_THE_KITFILE,
  KITFILE_SCHEMA: IN_THE_KITFILE,
  KITFILE_RULE: IN_THE_KITFILE,
  KITFILE_LIMIT: IN_THE_KITFILE,
  PATH_NOT_FOUND: IN_THE_KITFILE,
  PATH_OUTSIDE: IN_THE_KITFILE,
  PATH_UNSUPPORTED: IN_THE_KITFILE,
  KITIGNORE_SYNTAX: ['retry'],
  FILE_UNREADABLE: ['retry'],
  FILE_CHANGED: ['retry'],
  REFERENCE_NOT_FOUND: ['logIn'],
  STORE_LOCKED: ['retry'],
  PERMISSION_DENIED: ['retry'],
  DISK_FULL: ['retry'],
  IO_ERROR: ['retry'],
  BLOB_DIGEST_MISMATCH: ['retry'],
  BLOB_SIZE_MISMATCH: ['retry'],
  NETWORK_UNREACHABLE: ['retry', 'proxy'],
  NETWORK_TIMEOUT: ['retry'],
  TLS_FAILED: ['addRegistry', 'certificates', 'retry'],
  PROXY_FAILED: ['proxy', 'retry'],
  REGISTRY_UNAUTHORIZED: AT_THE_LOGIN,
  REGISTRY_DENIED: AT_THE_LOGIN,
  REGISTRY_RATE_LIMITED: ['retry'],
  REGISTRY_UNAVAILABLE: ['retry'],
  REGISTRY_REJECTED: ['retry'],
  TARGET_EXISTS: ['overwrite'],
  TARGET_CONFLICT: ['overwrite'],
  WORKSPACE_UNTRUSTED: ['trust'],
  INTERNAL: ['retry'],
};

/** The buttons under an error. */
export function waysOut(services: Services, error: EngineError, context: ErrorContext): readonly Action[] {
  const ways = (WAYS_OUT[error.code] ?? []).map((way) => actionFor(way, services, error, context));
  const log: Action = { title: vscode.l10n.t('Show Log'), run: async () => services.log.show() };
  return [...ways.filter((action) => action !== undefined), log];
}

function actionFor(
  way: WayOut,
  services: Services,
  error: EngineError,
  { kitfile, host = hostOf(error), retry, overwrite }: ErrorContext,
): Action | undefined {
  switch (way) {
    case 'openKitfile':
      return kitfile && { title: vscode.l10n.t('Open Kitfile'), run: () => openAtProblem(services, kitfile) };
    case 'logIn':
      return host === undefined
        ? undefined
        : { title: vscode.l10n.t('Log In'), run: () => thenRetry('modelkit.logIn', registryNode(host), retry) };
    case 'addRegistry':
      return error.facts.notTls === true && host !== undefined
        ? { title: vscode.l10n.t('Add Registry'), run: () => thenRetry('modelkit.addRegistry', host, retry) }
        : undefined;
    case 'certificates':
      if (error.facts.notTls === true) return undefined;
      return commandAction(vscode.l10n.t('Certificate Settings'), 'workbench.action.openSettings', 'modelkit.caFiles');
    case 'proxy':
      return commandAction(vscode.l10n.t('Proxy Settings'), 'workbench.action.openSettings', 'http.proxy');
    case 'trust':
      return commandAction(vscode.l10n.t('Manage Workspace Trust'), 'workbench.trust.manage');
    case 'overwrite':
      return overwrite && { title: vscode.l10n.t('Overwrite'), run: overwrite };
    case 'retry':
      return retry && { title: vscode.l10n.t('Retry'), run: retry };
  }
}

function commandAction(title: string, command: string, ...args: readonly unknown[]): Action {
  return { title, run: () => vscode.commands.executeCommand(command, ...args) };
}

/** What failed goes on by itself once its obstacle is away. */
async function thenRetry(command: CommandId, argument: unknown, retry?: () => Promise<void>): Promise<void> {
  if (await vscode.commands.executeCommand<boolean>(command, argument)) await retry?.();
}

function registryNode(registry: string) {
  return { kind: 'registry', where: 'registry', registry };
}

function hostOf({ facts }: EngineError): string | undefined {
  return typeof facts.host === 'string' ? facts.host : undefined;
}
