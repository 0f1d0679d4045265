import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  agreement,
  chanceAt,
  matched,
  type StepSeries,
  setBit,
  sharedBits,
  wordsFor,
} from './step-series.ts';

const BINS = 400;

function series(ups: Iterable<number>, downs: Iterable<number> = []): StepSeries {
  const make = (bits: Iterable<number>) => {
    const words = new Uint32Array(wordsFor(BINS));
    for (const bit of bits) setBit(words, bit);
    return words;
  };
  return { up: make(ups), down: make(downs), given: make([]) };
}

const bits = fc.uniqueArray(fc.integer({ min: 0, max: BINS - 1 }), { maxLength: 120 });

/** Bits that a card of that name sets: the same for everybody, without rhythm. */
const scattered = (seed: number): number[] =>
  Array.from({ length: BINS }, (_, t) => t).filter(
    (t) => ((Math.imul(t + 1, 2_654_435_761) ^ Math.imul(seed, 40_503)) >>> 9) % 10 < 2,
  );

describe('step series', () => {
  it('counts shared bits at every shift as sets do', () => {
    fc.assert(
      fc.property(bits, bits, fc.integer({ min: -BINS, max: BINS }), (a, b, lag) => {
        const inB = new Set(b);
        const expected = a.filter((t) => inB.has(t - lag)).length;
        expect(sharedBits(series(a).up, series(b).up, lag)).toBe(expected);
      }),
    );
  });

  it('expects as many matches as both have steps in the common window', () => {
    fc.assert(
      fc.property(bits, bits, fc.integer({ min: -300, max: 300 }), (a, b, lag) => {
        const here = a.filter((t) => t >= Math.max(0, lag) && t < Math.min(BINS, BINS + lag)).length;
        const there = b.filter((t) => t + lag >= 0 && t + lag < BINS).length;
        const { expected, steps } = chanceAt(series(a), series(b), lag, BINS);
        expect(expected).toBeCloseTo((here * there) / (BINS - Math.abs(lag)), 9);
        expect(steps).toBe(Math.min(here, there));
      }),
    );
  });

  it('finds a copy at its shift and lets strangers pass', () => {
    const original = scattered(1);
    const copy = series(original.map((t) => t + 37).filter((t) => t < BINS));
    const found = agreement(copy, series(original), { lag: 36, bins: BINS, trials: 1e6 });
    expect(found).toMatchObject({ lag: 37, given: 0 });
    expect(found!.matched).toBe(matched(copy, series(original), 37));
    expect(found!.nats).toBeGreaterThan(5);
    expect(
      agreement(series(scattered(2)), series(original), { lag: 37, bins: BINS, trials: 1e6 }),
    ).toBeUndefined();
  });
});
