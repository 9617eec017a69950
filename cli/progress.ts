import { EngineError } from '#engine';
import { printable, sizeText } from './text.ts';

export interface Unit {
  readonly key: string;
  readonly label: string;
  readonly done: number;
  /** 0 while unknown. */
  readonly total: number;
}

export interface Progress {
  report(unit: Unit): void;
  /** Prints something of its own without tearing the progress line. */
  around(print: () => void): void;
  end(): void;
}

const KINDS = ['none', 'plain', 'fancy'];
/** Time between two drawings, in milliseconds. */
const FANCY_STEP = 100;
const PLAIN_STEP = 2000;

/**
 * Byte progress with rate on stderr: one line drawn over itself (fancy) or a line every two seconds (plain). Without
 * `--progress`, fancy on a terminal and none in a pipe.
 * @throws EngineError INPUT_INVALID for another kind
 */
export function createProgress(kind: string | undefined, json: boolean, stderr: NodeJS.WriteStream): Progress {
  if (kind !== undefined && !KINDS.includes(kind))
    throw new EngineError('INPUT_INVALID', `The progress "${kind}" is unknown.`, {
      advice: `Use one of ${KINDS.join(', ')}.`,
    });
  const chosen = kind ?? (stderr.isTTY ? 'fancy' : 'none');
  if (json || chosen === 'none') return { report() {}, around: (print) => print(), end() {} };
  return chosen === 'plain' ? plainProgress(stderr) : fancyProgress(stderr);
}

function plainProgress(stderr: NodeJS.WriteStream): Progress {
  const meter = createMeter(PLAIN_STEP);
  return {
    report(unit) {
      if (meter.add(unit)) stderr.write(`${meter.text()}\n`);
    },
    around: (print) => print(),
    end() {},
  };
}

function fancyProgress(stderr: NodeJS.WriteStream): Progress {
  const meter = createMeter(FANCY_STEP);
  let drawn = false;
  const clear = () => {
    if (drawn) stderr.write('\r\u001b[2K');
    drawn = false;
  };
  const draw = () => {
    stderr.write(`\r\u001b[2K${meter.text().slice(0, Math.max(20, (stderr.columns ?? 80) - 1))}`);
    drawn = true;
  };
  return {
    report(unit) {
      if (meter.add(unit)) draw();
    },
    around(print) {
      clear();
      print();
    },
    end: clear,
  };
}

interface Meter {
  /** Takes the new state of a unit; true when it is time to draw. */
  add(unit: Unit): boolean;
  /** Such as `model: 3.0 MiB of 9.2 MiB, 1.1 MiB/s`. */
  text(): string;
}

function createMeter(step: number): Meter {
  const units = new Map<string, Unit>();
  const start = performance.now();
  let last = Number.NEGATIVE_INFINITY;
  let newest = '';
  return {
    add(unit) {
      units.set(unit.key, unit);
      newest = unit.label;
      const now = performance.now();
      if (now - last < step) return false;
      last = now;
      return true;
    },
    text() {
      const all = [...units.values()];
      const done = all.reduce((sum, unit) => sum + unit.done, 0);
      const total = all.some((unit) => unit.total === 0) ? 0 : all.reduce((sum, unit) => sum + unit.total, 0);
      const seconds = Math.max(0.001, (performance.now() - start) / 1000);
      const of = total > 0 ? ` of ${sizeText(total)}` : '';
      return `${printable(newest)}: ${sizeText(done)}${of}, ${sizeText(Math.floor(done / seconds))}/s`;
    },
  };
}
