import type { EngineEvent } from '#engine';

type Send = (events: readonly EngineEvent[]) => void;

/** Ten messages a second are enough for a smooth bar, and few enough for the extension host. */
const STEP_MS = 100;

/**
 * Collects the events of one call and sends them in batches: in order, and of one unit's progress only the latest.
 * `end` sends what is left.
 */
export class EventBatch {
  readonly #send: Send;
  #waiting: EngineEvent[] = [];
  #timer: NodeJS.Timeout | undefined;

  constructor(send: Send) {
    this.#send = send;
  }

  add(event: EngineEvent): void {
    const earlier = this.#waiting.findIndex((other) => replaces(event, other));
    if (earlier >= 0) this.#waiting[earlier] = event;
    else this.#waiting.push(event);
    this.#timer ??= setTimeout(() => this.end(), STEP_MS);
  }

  end(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    if (this.#waiting.length === 0) return;
    const events = this.#waiting;
    this.#waiting = [];
    this.#send(events);
  }
}

function replaces(event: EngineEvent, other: EngineEvent): boolean {
  if (event.type === 'progress') return other.type === 'progress' && other.key === event.key;
  return event.type === 'waiting' && other.type === 'waiting' && other.message === event.message;
}
