import { describe, expect, it } from 'vitest';
import { byteText } from '../../../client/ui/byteText.ts';
import { ProgressMeter } from '../../../client/ui/progressMeter.ts';

const MIB = 1024 * 1024;
const l10n = { t: (text: string, ...args: unknown[]) => text.replace(/\{(\d)\}/g, (_all, at) => String(args[at])) };

/** A meter with a clock that the test moves. */
function meterAt() {
  let now = 0;
  const meter = new ProgressMeter(() => now);
  const report = (at: number, key: string, done: number, total: number) => {
    now = at;
    meter.add({ type: 'progress', key, label: key, done, total });
  };
  return { meter, report };
}

describe('progress of several units', () => {
  it('adds them up, with the rate of the last seconds', () => {
    const { meter, report } = meterAt();
    report(0, 'model', 0, 8 * MIB);
    report(1000, 'data', MIB, 2 * MIB);
    report(2000, 'model', 3 * MIB, 8 * MIB);
    expect(meter.text(l10n)).toBe('model: 4.0 MiB of 10.0 MiB, 2.0 MiB/s');
    expect(meter.fraction).toBeCloseTo(0.4);
  });

  it('has no total while one of them is unknown', () => {
    const { meter, report } = meterAt();
    report(1000, 'model', MIB, 0);
    expect(meter.text(l10n)).toBe('model: 1.0 MiB, 1.0 MiB/s');
    expect(meter.fraction).toBeUndefined();
  });

  it('forgets a stall that is long over', () => {
    const { meter, report } = meterAt();
    report(0, 'model', MIB, 100 * MIB);
    report(60_000, 'model', MIB, 100 * MIB);
    report(61_000, 'model', 11 * MIB, 100 * MIB);
    expect(meter.text(l10n)).toContain('10.0 MiB/s');
  });

  it('shows no control characters of a name', () => {
    const { meter, report } = meterAt();
    report(1000, 'a\u001b[2Jb', MIB, 0);
    expect(meter.text(l10n)).toContain('a\\u001b[2Jb');
  });
});

describe('a number of bytes', () => {
  it.each([
    [0, '0 B'],
    [1023, '1023 B'],
    [1024, '1.0 KiB'],
    [1536 * 1024, '1.5 MiB'],
    [2 ** 53, '8.0 PiB'],
  ])('%d is %s', (bytes, text) => {
    expect(byteText(bytes)).toBe(text);
  });
});
