import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { catalog } from '../../../engine/modelkit/catalog.ts';
import type { Registries } from '../../../engine/registry/registries.ts';
import { startRegistry, type TestRegistry } from '../../support/registry.ts';
import { connect } from '../../support/remote.ts';

let registry: TestRegistry;
let registries: Registries;

beforeEach(async () => {
  registry = await startRegistry();
  registries = connect();
});

afterEach(async () => {
  await registries.close();
  await registry.stop();
});

async function readAll(limit: number): Promise<string[][]> {
  const pages: string[][] = [];
  let after: string | undefined;
  do {
    const page = await catalog({ registries }, registry.host, { limit, ...(after === undefined ? {} : { after }) });
    pages.push([...page.repositories]);
    after = page.next;
  } while (after !== undefined);
  return pages;
}

describe('the catalogue', () => {
  it('comes page by page', async () => {
    for (const name of ['c', 'a', 'b']) registry.repositories.addBlob(name, 'sha256:0');
    expect(await readAll(2)).toEqual([['a', 'b'], ['c']]);
  });

  it('comes page by page from a registry that sends everything at once', async () => {
    const body = JSON.stringify({ repositories: ['c', 'a', 'd', 'b', 'e'] });
    registry.fail({ times: 9, fault: { status: 200, headers: { 'content-type': 'application/json' }, body } });
    expect(await readAll(2)).toEqual([['a', 'b'], ['c', 'd'], ['e']]);
  });

  it('of an empty registry is empty', async () => {
    expect(await readAll(2)).toEqual([[]]);
  });

  it.each([404, 405])('that is answered with %d is not served here', async (status) => {
    registry.fail({ fault: { status } });
    await expect(readAll(2)).rejects.toMatchObject({ code: 'REGISTRY_UNSUPPORTED' });
  });
});
