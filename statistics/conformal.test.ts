import { expect, it } from 'vitest';
import { conformalLimit } from './conformal.ts';
import { mulberry32 } from './prng.ts';

it('is the ⌈level · (n + 1)⌉-th smallest score, the largest where there are too few', () => {
  const scores = [9, 1, 8, 2, 7, 3, 6, 4, 5];
  expect(conformalLimit(scores, 0.5)).toBe(5);
  expect(conformalLimit(scores, 0.51)).toBe(6);
  expect(conformalLimit(scores, 0.99)).toBe(9);
  expect(conformalLimit([], 0.9)).toBeUndefined();
  expect(scores[0]).toBe(9);
});

it('is exceeded by a further score with probability at most 1 − level', () => {
  const random = mulberry32(2);
  let above = 0;
  for (let i = 0; i < 5_000; i++) {
    const limit = conformalLimit(Array.from({ length: 19 }, random), 0.9)!;
    if (random() > limit) above++;
  }
  // Exactly 1/10 for 19 scores: four standard errors either way.
  expect(Math.abs(above / 5_000 - 0.1)).toBeLessThan(4 * Math.sqrt(0.09 / 5_000));
});
