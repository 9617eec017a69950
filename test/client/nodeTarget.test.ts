import { describe, expect, it } from 'vitest';
import { asNode, type NodeTarget, nodesOf, referenceOf } from '../../client/nodeTarget.ts';

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

describe('the reference of a node', () => {
  it('is as one types it: without the registry that means "only here"', () => {
    expect(referenceOf({ ...kit, reference: 'localhost/team/model:1' })).toBe('team/model:1');
    expect(referenceOf({ ...kit, reference: 'localhost:5000/team/model:1' })).toBe('localhost:5000/team/model:1');
  });

  it('is the digest where there is no tag, and nothing else where there is no name', () => {
    const { reference: _tag, ...untagged } = kit;
    const digest = `sha256:${'a'.repeat(64)}`;
    expect(referenceOf({ ...untagged, repository: 'ghcr.io/team/model', digest })).toBe(`ghcr.io/team/model@${digest}`);
    expect(referenceOf({ ...untagged, repository: 'localhost/_', digest })).toBe(digest);
  });

  it('is none for a registry', () => {
    expect(referenceOf({ kind: 'registry', where: 'registry', registry: 'ghcr.io' })).toBeUndefined();
  });
});
