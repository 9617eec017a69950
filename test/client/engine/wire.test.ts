import { describe, expect, it } from 'vitest';
import { EngineError } from '#engine';
import { RpcError } from '#shared/rpc';
import { fromWire, toWire } from '../../../client/engine/wire.ts';

const across = (error: unknown) => fromWire(new RpcError(structuredClone(toWire(error))));

describe('an error on its way out of the worker', () => {
  it('keeps code, sentence, advice and facts', () => {
    const error = new EngineError('TARGET_EXISTS', 'a is in the way.', { advice: 'Move it.', facts: { path: 'a' } });
    expect(across(error)).toMatchObject({
      code: 'TARGET_EXISTS',
      message: 'a is in the way.',
      advice: 'Move it.',
      facts: { path: 'a' },
    });
  });

  it('leaves its cause behind, which may hold a secret', () => {
    const cause = new Error('GET https://storage/?X-Amz-Signature=geheim failed');
    const error = new EngineError('REGISTRY_UNAVAILABLE', 'The registry is away.', { cause });
    expect(JSON.stringify(toWire(error))).not.toContain('geheim');
  });

  it('is a bug of ours when it is none of the engine, and says where', () => {
    const error = across(new TypeError('x is not a function'));
    expect(error).toMatchObject({ code: 'INTERNAL', message: 'x is not a function' });
    expect(error.facts.stack).toContain('wire.test.ts');
  });

  it('is a cancel when the work was aborted', () => {
    expect(across(new DOMException('The operation was aborted.', 'AbortError')).code).toBe('CANCELLED');
  });

  it('has a code that is known', () => {
    expect(fromWire(new RpcError({ code: 'FROM_THE_FUTURE', message: 'x' })).code).toBe('INTERNAL');
  });
});
