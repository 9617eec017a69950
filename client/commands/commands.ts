import type { CommandId, CommandSignatures } from '../contributions.ts';
import type { Services } from '../services.ts';
import { copyDigest } from './modelkits/copyDigest.ts';
import { copyReference } from './modelkits/copyReference.ts';
import { inspect } from './modelkits/inspect.ts';
import { pack } from './modelkits/pack.ts';
import { packAndPush } from './modelkits/packAndPush.ts';
import { pull } from './modelkits/pull.ts';
import { push } from './modelkits/push.ts';
import { remove } from './modelkits/remove.ts';
import { tag } from './modelkits/tag.ts';
import { unpack } from './modelkits/unpack.ts';
import { addRegistry } from './registries/addRegistry.ts';
import { addRepository } from './registries/addRepository.ts';
import { logIn } from './registries/logIn.ts';
import { logOut } from './registries/logOut.ts';
import { removeRegistry } from './registries/removeRegistry.ts';
import { loadMore } from './window/loadMore.ts';
import { openExplorer } from './window/openExplorer.ts';
import { refresh } from './window/refresh.ts';
import { restartServer } from './window/restartServer.ts';
import { search } from './window/search.ts';
import { showLog } from './window/showLog.ts';

type Command<Id extends CommandId> = (
  services: Services,
  ...args: Parameters<CommandSignatures[Id]>
) => ReturnType<CommandSignatures[Id]>;

/** Every command of ours; package.json says how it is called and where it is shown. */
export const COMMANDS: { readonly [Id in CommandId]: Command<Id> } = {
  'modelkit.pack': pack,
  'modelkit.push': push,
  'modelkit.packAndPush': packAndPush,
  'modelkit.pull': pull,
  'modelkit.unpack': unpack,
  'modelkit.tag': tag,
  'modelkit.remove': remove,
  'modelkit.inspect': inspect,
  'modelkit.logIn': logIn,
  'modelkit.logOut': logOut,
  'modelkit.addRegistry': addRegistry,
  'modelkit.removeRegistry': removeRegistry,
  'modelkit.addRepository': addRepository,
  'modelkit.refresh': refresh,
  'modelkit.search': search,
  'modelkit.loadMore': loadMore,
  'modelkit.copyReference': copyReference,
  'modelkit.copyDigest': copyDigest,
  'modelkit.openExplorer': openExplorer,
  'modelkit.showLog': showLog,
  'modelkit.restartServer': restartServer,
};
