import { describe, expect, it } from 'vitest';
import { idOf } from '../../../client/explorer/address.ts';
import { ExplorerModel, REGISTRIES_ID, STORE_ID } from '../../../client/explorer/model.ts';
import type { ExplorerNode } from '../../../client/explorer/node.ts';
import { explorerTexts } from '../../../client/explorer/texts.ts';
import { cpuTime } from '../../support/cpuTime.ts';
import { digestOf, engineError, english, FakeSource, localEntry } from '../../support/explorerSource.ts';

const HOST = 'registry.example.com';
const REGISTRY = idOf({ type: 'registry', host: HOST });

function modelOf(source: FakeSource): ExplorerModel {
  return new ExplorerModel(source, explorerTexts(english, 'en'));
}

function withRegistry(repositories: Readonly<Record<string, readonly string[]>>, more = {}): FakeSource {
  const source = new FakeSource();
  source.known = { [HOST]: { repositories, ...more } };
  return source;
}

function labels(nodes: readonly ExplorerNode[]): readonly string[] {
  return nodes.map(({ label }) => label);
}

const tags = (count: number): string[] => Array.from({ length: count }, (_, at) => `1.0.${at}`);
const repositoryId = (repository: string): string => idOf({ type: 'repository', host: HOST, repository });

describe('before anything is opened', () => {
  it('asks nobody', () => {
    const source = withRegistry({ a: ['1'] });
    modelOf(source);
    expect(source.requests).toEqual([]);
  });

  it('lists the registries without a request', async () => {
    const source = withRegistry({ a: ['1'] });
    expect(labels(await modelOf(source).children(REGISTRIES_ID))).toEqual([HOST]);
    expect(source.requests).toEqual([]);
  });
});

describe('the local store', () => {
  const source = (): FakeSource => {
    const made = new FakeSource();
    made.kits = [
      localEntry('localhost/_', []),
      localEntry('localhost/iris', ['1.0.0', 'latest', '1.10.0', '1.9.0']),
      localEntry('registry.example.com/team/iris', ['2.0.0'], { incomplete: true }),
    ];
    return made;
  };

  it('groups the kits by repository, those without a name last', async () => {
    expect(labels(await modelOf(source()).children(STORE_ID))).toEqual(['iris', 'team/iris', 'Without a name']);
  });

  it('shows one node per tag, the newest first', async () => {
    const nodes = await modelOf(source()).children(idOf({ type: 'storeRepository', repository: 'localhost/iris' }));
    expect(labels(nodes)).toEqual(['latest', '1.10.0', '1.9.0', '1.0.0']);
  });

  it('gives commands the full reference and the digest', async () => {
    const [node] = await modelOf(source()).children(idOf({ type: 'storeRepository', repository: 'localhost/iris' }));
    expect(node).toMatchObject({
      kind: 'storeKit',
      where: 'local',
      repository: 'localhost/iris',
      reference: 'localhost/iris:latest',
      digest: digestOf('localhost/iris:1.0.0'),
    });
  });

  it('shows a kit without a tag by its digest', async () => {
    const [node] = await modelOf(source()).children(idOf({ type: 'storeRepository', repository: 'localhost/_' }));
    expect(node?.label).toHaveLength(12);
    expect(node?.description).toContain('untagged');
    expect(node?.reference).toBe(`localhost/_@${digestOf('localhost/_:untagged')}`);
  });

  it('marks a kit of which something is missing', async () => {
    const id = idOf({ type: 'storeRepository', repository: 'registry.example.com/team/iris' });
    expect((await modelOf(source()).children(id))[0]?.description).toContain('incomplete');
  });

  it('reads the list once for all its nodes', async () => {
    const world = source();
    const model = modelOf(world);
    await Promise.all([model.children(STORE_ID), model.children(STORE_ID)]);
    await model.children(idOf({ type: 'storeRepository', repository: 'localhost/iris' }));
    expect(world.requests).toEqual(['list']);
  });

  it('opens a kit into its layers', async () => {
    const model = modelOf(source());
    const kit = idOf({ type: 'storeKit', repository: 'localhost/iris', name: 'latest' });
    const [layer] = await model.children(kit);
    expect(layer).toMatchObject({ kind: 'layer', label: 'classifier', reference: 'localhost/iris:latest' });
    expect(layer?.description).toBe('model · 16.4 MiB · 82%');
  });

  it('shows an error in place of the list, and reads it again on demand', async () => {
    const world = source();
    world.storeFailure = engineError('STORE_CORRUPT', 'index.json is damaged.', 'Repair it.');
    const model = modelOf(world);
    expect((await model.children(STORE_ID))[0]).toMatchObject({ kind: 'error', label: 'index.json is damaged.' });
    world.storeFailure = undefined;
    expect(labels(await model.more(STORE_ID))).toContain('iris');
  });
});

describe('a registry', () => {
  it('is asked once per expansion', async () => {
    const source = withRegistry({ a: ['1'], b: ['2'] });
    const model = modelOf(source);
    await model.children(REGISTRY);
    await model.children(REGISTRY);
    expect(source.requests).toEqual([`catalog ${HOST}`]);
  });

  it('pages its repositories', async () => {
    const source = withRegistry(Object.fromEntries(Array.from({ length: 450 }, (_, at) => [`r${1000 + at}`, []])));
    const model = modelOf(source);
    const first = await model.children(REGISTRY);
    expect(first).toHaveLength(201);
    expect(first.at(-1)).toMatchObject({ kind: 'more', registry: HOST, description: '200 shown, there are more.' });
    await model.more(REGISTRY);
    const all = await model.more(REGISTRY);
    expect(all).toHaveLength(450);
    expect(source.requests).toHaveLength(3);
  });

  it('shows what the user named first, and once', async () => {
    const source = withRegistry({ a: [], pinned: [] }, { pinned: ['pinned'] });
    expect(labels(await modelOf(source).children(REGISTRY))).toEqual(['pinned', 'a']);
  });

  it('is content with the named repositories where it lists none', async () => {
    const source = withRegistry(
      {},
      { pinned: ['team/model'], catalogFailure: engineError('REGISTRY_UNSUPPORTED', 'It does not list them.') },
    );
    expect(labels(await modelOf(source).children(REGISTRY))).toEqual(['team/model']);
  });

  it('leads on to adding a repository where it lists none and none is named', async () => {
    const failure = engineError('REGISTRY_UNSUPPORTED', 'It does not list them.', 'Add them by name.');
    const [node] = await modelOf(withRegistry({}, { catalogFailure: failure })).children(REGISTRY);
    expect(node).toMatchObject({ kind: 'error', registry: HOST, description: 'REGISTRY_UNSUPPORTED' });
    expect(node?.error?.ways.map(({ action }) => action)).toEqual(['addRepository', 'retry']);
  });

  it('leads on to the login where one is wanted', async () => {
    const failure = engineError('REGISTRY_UNAUTHORIZED', 'It wants a login.');
    const [node] = await modelOf(withRegistry({}, { catalogFailure: failure })).children(REGISTRY);
    expect(node?.error?.ways[0]).toEqual({ action: 'logIn', label: 'Log In' });
  });

  it('keeps a failure until it is asked again', async () => {
    const source = withRegistry({ a: [] }, { catalogFailure: engineError('NETWORK_TIMEOUT', 'No answer.') });
    const model = modelOf(source);
    await model.children(REGISTRY);
    await model.children(REGISTRY);
    expect(source.requests).toHaveLength(1);
    source.known = { [HOST]: { repositories: { a: [] } } };
    expect(labels(await model.more(REGISTRY))).toEqual(['a']);
  });

  it('gives an unexpected failure words and a code', async () => {
    const [node] = await modelOf(withRegistry({}, { catalogFailure: new TypeError('x is undefined') })).children(
      REGISTRY,
    );
    expect(node).toMatchObject({ description: 'INTERNAL', label: 'Something unexpected happened: x is undefined' });
  });
});

describe('the tags of a repository', () => {
  it('are shown newest first within what is loaded', async () => {
    const source = withRegistry({
      a: ['0.9.0', '1.0.0', '1.0.0-rc.1', '1.10.0', '1.9.0', 'experiment', 'latest', 'v2'],
    });
    expect(labels(await modelOf(source).children(repositoryId('a')))).toEqual([
      'latest',
      'v2',
      '1.10.0',
      '1.9.0',
      '1.0.0',
      '1.0.0-rc.1',
      '0.9.0',
      'experiment',
    ]);
  });

  it('keep what is loaded when a later page fails, and retry that page alone', async () => {
    const failures: Record<string, Error> = {};
    const source = withRegistry({ a: tags(300) }, { tagFailures: failures });
    const model = modelOf(source);
    await model.children(repositoryId('a'));
    failures.a = engineError('REGISTRY_UNAVAILABLE', 'It is ill.');
    const failed = await model.more(repositoryId('a'));
    expect(failed).toHaveLength(201);
    expect(failed.at(-1)?.kind).toBe('error');
    delete failures.a;
    expect(await model.more(repositoryId('a'))).toHaveLength(300);
    expect(source.requests.slice(1)).toEqual(Array(2).fill(`tags ${HOST}/a 1.0.199`));
  });

  it('come in 10,000 without the window standing still', async () => {
    const source = withRegistry({ a: tags(10_000) });
    const model = modelOf(source);
    let longest = 0;
    let nodes = await model.children(repositoryId('a'));
    while (nodes.at(-1)?.kind === 'more') {
      const used = await cpuTime(async () => {
        nodes = await model.more(repositoryId('a'));
      });
      longest = Math.max(longest, used);
    }
    expect(nodes).toHaveLength(10_000);
    expect(nodes[0]?.label).toBe('1.0.9999');
    expect(source.requests).toHaveLength(50);
    // The goal is 50 ms; collecting garbage may fall into one of the pages.
    expect(longest).toBeLessThan(250);
  });

  it('stop where a registry names the same page again', async () => {
    const source = withRegistry({ a: [] });
    source.tags = async () => ({ tags: ['x'], next: 'x' });
    const model = modelOf(source);
    await model.children(repositoryId('a'));
    const nodes = await model.more(repositoryId('a'));
    expect(nodes.at(-1)?.kind).not.toBe('more');
  });
});

describe('giving up', () => {
  it('cancels the request when nobody waits for it any more', async () => {
    const source = withRegistry({ a: ['1'] });
    source.gate = new Promise(() => undefined);
    const controller = new AbortController();
    const waiting = modelOf(source).children(REGISTRY, controller.signal);
    controller.abort();
    await expect(waiting).rejects.toMatchObject({ code: 'CANCELLED' });
    expect(source.cancelled).toEqual([`catalog ${HOST}`]);
  });

  it('leaves another who waits for the same undisturbed', async () => {
    const source = withRegistry({ a: ['1'] });
    const gate = Promise.withResolvers<void>();
    source.gate = gate.promise;
    const model = modelOf(source);
    const controller = new AbortController();
    const impatient = model.children(REGISTRY, controller.signal);
    const patient = model.children(REGISTRY);
    controller.abort();
    await expect(impatient).rejects.toMatchObject({ code: 'CANCELLED' });
    gate.resolve();
    expect(labels(await patient)).toEqual(['a']);
    expect(source.requests).toHaveLength(1);
  });

  it('asks again after it was given up', async () => {
    const source = withRegistry({ a: ['1'] });
    source.gate = new Promise(() => undefined);
    const model = modelOf(source);
    const controller = new AbortController();
    const waiting = model.children(REGISTRY, controller.signal);
    controller.abort();
    await expect(waiting).rejects.toThrow();
    source.gate = Promise.resolve();
    expect(labels(await model.children(REGISTRY))).toEqual(['a']);
  });

  it('cancels what a refresh makes useless', async () => {
    const source = withRegistry({ a: ['1'] });
    source.gate = new Promise(() => undefined);
    const model = modelOf(source);
    const waiting = model.children(REGISTRY);
    model.refresh(REGISTRY);
    await expect(waiting).rejects.toMatchObject({ code: 'CANCELLED' });
  });
});

describe('refreshing', () => {
  it('forgets one registry with all below it and tells what to ask for again', async () => {
    const source = withRegistry({ a: ['1'] });
    source.known = { ...source.known, other: { repositories: { b: [] } } };
    const model = modelOf(source);
    const told: (string | undefined)[] = [];
    model.onDidChange((id) => told.push(id));
    const other = idOf({ type: 'registry', host: 'other' });
    for (const id of [REGISTRY, repositoryId('a'), other]) await model.children(id);
    model.refresh(REGISTRY);
    expect(await model.known(REGISTRY)).toBeUndefined();
    expect(await model.known(repositoryId('a'))).toBeUndefined();
    expect(await model.known(other)).toHaveLength(1);
    expect(told).toEqual([REGISTRY]);
  });

  it('follows the source: a registry that went is gone, with what was loaded of it', async () => {
    const source = withRegistry({ a: ['1'] });
    const model = modelOf(source);
    await model.children(REGISTRY);
    source.known = {};
    source.change('registries');
    expect(await model.children(REGISTRIES_ID)).toEqual([]);
    await expect(model.children(REGISTRY)).rejects.toMatchObject({ code: 'INPUT_INVALID' });
  });

  it('reads the store again after a change', async () => {
    const source = new FakeSource();
    const model = modelOf(source);
    await model.children(STORE_ID);
    source.kits = [localEntry('localhost/new', ['1'])];
    source.change('store');
    expect(labels(await model.children(STORE_ID))).toEqual(['new']);
  });
});

describe('names that strangers chose', () => {
  it('are shown with controls and direction marks as escapes, on one line, and cut', async () => {
    const source = withRegistry({ 'a\u202eb\u001b[31m\nc': [], ['x'.repeat(10_000)]: [] });
    const [odd, long] = await modelOf(source).children(REGISTRY);
    expect(odd?.label).toBe('a\\u202eb\\u001b[31m\\u000ac');
    expect(long?.label.length).toBeLessThan(400);
    expect(long?.spoken.length).toBeLessThan(500);
  });

  it('still lead back to what they are', async () => {
    const source = withRegistry({ 'a|b%/ü': ['1'] });
    const model = modelOf(source);
    const [node] = await model.children(REGISTRY);
    await model.children(node?.id ?? '');
    expect(source.requests.at(-1)).toBe(`tags ${HOST}/a|b%/ü`);
  });
});

describe('the details of a ModelKit', () => {
  const KIT = idOf({ type: 'registryKit', host: HOST, repository: 'a', name: '1' });
  const details = (source: FakeSource) => modelOf(source).details(KIT, new AbortController().signal);

  it('are sorted, formatted and worded', async () => {
    const view = await details(withRegistry({ a: ['1'] }));
    expect(view).toMatchObject({ title: `${HOST}/a:1`, subtitle: HOST, totalSize: '20.0 MiB', isLocal: false });
    expect(view.layers[4]).toMatchObject({ kind: 'docs', size: '2.0 KiB', shareText: '< 0.1%' });
    expect(view.manifest).toContain('\n  "schemaVersion": 2');
    expect(view.actions.map(({ label }) => label)).toEqual(['Pull', 'Unpack', 'Copy Reference', 'Remove']);
  });

  it('cut a Kitfile that nobody could read and keep its lines', async () => {
    const source = withRegistry({ a: ['1'] });
    source.content = { kitfileYaml: `a: 1\r\nb: \u202e\n${'x'.repeat(1_000_000)}` };
    const { kitfile } = await details(source);
    expect(kitfile.slice(0, 20)).toBe('a: 1\nb: \\u202e\nxxxxx');
    expect(kitfile.length).toBeLessThan(500_000);
  });

  it('say so where a ModelKit has left the store', async () => {
    const id = idOf({ type: 'storeKit', repository: 'localhost/x', name: '1' });
    const gone = modelOf(new FakeSource()).details(id, new AbortController().signal);
    await expect(gone).rejects.toMatchObject({ code: 'REFERENCE_NOT_FOUND' });
  });

  it('are refused for what is no ModelKit', async () => {
    const refused = modelOf(withRegistry({ a: [] })).details(REGISTRY, new AbortController().signal);
    await expect(refused).rejects.toMatchObject({ code: 'INPUT_INVALID' });
  });
});
