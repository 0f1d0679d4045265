import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { bCubed, f1 } from './bcubed.ts';

const items = (text: string) =>
  text.split(' ').map((pair) => {
    const [operator, cluster] = pair.split(':');
    return { operator: operator!, cluster: cluster === '-' ? null : cluster! };
  });

describe('bCubed', () => {
  it('counts by hand', () => {
    // Cluster 1 = {a, a, b}, cluster 2 = {b}, one a alone.
    const { precision, recall } = bCubed(items('a:1 a:1 b:1 b:2 a:-'));
    expect([...precision]).toEqual([2 / 3, 2 / 3, 1 / 3, 1, 1]);
    expect([...recall]).toEqual([2 / 3, 2 / 3, 1 / 2, 1 / 2, 1 / 3]);
  });

  it('two unclustered accounts are two clusters, not one', () => {
    const { precision, recall } = bCubed(items('a:- b:- a:-'));
    expect([...precision]).toEqual([1, 1, 1]);
    expect([...recall]).toEqual([0.5, 1, 0.5]);
  });

  it('is perfect for the operators themselves under any cluster names, and empty for nobody', () => {
    const operators = fc.array(fc.constantFrom('a', 'b', 'c'), { minLength: 1, maxLength: 20 });
    fc.assert(
      fc.property(operators, (names) => {
        const { precision, recall } = bCubed(
          names.map((operator) => ({ operator, cluster: `c${operator}` })),
        );
        expect([...precision, ...recall].every((value) => value === 1)).toBe(true);
      }),
    );
    expect(bCubed([]).precision).toHaveLength(0);
  });

  it('merging two pure clusters costs precision, splitting one costs recall', () => {
    expect([...bCubed(items('a:1 b:1')).precision]).toEqual([0.5, 0.5]);
    expect([...bCubed(items('a:1 a:2')).recall]).toEqual([0.5, 0.5]);
  });
});

describe('f1', () => {
  it('is the harmonic mean', () => {
    expect(f1(0.5, 1)).toBeCloseTo(2 / 3, 15);
    expect(f1(0, 0)).toBe(0);
  });
});
