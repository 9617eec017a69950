import * as vscode from 'vscode';
import { parseReference } from '#engine';
import { findKitfileIn } from '../../kitfile/chooseKitfile.ts';
import type { Services } from '../../services.ts';
import { byteText } from '../../ui/byteText.ts';
import { cancelled } from '../../ui/cancelled.ts';
import { runJob } from '../../ui/job.ts';
import { offer } from '../../ui/offer.ts';
import { type PickItem, wizard } from '../../ui/wizard.ts';

interface Answers {
  readonly filters: readonly string[];
  readonly folder: vscode.Uri | undefined;
}

/** Asks for the parts and the folder, and unpacks. */
export async function unpackKit(services: Services, reference: string): Promise<void> {
  const start: Answers = { filters: [], folder: undefined };
  const { filters, folder } = await wizard(vscode.l10n.t('Unpack {0}', reference), start, [
    async (answers, ask) => ({
      ...answers,
      filters: await ask.pickMany({ placeholder: vscode.l10n.t('Which parts?'), items: partItems() }),
    }),
    async (answers, ask) => ({
      ...answers,
      folder: await ask.pick({ placeholder: vscode.l10n.t('Into which folder?'), items: folderItems(reference) }),
    }),
  ]);
  await unpackInto(services, reference, filters, folder ?? (await chooseFolder()), false);
}

async function unpackInto(
  services: Services,
  reference: string,
  filters: readonly string[],
  folder: vscode.Uri,
  overwrite: boolean,
): Promise<void> {
  await runJob(services, {
    title: vscode.l10n.t('Unpacking {0}', reference),
    host: parseReference(reference).registry,
    overwrite: () => unpackInto(services, reference, filters, folder, true),
    work: (call) =>
      services.engine.unpack(
        { reference, folder: folder.fsPath, overwrite, ...(filters.length === partItems().length ? {} : { filters }) },
        call,
      ),
    done({ files, bytes }) {
      const text = vscode.l10n.t('Unpacked {0} files, {1}, into {2}.', files, byteText(bytes), folder.fsPath);
      offer(
        services,
        text,
        { title: vscode.l10n.t('Open Kitfile'), run: () => openKitfile(folder) },
        {
          title: vscode.l10n.t('Open Folder'),
          run: () => vscode.commands.executeCommand('vscode.openFolder', folder, { forceNewWindow: true }),
        },
      );
    },
  });
}

/** The parts as `--filter` names them; all are chosen at first. */
function partItems(): readonly PickItem<string>[] {
  const item = (label: string, value: string) => ({ label, value, picked: true });
  return [
    item(vscode.l10n.t('Kitfile'), 'kitfile'),
    item(vscode.l10n.t('Model'), 'model'),
    item(vscode.l10n.t('Datasets'), 'datasets'),
    item(vscode.l10n.t('Code'), 'code'),
    item(vscode.l10n.t('Documents'), 'docs'),
    item(vscode.l10n.t('Prompts'), 'prompts'),
    item(vscode.l10n.t('MCP Servers'), 'mcpservers'),
  ];
}

/** A new folder named like the ModelKit in each workspace folder, the workspace folders, and any other. */
function folderItems(reference: string): readonly PickItem<vscode.Uri | undefined>[] {
  const name = parseReference(reference).repository.split('/').at(-1) ?? 'modelkit';
  const roots = (vscode.workspace.workspaceFolders ?? []).filter(({ uri }) => uri.scheme === 'file');
  const below = roots.map(({ uri, name: root }) => ({
    label: `${root}/${name}`,
    description: vscode.l10n.t('a folder of its own'),
    value: vscode.Uri.joinPath(uri, name),
  }));
  const whole = roots.map(({ uri, name: root }) => ({
    label: root,
    description: vscode.l10n.t('the workspace folder'),
    value: uri,
  }));
  return [...below, ...whole, { label: vscode.l10n.t('Another folder…'), value: undefined }];
}

async function chooseFolder(): Promise<vscode.Uri> {
  const chosen = await vscode.window.showOpenDialog({
    canSelectFiles: false,
    canSelectFolders: true,
    openLabel: vscode.l10n.t('Unpack Here'),
  });
  if (!chosen?.[0]) throw cancelled();
  return chosen[0];
}

async function openKitfile(folder: vscode.Uri): Promise<void> {
  const kitfile = await findKitfileIn(folder);
  if (kitfile) await vscode.window.showTextDocument(kitfile);
}
