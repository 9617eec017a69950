import type { EngineEvent } from '#engine';
import { byteText } from './byteText.ts';
import type { Localizer } from './localizer.ts';
import { shown } from './printable.ts';

type ProgressEvent = Extract<EngineEvent, { type: 'progress' }>;

/** The rate is that of the last seconds: what happened an hour ago says nothing about now. */
const WINDOW_MS = 5_000;

interface Sample {
  readonly at: number;
  readonly done: number;
}

/** Adds up the units of one job, and says in one line how far it is. */
export class ProgressMeter {
  readonly #units = new Map<string, ProgressEvent>();
  readonly #now: () => number;
  #samples: readonly Sample[];
  #label = '';

  constructor(now: () => number = () => performance.now()) {
    this.#now = now;
    this.#samples = [{ at: now(), done: 0 }];
  }

  add(event: ProgressEvent): void {
    this.#units.set(event.key, event);
    this.#label = event.label;
    const at = this.#now();
    const recent = this.#samples.filter((sample) => at - sample.at < WINDOW_MS);
    this.#samples = [...(recent.length > 0 ? recent : this.#samples.slice(-1)), { at, done: this.#done }];
  }

  /** 0 to 1; undefined while a total is unknown. */
  get fraction(): number | undefined {
    const units = [...this.#units.values()];
    const total = units.reduce((sum, unit) => sum + unit.total, 0);
    if (total === 0 || units.some((unit) => unit.total === 0)) return undefined;
    return Math.min(1, this.#done / total);
  }

  /** Such as `model: 3.0 MiB of 9.2 MiB, 1.1 MiB/s`. */
  text(l10n: Localizer): string {
    const done = byteText(this.#done);
    const rate = byteText(this.#rate);
    const label = shown(this.#label);
    if (this.fraction === undefined) return l10n.t('{0}: {1}, {2}/s', label, done, rate);
    const total = [...this.#units.values()].reduce((sum, unit) => sum + unit.total, 0);
    return l10n.t('{0}: {1} of {2}, {3}/s', label, done, byteText(total), rate);
  }

  get #done(): number {
    return [...this.#units.values()].reduce((sum, unit) => sum + unit.done, 0);
  }

  get #rate(): number {
    const [first] = this.#samples;
    const last = this.#samples.at(-1);
    if (!first || !last || last.at <= first.at) return 0;
    return Math.max(0, Math.floor(((last.done - first.done) * 1000) / (last.at - first.at)));
  }
}
