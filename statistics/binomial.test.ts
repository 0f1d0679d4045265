import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { binomialDraw, clopperPearson, ruleOfThree, upperBound } from './binomial.ts';
import { sfc32Uniform } from './prng.ts';

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

describe('binomialDraw', () => {
  it.each([
    [20, 0.05],
    [20, 0.8],
    [40, 0.3],
    [100, 0.5],
  ])('of %d trials at %f follows its distribution: chi-square below the 0.1 %% point', (trials, p) => {
    const random = sfc32Uniform(3);
    const draws = 50_000;
    const seen = new Array<number>(trials + 1).fill(0);
    for (let i = 0; i < draws; i++) seen[binomialDraw(trials, p, random)]! += 1;
    let mass = (1 - p) ** trials;
    let chi = 0;
    let degrees = -1;
    for (let k = 0; k <= trials; k++) {
      const expected = mass * draws;
      if (expected >= 10) {
        chi += (seen[k]! - expected) ** 2 / expected;
        degrees += 1;
      }
      mass *= ((trials - k) / (k + 1)) * (p / (1 - p));
    }
    // Wilson and Hilferty's approximation of the chi-square quantile at 3.09 standard deviations.
    const point = degrees * (1 - 2 / (9 * degrees) + 3.09 * Math.sqrt(2 / (9 * degrees))) ** 3;
    expect(chi).toBeLessThan(point);
  });

  it('is certain at the ends', () => {
    const random = sfc32Uniform(1);
    expect([binomialDraw(0, 0.5, random), binomialDraw(9, 0, random), binomialDraw(9, 1, random)]).toEqual([
      0, 0, 9,
    ]);
  });
});
