import { expect, it } from 'vitest';
import { highMedian, lowerQuantile, median, quantile } from './quantile.ts';

it('medians: of an even number the mean of the middle two, or the higher of them', () => {
  expect([median([4, 1, 3, 2]), highMedian([4, 1, 3, 2])]).toEqual([2.5, 3]);
  expect([median([10, 9, 2]), highMedian([10, 9, 2])]).toEqual([9, 9]);
  expect(highMedian(Int8Array.of(-3, 5, -128))).toBe(-3);
});

it('of nothing are 0 where they are computed, and undefined where they are a value', () => {
  expect([quantile([], 0.3), median([]), highMedian([]), lowerQuantile([], 0.3)]).toEqual([
    0,
    0,
    undefined,
    undefined,
  ]);
});

it('leave the values where they are', () => {
  const values = [3, 1, 2];
  expect([quantile(values, 1), lowerQuantile(values, 0.5)]).toEqual([3, 2]);
  expect(values).toEqual([3, 1, 2]);
});
