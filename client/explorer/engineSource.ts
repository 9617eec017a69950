import type { CancellationTokenLike, EngineClient } from '../engine/engineClient.ts';
import type { RegistryList } from '../registries/registryList.ts';
import type { ExplorerSource, KitContent, SourceChange } from './source.ts';

type Engine = Pick<EngineClient, 'list' | 'catalog' | 'remoteTags' | 'inspect' | 'layers'>;

/**
 * The explorer's source over the engine's worker and the registries of the settings.
 * @param worded gives an error of the engine the words of the editor's language
 */
export function engineSource(
  engine: Engine,
  registries: RegistryList,
  worded: (error: unknown) => unknown,
): ExplorerSource {
  const asked = async <T>(answer: Promise<T>): Promise<T> => {
    try {
      return await answer;
    } catch (error) {
      throw worded(error);
    }
  };
  return {
    async localKits(signal) {
      const kits = await asked(engine.list({}, { token: tokenOf(signal) }));
      return kits.map((kit) => ({ ...kit, repository: fullName(kit.repository) }));
    },
    registries: () => registries.all().map(({ host, repositories = [] }) => ({ host, repositories })),
    catalog: (host, page, signal) => asked(engine.catalog({ host, ...page }, { token: tokenOf(signal) })),
    tags: (repository, page, signal) => asked(engine.remoteTags({ repository, ...page }, { token: tokenOf(signal) })),
    async inspect(reference, where, signal): Promise<KitContent> {
      return asked(engine.inspect({ reference, remote: where === 'registry' }, { token: tokenOf(signal) }));
    },
    layers: (reference, where, signal) =>
      asked(engine.layers({ reference, remote: where === 'registry' }, { token: tokenOf(signal) })),
    onChange(listener: (change: SourceChange) => void) {
      const heard = registries.onDidChange(() => listener('registries'));
      return () => heard.dispose();
    },
  };
}

/** A local repository in its full form, from that in which it is displayed (spec 4.7). */
export function fullName(displayed: string): string {
  if (displayed === '') return 'localhost/_';
  const slash = displayed.indexOf('/');
  const hasRegistry = slash > 0 && /[.:]/.test(displayed.slice(0, slash));
  return hasRegistry ? displayed : `localhost/${displayed}`;
}

function tokenOf(signal: AbortSignal): CancellationTokenLike {
  return {
    get isCancellationRequested() {
      return signal.aborted;
    },
    onCancellationRequested(listener) {
      signal.addEventListener('abort', listener);
      return { dispose: () => signal.removeEventListener('abort', listener) };
    },
  };
}
