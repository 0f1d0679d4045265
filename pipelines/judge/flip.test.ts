import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { flipSet } from './flip.ts';

const above = (limit: number) => (left: readonly { weight: number }[]) =>
  left.reduce((sum, { weight }) => sum + weight, 0) >= limit;
const terms = (...weights: number[]) => weights.map((weight, i) => ({ id: i, weight }));

describe('the flip set', () => {
  it('is one term where one carries the verdict, two where it takes two', () => {
    expect(flipSet(terms(1, 5, 2), above(4)).removed).toEqual([{ id: 1, weight: 5 }]);
    expect(flipSet(terms(3, 3, 3), above(6)).removed).toHaveLength(2);
  });

  it('is empty when nothing flips the verdict, and never names a term without weight', () => {
    expect(flipSet(terms(1, 0), () => true)).toEqual({ removed: [], smallest: true });
    expect(flipSet(terms(0, 4), above(1)).removed).toEqual([{ id: 1, weight: 4 }]);
  });

  it('flips, and no smaller set does', () => {
    const weights = fc.array(fc.integer({ min: 0, max: 9 }), { minLength: 1, maxLength: 9 });
    fc.assert(
      fc.property(weights, fc.integer({ min: 1, max: 30 }), (list, limit) => {
        const all = terms(...list);
        fc.pre(above(limit)(all));
        const { removed } = flipSet(all, above(limit));
        expect(above(limit)(all.filter((term) => !removed.includes(term)))).toBe(false);
        const strongest = [...list].sort((a, b) => b - a).slice(0, removed.length - 1);
        expect(list.reduce((a, b) => a + b, 0) - strongest.reduce((a, b) => a + b, 0)).toBeGreaterThanOrEqual(
          limit,
        );
      }),
    );
  });

  it('says when it gave up on being smallest', () => {
    const many = terms(...new Array<number>(60).fill(1));
    expect(flipSet(many, above(30))).toMatchObject({ smallest: false });
    expect(flipSet(many, above(30)).removed).toHaveLength(31);
  });
});
