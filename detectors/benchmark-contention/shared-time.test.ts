import { describe, expect, it } from 'vitest';
import { bestShare, concurrencyOf } from './shared-time.ts';

describe('shared time', () => {
  it('gives each of n runs at once one nth', () => {
    expect(concurrencyOf([0, 10], [[0, 10]])).toEqual({ mean: 2, share: 0.5 });
    expect(concurrencyOf([0, 10], [[5, 20]]).share).toBeCloseTo(0.75);
    expect(
      concurrencyOf(
        [0, 10],
        [
          [0, 10],
          [0, 10],
        ],
      ).share,
    ).toBeCloseTo(1 / 3);
  });

  it('picks the partners that explain the fall', () => {
    const match = bestShare(
      [0, 10],
      [
        [0, 10],
        [5, 20],
      ],
      Math.log(0.75),
    );
    expect(match?.with).toEqual([1]);
    expect(match?.off).toBeLessThan(1e-9);
    expect(bestShare([0, 10], [], -0.5)).toBeNull();
  });
});
