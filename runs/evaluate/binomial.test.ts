import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { clopperPearson, regularisedBeta, ruleOfThree, upperBound } from './binomial.ts';

/** P(X ≤ k) for X ~ Binomial(n, p), summed term by term. */
function binomialAtMost(k: number, n: number, p: number): number {
  let term = (1 - p) ** n;
  let sum = term;
  for (let i = 1; i <= k; i++) {
    term *= ((n - i + 1) / i) * (p / (1 - p));
    sum += term;
  }
  return sum;
}

describe('regularisedBeta', () => {
  it('has closed forms for small integers', () => {
    expect(regularisedBeta(0.3, 1, 1)).toBeCloseTo(0.3, 13);
    expect(regularisedBeta(0.3, 2, 1)).toBeCloseTo(0.09, 13);
    expect(regularisedBeta(0.3, 1, 3)).toBeCloseTo(1 - 0.7 ** 3, 13);
    expect(regularisedBeta(0.5, 7.5, 7.5)).toBeCloseTo(0.5, 12);
    expect([regularisedBeta(0, 2, 3), regularisedBeta(1, 2, 3)]).toEqual([0, 1]);
  });
});

describe('clopperPearson', () => {
  it('gives the published interval for 4 of 10', () => {
    const { low, high } = clopperPearson(4, 10);
    expect(low).toBeCloseTo(0.12155, 5);
    expect(high).toBeCloseTo(0.73762, 5);
  });

  it('is exact at the ends: (α/2)^(1/n)', () => {
    expect(clopperPearson(0, 20)).toEqual({ low: 0, high: expect.closeTo(1 - 0.025 ** (1 / 20), 12) });
    expect(clopperPearson(20, 20)).toEqual({ low: expect.closeTo(0.025 ** (1 / 20), 12), high: 1 });
  });

  it('knows nothing without trials', () => {
    expect(clopperPearson(0, 0)).toEqual({ low: 0, high: 1 });
    expect(upperBound(0, 0)).toBe(1);
  });

  it('inverts the binomial tail', () => {
    const observed = fc
      .integer({ min: 2, max: 60 })
      .chain((n) => fc.tuple(fc.integer({ min: 0, max: n - 1 }), fc.constant(n)));
    fc.assert(
      fc.property(observed, ([k, n]) => {
        expect(binomialAtMost(k, n, clopperPearson(k, n).high)).toBeCloseTo(0.025, 8);
        expect(binomialAtMost(k, n, upperBound(k, n))).toBeCloseTo(0.05, 8);
      }),
    );
  });
});

describe('ruleOfThree', () => {
  it('is close above the exact bound, 3/n', () => {
    expect(ruleOfThree(300_000)).toBe(1e-5);
    expect(upperBound(0, 300_000)).toBeLessThan(1e-5);
    expect(upperBound(0, 300_000)).toBeGreaterThan(0.998e-5);
  });

  it('never exceeds one and is unknown without trials', () => {
    expect([ruleOfThree(2), ruleOfThree(0)]).toEqual([1, null]);
  });
});
