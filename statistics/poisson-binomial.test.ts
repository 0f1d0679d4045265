import { describe, expect, it } from 'vitest';
import { EXACT_TOTAL, type Part, poissonBinomialMean, poissonBinomialQuantile } from './poisson-binomial.ts';

describe('poissonBinomialQuantile', () => {
  it('is binomial where all events are alike', () => {
    // Binomial(10, 0.5): P(K ≤ 2) = 56/1024, P(K ≤ 1) = 11/1024.
    const coins: Part[] = [{ events: 10, weight: 1, p: 0.5 }];
    expect(poissonBinomialQuantile(coins, 56 / 1024)).toBe(2);
    expect(poissonBinomialQuantile(coins, 57 / 1024)).toBe(3);
    expect(poissonBinomialQuantile([{ events: 1, weight: 8, p: 0.5 }], 0.6)).toBe(8);
    expect(poissonBinomialQuantile([{ events: 1, weight: 8, p: 0.5 }], 0.4)).toBe(0);
    expect(poissonBinomialQuantile([], 0.5)).toBe(0);
  });

  it('is approximated beyond convolution as the exact law says just below', () => {
    const parts = (events: number): Part[] => [
      { events, weight: 1, p: 0.99 },
      { events: events / 10, weight: 1, p: 0.4 },
    ];
    const below = Math.floor((EXACT_TOTAL / 1.1 - 1) / 10) * 10;
    const above = below + 20;
    for (const p of [0.025, 0.975]) {
      const shift = poissonBinomialQuantile(parts(above), p) - poissonBinomialQuantile(parts(below), p);
      expect(
        Math.abs(shift - poissonBinomialMean(parts(above)) + poissonBinomialMean(parts(below))),
      ).toBeLessThanOrEqual(2);
    }
  });
});
