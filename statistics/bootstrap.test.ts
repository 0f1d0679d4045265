import { describe, expect, it } from 'vitest';
import { drawUnits, percentileInterval, resample } from './bootstrap.ts';
import { sfc32Uniform } from './prng.ts';

const singles = (units: number) => new Uint32Array(units).fill(1);

describe('resample', () => {
  it('draws as many units as there are, each time', () => {
    const [sums] = resample({ sizes: singles(17), resamples: 50, seed: 3 }, (weights) => [
      weights.reduce((sum, w) => sum + w, 0),
    ]);
    expect(new Set(sums)).toEqual(new Set([17]));
  });

  it('finds the standard error of a mean: σ/√n = 0.05 for 100 fair coins', () => {
    const [means] = resample({ sizes: singles(100), resamples: 4_000, seed: 5 }, (weights) => [
      weights.reduce((sum, w, i) => sum + w * (i % 2), 0) / 100,
    ]);
    const mean = means!.reduce((sum, value) => sum + value, 0) / 4_000;
    const deviation = Math.sqrt(means!.reduce((sum, value) => sum + (value - mean) ** 2, 0) / 4_000);
    expect(mean).toBeCloseTo(0.5, 2);
    expect(deviation).toBeGreaterThan(0.047);
    expect(deviation).toBeLessThan(0.053);
  });

  it('gives a pool the draws of its units together', () => {
    const [shares] = resample({ sizes: Uint32Array.of(1, 3), resamples: 2_000, seed: 9 }, ([, pool]) => [
      pool! / 4,
    ]);
    expect(shares!.reduce((sum, value) => sum + value, 0) / 2_000).toBeCloseTo(0.75, 1);
    expect(new Set(shares)).toEqual(new Set([0, 0.25, 0.5, 0.75, 1]));
  });

  it('without units gives draws of nothing', () => {
    expect(resample({ sizes: singles(0), resamples: 3, seed: 1 }, (weights) => [weights.length])).toEqual([
      Float64Array.of(0, 0, 0),
    ]);
  });
});

describe('percentileInterval', () => {
  it('interpolates between order statistics', () => {
    const values = Float64Array.from({ length: 101 }, (_, i) => 100 - i);
    expect(percentileInterval(values, 0.9)).toEqual({
      low: expect.closeTo(5, 10),
      high: expect.closeTo(95, 10),
    });
  });

  it('leaves undefined draws out, and gives up when they are half', () => {
    expect(percentileInterval(Float64Array.of(1, Number.NaN, 1))).toEqual({ low: 1, high: 1 });
    expect(percentileInterval(Float64Array.of(1, Number.NaN))).toBeNull();
    expect(percentileInterval(new Float64Array(0))).toBeNull();
  });
});

describe('drawUnits', () => {
  it('draws as many units as there are, a pool in proportion to its size', () => {
    const sizes = Uint32Array.of(1, 100_000, 0, 3, 1);
    const random = sfc32Uniform(4);
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
