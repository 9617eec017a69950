import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { EngineEvent } from '#engine';
import { EventBatch } from '../../../client/engine/eventBatch.ts';

const progress = (key: string, done: number): EngineEvent => ({ type: 'progress', key, label: key, done, total: 10 });
const warning: EngineEvent = { type: 'warning', code: 'LAYER_EMPTY', message: 'Empty.' };

describe('events of one call', () => {
  let sent: (readonly EngineEvent[])[];
  let batch: EventBatch;
  beforeEach(() => {
    vi.useFakeTimers();
    sent = [];
    batch = new EventBatch((events) => sent.push(events));
  });
  afterEach(() => {
    vi.useRealTimers();
  });

  it('go ten times a second, with the latest progress of each unit', () => {
    for (let done = 0; done <= 9; done += 1) batch.add(progress('model', done));
    batch.add(progress('data', 1));
    expect(sent).toEqual([]);
    vi.advanceTimersByTime(100);
    expect(sent).toEqual([[progress('model', 9), progress('data', 1)]]);
  });

  it('keep their order, and none that is no progress is lost', () => {
    batch.add(progress('model', 1));
    batch.add(warning);
    batch.add(warning);
    batch.add({ type: 'waiting', message: 'Locked.' });
    batch.add({ type: 'waiting', message: 'Locked.' });
    batch.end();
    expect(sent).toEqual([[progress('model', 1), warning, warning, { type: 'waiting', message: 'Locked.' }]]);
  });

  it('are all told at the end, and nothing after it', () => {
    batch.add(progress('model', 10));
    batch.end();
    vi.advanceTimersByTime(1000);
    expect(sent).toEqual([[progress('model', 10)]]);
  });
});
