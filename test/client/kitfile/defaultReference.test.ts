import { describe, expect, it } from 'vitest';
import { defaultReference } from '../../../client/kitfile/defaultReference.ts';
import { inRegistry, registryOf } from '../../../client/kitfile/inRegistry.ts';

describe('the reference that is offered for a Kitfile', () => {
  it('is made of its name and version', () => {
    expect(defaultReference({ name: 'My Model (v2)', version: '1.2.0', folder: 'x' })).toBe('my-model-v2:1.2.0');
  });

  it('goes where things went before', () => {
    expect(defaultReference({ name: 'iris', version: '1', folder: 'x', lastPrefix: 'ghcr.io/team' })).toBe(
      'ghcr.io/team/iris:1',
    );
  });

  it('keeps the repository that this Kitfile had, and takes the new version', () => {
    expect(
      defaultReference({
        name: 'iris',
        version: '2',
        folder: 'x',
        lastRepository: 'localhost:5000/ours',
        lastPrefix: 'a.b',
      }),
    ).toBe('localhost:5000/ours:2');
  });

  it('is named by the folder when the Kitfile has no name, and tagged latest without a version', () => {
    expect(defaultReference({ folder: 'My Project' })).toBe('my-project:latest');
  });

  it('is usable whatever the names are', () => {
    expect(defaultReference({ name: '모델', version: 'v 1/β', folder: '___' })).toBe('model:latest');
  });
});

describe('the same name in another registry', () => {
  it('keeps repository and tag', () => {
    expect(inRegistry('ghcr.io/team/iris:1', 'localhost:5000')).toBe('localhost:5000/team/iris:1');
    expect(inRegistry('iris:1', 'localhost:5000')).toBe('localhost:5000/iris:1');
  });

  it('stays where it is when no other is chosen', () => {
    expect(inRegistry('ghcr.io/team/iris:1', '')).toBe('ghcr.io/team/iris:1');
  });

  it('is known for references with a registry only', () => {
    expect([registryOf('ghcr.io/team/iris:1'), registryOf('iris:1')]).toEqual(['ghcr.io', undefined]);
  });
});
