import { describe, expect, it } from 'vitest';
import { binomial, drawUnits, seededRandom } from './multinomial.ts';

describe('seededRandom', () => {
  it('repeats for a seed and differs between seeds, also above 32 bits', () => {
    const draw = (seed: number) => Array.from({ length: 5 }, seededRandom(seed));
    expect(draw(7)).toEqual(draw(7));
    expect(draw(7)).not.toEqual(draw(8));
    expect(draw(7)).not.toEqual(draw(7 + 2 ** 32));
  });

  it('is uniform: tenths of 100,000 numbers, chi-square below the 0.1 % point of 9 degrees', () => {
    const random = seededRandom(1);
    const counts = new Array<number>(10).fill(0);
    for (let i = 0; i < 100_000; i++) counts[Math.floor(random() * 10)]! += 1;
    const chi = counts.reduce((sum, n) => sum + (n - 10_000) ** 2 / 10_000, 0);
    expect(chi).toBeLessThan(27.88);
  });
});

describe('binomial', () => {
  it.each([
    [20, 0.05],
    [20, 0.8],
    [40, 0.3],
    [100, 0.5],
  ])('of %d trials at %f follows its distribution: chi-square below the 0.1 %% point', (trials, p) => {
    const random = seededRandom(3);
    const draws = 50_000;
    const seen = new Array<number>(trials + 1).fill(0);
    for (let i = 0; i < draws; i++) seen[binomial(trials, p, random)]! += 1;
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
    const random = seededRandom(1);
    expect([binomial(0, 0.5, random), binomial(9, 0, random), binomial(9, 1, random)]).toEqual([0, 0, 9]);
  });
});

describe('drawUnits', () => {
  it('draws as many units as there are, a pool in proportion to its size', () => {
    const sizes = Uint32Array.of(1, 100_000, 0, 3, 1);
    const random = seededRandom(4);
    const counts = new Uint32Array(5);
    let third = 0;
    for (let i = 0; i < 2_000; i++) {
      drawUnits(sizes, random, counts);
      expect(counts.reduce((sum, n) => sum + n, 0)).toBe(100_005);
      expect(counts[2]).toBe(0);
      third += counts[3]!;
    }
    // Poisson-like with mean 3: six standard errors.
    expect(Math.abs(third / 2_000 - 3)).toBeLessThan(6 * Math.sqrt(3 / 2_000));
  });
});
