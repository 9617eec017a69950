import * as vscode from 'vscode';
import type { LoginResult } from '#engine';
import { asNode, type CommandTarget } from '../../nodeTarget.ts';
import type { Services } from '../../services.ts';
import { offer } from '../../ui/offer.ts';
import { withProgress } from '../../ui/withProgress.ts';
import { type Step, wizard } from '../../ui/wizard.ts';
import { askHost } from './registryPick.ts';

interface Account {
  readonly host: string;
  readonly username: string;
  readonly password: string;
}

/** Logs in to a registry: the login is tried at once, and kept in VS Code's secrets when it is accepted. */
export async function logIn(services: Services, target?: CommandTarget): Promise<void> {
  const { registry, checked } = await logInTo(services, asNode(target)?.registry);
  offer(
    services,
    checked
      ? vscode.l10n.t('Logged in to {0}.', registry)
      : vscode.l10n.t('The login for {0} is saved. This registry did not check it.', registry),
  );
}

/** The same without the message at the end; asks for the registry where it is not known. */
export async function logInTo(services: Services, host: string | undefined): Promise<LoginResult> {
  const account = await askAccount(services, host);
  const title = vscode.l10n.t('Logging in to {0}', account.host);
  const result = await withProgress(services.log, title, (call) => services.engine.login(account, call));
  services.explorer.refresh('registry');
  return result;
}

async function askAccount(services: Services, clicked: string | undefined): Promise<Account> {
  const usual = services.registries.all()[0]?.host ?? '';
  const hostStep: Step<Account> = async (known, ask) => ({ ...known, host: await askHost(ask, known.host || usual) });
  const rest: readonly Step<Account>[] = [
    async (known, ask) => ({
      ...known,
      username: await ask.text({
        prompt: vscode.l10n.t('User name for {0}; empty when you have a refresh token only', known.host),
        value: known.username,
      }),
    }),
    async (known, ask) => ({
      ...known,
      password: await ask.text({
        prompt: vscode.l10n.t('Password or access token'),
        password: true,
        validate: (text) => (text === '' ? vscode.l10n.t('Enter a password or token.') : undefined),
      }),
    }),
  ];
  const start: Account = { host: clicked ?? '', username: '', password: '' };
  return await wizard(vscode.l10n.t('Log In to a Registry'), start, clicked === undefined ? [hostStep, ...rest] : rest);
}
