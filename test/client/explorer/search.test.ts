import { describe, expect, it } from 'vitest';
import { idOf } from '../../../client/explorer/address.ts';
import { ExplorerModel } from '../../../client/explorer/model.ts';
import type { SearchResult } from '../../../client/explorer/search.ts';
import { explorerTexts } from '../../../client/explorer/texts.ts';
import { engineError, english, type FakeRegistry, FakeSource, localEntry } from '../../support/explorerSource.ts';

const HOST = 'localhost:5000';

function modelOf(source: FakeSource): ExplorerModel {
  return new ExplorerModel(source, explorerTexts(english, 'en'));
}

function world(repositories: FakeRegistry['repositories'], more: Partial<FakeRegistry> = {}): FakeSource {
  const source = new FakeSource();
  source.kits = [localEntry('localhost/iris', ['1.0.0'])];
  source.known = { [HOST]: { repositories, ...more } };
  return source;
}

function search(model: ExplorerModel, text: string, onFound: (result: SearchResult) => void = () => undefined) {
  return model.search(text, new AbortController().signal, onFound);
}

function names({ nodes }: SearchResult): readonly string[] {
  return nodes.map(({ label, description }) => `${label} in ${description}`);
}

const many = (count: number): Record<string, string[]> =>
  Object.fromEntries(Array.from({ length: count }, (_, at) => [`team/r${10_000 + at}`, []]));

describe('searching', () => {
  it('finds local kits and repositories of registries, in any case', async () => {
    const found = await search(modelOf(world({ 'team/iris': [], other: [] })), 'IRIS');
    expect(names(found)).toEqual(['iris:1.0.0 in Local Store', `team/iris in ${HOST}`]);
  });

  it('reads all pages and tells after each what there is', async () => {
    const source = world({ ...many(450), 'team/wanted-1': [], 'zz/wanted-2': [] });
    const parts: number[] = [];
    const found = await search(modelOf(source), 'wanted', ({ nodes }) => parts.push(nodes.length));
    expect(found.nodes).toHaveLength(2);
    expect(parts.at(-1)).toBe(2);
    expect(source.requests.filter((request) => request.startsWith('catalog'))).toHaveLength(3);
  });

  it('reads no page twice', async () => {
    const source = world(many(450));
    const model = modelOf(source);
    await search(model, 'r10001');
    await search(model, 'r10002');
    expect(source.requests.filter((request) => request.startsWith('catalog'))).toHaveLength(3);
  });

  it('looks for a tag where the text names one', async () => {
    const source = world({ 'team/iris': ['1.0.0', '1.0.1', '2.0.0'], 'team/rose': ['1.0.0'] });
    const found = await search(modelOf(source), 'iris:1.0');
    expect(names(found)).toEqual([
      'iris:1.0.0 in Local Store',
      `team/iris:1.0.0 in ${HOST}`,
      `team/iris:1.0.1 in ${HOST}`,
    ]);
  });

  it('takes a full reference as it is copied, port and all', async () => {
    const found = await search(modelOf(world({ 'team/iris': ['1.0.0', '2.0.0'] })), `${HOST}/team/iris:2`);
    expect(names(found)).toEqual([`team/iris:2.0.0 in ${HOST}`]);
  });

  it('finds tags that are loaded', async () => {
    const model = modelOf(world({ a: ['golden'] }));
    await model.children(idOf({ type: 'repository', host: HOST, repository: 'a' }));
    expect(names(await search(model, 'gold'))).toEqual([`a:golden in ${HOST}`]);
  });

  it('stops at 10,000 names and says so', async () => {
    const source = world(many(10_500));
    const found = await search(modelOf(source), 'nothing of this name');
    expect(found.notes).toEqual([`Only the first 10,000 names in ${HOST} were searched.`]);
  });

  it('stops at 500 results and says so', async () => {
    const found = await search(modelOf(world(many(1000))), 'team');
    expect(found.nodes).toHaveLength(500);
    expect(found.notes).toEqual(['Only the first 500 results are shown. Type more of the name.']);
  });

  it('says which registry could not be searched, and finds what the others have', async () => {
    const source = world({}, { catalogFailure: engineError('REGISTRY_DENIED', 'It is not allowed.') });
    source.known = { ...source.known, other: { repositories: { 'x/iris': [] } } };
    const found = await search(modelOf(source), 'x/iris');
    expect(names(found)).toEqual(['x/iris in other']);
    expect(found.notes).toEqual([`${HOST} could not be searched: It is not allowed.`]);
  });

  it('searches the named repositories of a registry that lists none', async () => {
    const failure = engineError('REGISTRY_UNSUPPORTED', 'It does not list them.');
    const found = await search(modelOf(world({}, { pinned: ['team/rose'], catalogFailure: failure })), 'rose');
    expect(found).toMatchObject({ notes: [], nodes: [{ label: 'team/rose' }] });
  });

  it('stops when the text is no longer wanted', async () => {
    const source = world(many(10_000));
    const controller = new AbortController();
    const running = modelOf(source).search('x', controller.signal, () => undefined);
    controller.abort();
    await expect(running).rejects.toMatchObject({ code: 'CANCELLED' });
    expect(source.requests.length).toBeLessThan(5);
  });
});
