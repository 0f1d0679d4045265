import { beforeAll, describe, expect, it } from 'vitest';
import type { LearnBackend } from '../../contracts/learner.ts';
import { openBackend } from '../../pipelines/models/backend.ts';
import { mulberry32 } from '../../statistics/prng.ts';
import { predictQuantiles, type Sample } from './quantile-net.ts';

let tf: LearnBackend['tf'];
beforeAll(async () => {
  ({ tf } = await openBackend());
});

const middleAt = (a: number, b: number) => 0.5 * a - a * b;

/**
 * A known relation of two inputs in ±1 under uniform noise of ±0.2, whose tenth percentiles are ±0.16; a
 * share of rows is moved away.
 */
function samples(count: number, seed: number, outliers = 0, offset = 0): Sample[] {
  const random = mulberry32(seed);
  return Array.from({ length: count }, (_, i) => {
    const [a, b] = [2 * random() - 1, 2 * random() - 1];
    const noise = 0.4 * random() - 0.2;
    return { inputs: [a, b], target: middleAt(a, b) + noise + (i < outliers * count ? offset : 0) };
  });
}

const grid = [-0.6, -0.2, 0.2, 0.6].flatMap((a) => [-0.6, 0, 0.6].map((b) => [a, b] as const));
const onGrid = { rows: grid, inputs: (row: readonly number[]) => row };
const mean = (values: readonly number[]) => values.reduce((a, b) => a + b, 0) / values.length;

describe('predictQuantiles', () => {
  it('learns the median and the spread of a relation that is no plane', () => {
    const found = predictQuantiles(tf, samples(1500, 3), onGrid, 7);
    expect(mean(found.map(({ middle }, i) => Math.abs(middle - middleAt(...grid[i]!))))).toBeLessThan(0.05);
    expect(mean(found.map(({ low, high }) => high - low))).toBeCloseTo(0.32, 1);
    for (const { low, middle, high } of found)
      expect([low, middle, high]).toEqual([low, middle, high].sort((a, b) => a - b));
  });

  it('gives the same network for the same samples and seed, another one for another seed', () => {
    const rows = samples(300, 4);
    const first = predictQuantiles(tf, rows, onGrid, 7);
    expect(predictQuantiles(tf, rows, onGrid, 7)).toEqual(first);
    expect(predictQuantiles(tf, rows, onGrid, 8)).not.toEqual(first);
  });

  it('lets a fifth of the rows, a thousand away, move the median less than the noise', () => {
    const far = predictQuantiles(tf, samples(1500, 5, 0.2, 1000), onGrid, 7);
    expect(mean(far.map(({ middle }, i) => Math.abs(middle - middleAt(...grid[i]!))))).toBeLessThan(0.2);
  });

  it('reads what lies beyond all samples as the strangest of them', () => {
    const [far, farther] = predictQuantiles(
      tf,
      samples(300, 6),
      { rows: [1e6, 1e9], inputs: (size) => [size, -size] },
      7,
    );
    expect(farther).toEqual(far);
    expect(predictQuantiles(tf, samples(300, 6), { ...onGrid, rows: [] }, 7)).toEqual([]);
  });
});
