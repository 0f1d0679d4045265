import { describe, expect, it } from 'vitest';
import { halfOfSeed, halfOfTrait, seedsOf } from './split.ts';
import { ALL_TRAITS, traitsOf } from './traits.ts';

describe('the halves of the bench', () => {
  it('are drawn by a digest, and stay as they are', () => {
    expect(seedsOf('A', 1, 5)).toEqual([2, 3, 6, 7, 8]);
    expect(seedsOf('B', 1, 5)).toEqual([1, 4, 5, 9, 10]);
    expect(['worker', 'wallet', 'exit'].map(halfOfTrait)).toEqual(['B', 'A', 'B']);
  });

  it('share no seed and no trait, and leave none out', () => {
    expect(seedsOf('A', 40, 30).map(halfOfSeed)).toEqual(Array(30).fill('A'));
    expect([...traitsOf('A'), ...traitsOf('B')].sort()).toEqual([...ALL_TRAITS].sort());
  });

  it('each hold a third of the traits at least', () => {
    for (const half of ['A', 'B'] as const)
      expect(traitsOf(half).length).toBeGreaterThan(ALL_TRAITS.length / 3);
  });
});
