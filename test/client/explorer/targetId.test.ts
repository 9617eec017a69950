import { describe, expect, it } from 'vitest';
import { parseId, referenceOf, repositoryOf } from '../../../client/explorer/address.ts';
import { targetId } from '../../../client/explorer/targetId.ts';
import type { NodeTarget } from '../../../client/nodeTarget.ts';
import { digestOf } from '../../support/explorerSource.ts';

describe('the node of a command target', () => {
  it.each([
    ['local', 'localhost/iris:1.0.0'],
    ['local', `localhost/_@${digestOf('x')}`],
    ['registry', 'localhost:5000/team/iris:1.0.0'],
    ['registry', `registry.example.com/iris@${digestOf('x')}`],
  ] as const)('is the ModelKit that a reference names, in the %s side: %s', (where, reference) => {
    const kind = where === 'local' ? 'storeKit' : 'registryKit';
    const address = parseId(targetId({ kind, where, reference }) ?? '');
    expect(address?.type).toBe(kind);
    expect(address && 'name' in address && referenceOf(address)).toBe(reference);
  });

  it('is the repository where no ModelKit is named', () => {
    const target: NodeTarget = { kind: 'repository', where: 'registry', repository: 'localhost:5000/team/iris' };
    const address = parseId(targetId(target) ?? '');
    expect(address?.type === 'repository' && repositoryOf(address)).toBe('localhost:5000/team/iris');
  });

  it('is the registry where no repository is named', () => {
    expect(targetId({ kind: 'registry', where: 'registry', registry: 'localhost:5000' })).toBe(
      'registry|localhost%3A5000',
    );
  });

  it('is none where nothing is named', () => {
    expect(targetId({ kind: 'error', where: 'local' })).toBeUndefined();
  });
});
