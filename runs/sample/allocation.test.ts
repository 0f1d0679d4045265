import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { allocate, deviationOf, leastSample, type Stratum } from './allocation.ts';

/**
 * Variance of the estimated total under simple random draws without replacement in each stratum (Cochran
 * 1977, 5.6).
 */
function variance(strata: readonly Stratum[], drawn: readonly number[]): number {
  return strata.reduce(
    (sum, { size, deviation }, i) => sum + (size * (size - drawn[i]!) * deviation ** 2) / drawn[i]!,
    0,
  );
}

const strata = fc.array(
  fc.record({
    size: fc.integer({ min: 1, max: 9 }),
    deviation: fc.double({ min: 0.01, max: 0.5, noNaN: true }),
  }),
  { minLength: 1, maxLength: 4 },
);

/** Every way to draw `left` more. */
function* ways(open: readonly Stratum[], least: number, wanted: number): Generator<number[]> {
  const [head, ...rest] = open;
  if (!head) {
    if (wanted === 0) yield [];
    return;
  }
  for (let n = Math.min(head.size, least); n <= Math.min(head.size, wanted); n++)
    for (const others of ways(rest, least, wanted - n)) yield [n, ...others];
}

describe('the allocation', () => {
  it('has the smallest variance of all that draw as many, as trying them all shows', () => {
    fc.assert(
      fc.property(strata, fc.nat(12), fc.constantFrom(1, 2), (given, more, least) => {
        const all = given.reduce((sum, { size }) => sum + size, 0);
        const wanted = Math.min(all, leastSample(given, least) + more);
        const drawn = allocate(given, wanted, least);
        const best = Math.min(...[...ways(given, least, wanted)].map((way) => variance(given, way)));
        expect(drawn.reduce((sum, n) => sum + n, 0)).toBe(wanted);
        expect(variance(given, drawn)).toBeCloseTo(best, 9);
      }),
      { numRuns: 60 },
    );
  });

  it('takes everybody where more are wanted than there are', () => {
    expect(
      allocate(
        [
          { size: 3, deviation: 0.5 },
          { size: 1, deviation: 0 },
        ],
        99,
      ),
    ).toEqual([3, 1]);
  });

  it('looks where the audit is sure, too: no stratum is without deviation', () => {
    expect(deviationOf(1000, 0)).toBeGreaterThan(0.03);
    expect(deviationOf(1000, 1000)).toBeCloseTo(deviationOf(1000, 0), 9);
    expect(deviationOf(2, 1)).toBe(0.5);
  });
});
