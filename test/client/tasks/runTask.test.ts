import { describe, expect, it } from 'vitest';
import { type EngineClient, engineClient } from '../../../client/engine/engineClient.ts';
import { problemLines } from '../../../client/tasks/problemLines.ts';
import { runTask } from '../../../client/tasks/runTask.ts';

const DIGEST = `sha256:${'a'.repeat(64)}`;
const ANSWERS: Readonly<Record<string, unknown>> = {
  pack: {
    digest: DIGEST,
    reference: 'localhost:5000/iris:1',
    size: 2048,
    layers: [{ kind: 'model', path: 'model.onnx', digest: DIGEST, size: 2048 }],
  },
  push: { digest: DIGEST, reference: 'localhost:5000/iris:1', bytes: 2048, skipped: 1, moved: 2 },
  pull: { digest: DIGEST, reference: 'localhost:5000/iris:1', bytes: 4096 },
  unpack: { files: 3, bytes: 4096, folder: '/home/ada/out', skipped: 1 },
  summary: {
    problems: [
      { severity: 'error', code: 'PATH_NOT_FOUND', rule: 'path-missing', message: 'No x.', line: 3, column: 9 },
    ],
  },
};

/** An engine that writes down what it is asked for. */
function recordingEngine(): { engine: EngineClient; asked: unknown[] } {
  const asked: unknown[] = [];
  const engine = engineClient((method, params) => {
    asked.push([method, params]);
    return Promise.resolve(ANSWERS[method] as never);
  });
  return { engine, asked };
}

const surroundings = { root: '/home/ada', compression: 'gzip', strict: true } as const;

describe('a pack task', () => {
  it('packs its folder with the settings, and pushes', async () => {
    const { engine, asked } = recordingEngine();
    const request = { verb: 'pack', folder: 'iris', reference: 'localhost:5000/iris:1', push: true } as const;
    const lines = await runTask(engine, request, surroundings, {});
    const packed = { folder: '/home/ada/iris', compression: 'gzip', strict: true, reference: 'localhost:5000/iris:1' };
    expect(asked).toEqual([
      ['pack', packed],
      ['push', { source: 'localhost:5000/iris:1' }],
    ]);
    expect(lines).toEqual([
      `  model model.onnx ${DIGEST} 2.0 KiB`,
      `Packed localhost:5000/iris:1 ${DIGEST}, 2.0 KiB`,
      `Pushed localhost:5000/iris:1 ${DIGEST}, 2.0 KiB sent, 1 parts were there`,
    ]);
  });

  it('goes before the settings with what it says itself', async () => {
    const { engine, asked } = recordingEngine();
    await runTask(engine, { verb: 'pack', compression: 'none', strict: false }, surroundings, {});
    expect(asked).toEqual([['pack', { folder: '/home/ada', compression: 'none', strict: false }]]);
  });

  it('names the problems of its Kitfile for the problem matcher', async () => {
    const { engine } = recordingEngine();
    expect(await problemLines(engine, '/home/ada/iris')).toEqual([
      '/home/ada/iris/Kitfile:3:9: error PATH_NOT_FOUND path-missing: No x.',
    ]);
  });
});

describe('the other tasks', () => {
  it('push elsewhere', async () => {
    const { engine, asked } = recordingEngine();
    await runTask(engine, { verb: 'push', reference: 'iris:1', destination: 'ghcr.io/iris:1' }, surroundings, {});
    expect(asked).toEqual([['push', { source: 'iris:1', destination: 'ghcr.io/iris:1' }]]);
  });

  it('pull', async () => {
    const { engine } = recordingEngine();
    const lines = await runTask(engine, { verb: 'pull', reference: 'localhost:5000/iris:1' }, surroundings, {});
    expect(lines).toEqual([`Pulled localhost:5000/iris:1 ${DIGEST}, 4.0 KiB received`]);
  });

  it('unpack parts below the workspace folder', async () => {
    const { engine, asked } = recordingEngine();
    const request = {
      verb: 'unpack',
      reference: 'iris:1',
      folder: 'out',
      filters: ['model'],
      overwrite: true,
    } as const;
    const lines = await runTask(engine, request, surroundings, {});
    expect(asked).toEqual([
      [
        'unpack',
        { reference: 'iris:1', folder: '/home/ada/out', overwrite: true, ignoreExisting: false, filters: ['model'] },
      ],
    ]);
    expect(lines).toEqual(['Unpacked 3 files, 4.0 KiB, into /home/ada/out, 1 left as they were']);
  });
});
