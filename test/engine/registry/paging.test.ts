import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Registries } from '../../../engine/registry/registries.ts';
import type { RemoteRepository } from '../../../engine/registry/remoteRepository.ts';
import { startRegistry, type TestRegistry } from '../../support/registry.ts';
import { connect } from '../../support/remote.ts';

let registry: TestRegistry;
let registries: Registries;
let repository: RemoteRepository;

beforeEach(async () => {
  registry = await startRegistry();
  registries = connect({ network: { limits: { pages: 20, entries: 30 } } });
  repository = registries.repository({ registry: registry.host, repository: 'a' });
});

afterEach(async () => {
  await registries.close();
  await registry.stop();
});

function answer(body: unknown, link?: string, times = 99): void {
  const headers = { 'content-type': 'application/json', ...(link ? { link } : {}) };
  registry.fail({ path: /tags\/list/, times, fault: { status: 200, headers, body: JSON.stringify(body) } });
}

async function allTags(): Promise<string[]> {
  const all: string[] = [];
  for await (const page of repository.tags()) all.push(...page);
  return all;
}

describe('a list of tags', () => {
  it('is read to its last page', async () => {
    answer({ tags: ['a', 'b'] }, '</v2/a/tags/list?last=b>; rel="next"', 1);
    answer({ tags: ['c'] });
    expect(await allTags()).toEqual(['a', 'b', 'c']);
    expect(registry.requests.at(-1)?.path).toBe('/v2/a/tags/list?last=b');
  });

  it.each([{ tags: null }, {}, { tags: [] }])('%j is empty', async (body) => {
    answer(body);
    expect(await allTags()).toEqual([]);
  });

  it('leaves out what is no tag', async () => {
    answer({ tags: ['good', '', 7, 'bad tag', '\u202Eevil', 'good'] });
    expect(await allTags()).toEqual(['good']);
  });

  it('that leads back to itself ends there', async () => {
    answer({ tags: ['a'] }, '</v2/a/tags/list?last=a>; rel="next"');
    expect(await allTags()).toEqual(['a', 'a']);
  });

  it('that leads to another host ends there', async () => {
    answer({ tags: ['a'] }, '<https://evil.example/v2/a/tags/list>; rel="next"');
    expect(await allTags()).toEqual(['a']);
  });

  it('with too many entries is given up', async () => {
    answer({ tags: Array.from({ length: 31 }, (_, index) => `t${index}`) }, '</v2/a/tags/list?last=x>; rel="next"');
    await expect(allTags()).rejects.toMatchObject({ code: 'METADATA_TOO_LARGE' });
  });

  it.each([{ tags: 'a' }, { tags: { a: 1 } }])('%j is no list', async (body) => {
    answer(body);
    await expect(allTags()).rejects.toMatchObject({ code: 'REGISTRY_PROTOCOL' });
  });

  it('that is a page says so', async () => {
    registry.fail({ path: /tags/, fault: { html: 'Login' } });
    await expect(allTags()).rejects.toMatchObject({ code: 'REGISTRY_PROTOCOL' });
  });

  it('of a repository that is not there says so', async () => {
    await expect(allTags()).rejects.toMatchObject({ code: 'REFERENCE_NOT_FOUND' });
  });
});

describe('the catalogue of a registry', () => {
  it('comes page by page', async () => {
    for (const name of ['c', 'a', 'b']) registry.repositories.addBlob(name, 'sha256:0');
    const first = await registries.registry(registry.host).catalog({ limit: 2 });
    expect(first.entries).toEqual(['a', 'b']);
    expect(await registries.registry(registry.host).catalog({ after: first.next ?? '' })).toEqual({ entries: ['c'] });
  });

  it('goes on after a name that the caller knows', async () => {
    for (const name of ['a', 'b']) registry.repositories.addBlob(name, 'sha256:0');
    expect((await registries.registry(registry.host).catalog({ after: 'a' })).entries).toEqual(['b']);
  });
});
