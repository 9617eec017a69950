import { basename, dirname } from 'node:path';
import * as vscode from 'vscode';
import type { PackResult } from '#engine';
import { readSetting } from '../../config.ts';
import { defaultReference } from '../../kitfile/defaultReference.ts';
import type { Services } from '../../services.ts';
import { runJob } from '../../ui/job.ts';
import { lastUsed, remember } from './lastUsed.ts';

/** The reference that is offered for a Kitfile; one that cannot be read yet is named by its folder. */
export async function suggestedReference(services: Services, kitfile: vscode.Uri): Promise<string> {
  const folder = basename(dirname(kitfile.fsPath));
  const { name, version } = await services.engine.summary({ kitfile: kitfile.fsPath });
  return defaultReference({
    folder,
    ...(name === undefined ? {} : { name }),
    ...(version === undefined ? {} : { version }),
    ...lastUsed(services.memory, kitfile),
  });
}

/** Saves what is typed and not saved yet: what is packed is what is seen. */
export async function saveKitfile(kitfile: vscode.Uri): Promise<void> {
  const open = vscode.workspace.textDocuments.find(({ uri }) => uri.toString() === kitfile.toString());
  if (open?.isDirty) await open.save();
}

/** Packs with progress; what comes next is the caller's. */
export async function packKitfile(
  services: Services,
  kitfile: vscode.Uri,
  reference: string,
  done: (result: PackResult) => Promise<void> | void,
): Promise<void> {
  const settings = vscode.workspace.getConfiguration(undefined, kitfile);
  await runJob(services, {
    title: vscode.l10n.t('Packing {0}', reference),
    kitfile,
    work: (call) =>
      services.engine.pack(
        {
          folder: dirname(kitfile.fsPath),
          kitfile: basename(kitfile.fsPath),
          reference,
          compression: readSetting(settings, 'modelkit.compression'),
          strict: readSetting(settings, 'modelkit.kitfile.strict'),
        },
        call,
      ),
    async done(result) {
      services.explorer.refresh('local');
      await remember(services.memory, reference, kitfile);
      await done(result);
    },
  });
}
