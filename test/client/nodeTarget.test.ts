import { describe, expect, it } from 'vitest';
import { asNode, type NodeTarget, nodesOf } from '../../client/nodeTarget.ts';

const kit: NodeTarget = { kind: 'storeKit', where: 'local', reference: 'team/model:1' };
const other: NodeTarget = { kind: 'storeKit', where: 'local', reference: 'team/model:2' };

describe('what VS Code hands to a command', () => {
  it('is a node itself', () => {
    expect(asNode(kit)).toEqual(kit);
  });

  it('may be an element of a tree that carries a node', () => {
    expect(asNode({ target: kit, children: [] })).toEqual(kit);
  });

  it.each([undefined, null, 'text', {}, { kind: 'file', where: 'local' }, { target: 'x' }])(
    'is no node when it is %j',
    (value) => {
      expect(asNode(value)).toBeUndefined();
    },
  );
});

describe('several selected nodes', () => {
  it('are all meant', () => {
    expect(nodesOf(kit, [kit, other])).toEqual([kit, other]);
  });

  it('are not meant when there is only the one that was clicked', () => {
    expect(nodesOf(kit, [kit])).toEqual([kit]);
    expect(nodesOf(kit, undefined)).toEqual([kit]);
  });

  it('are none for a command without a target', () => {
    expect(nodesOf(undefined, undefined)).toEqual([]);
  });
});
