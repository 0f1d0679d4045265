import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { bestThreshold, scoreGroups } from './score.ts';

const pairsFrom = (rows: [number, number, number][]) => ({
  a: Int32Array.from(rows, ([a]) => a),
  b: Int32Array.from(rows, ([, b]) => b),
  weight: Float64Array.from(rows, ([, , weight]) => weight),
});

describe('pairwise F1', () => {
  it('counts pairs within groups, and honest accounts as strangers to each other', () => {
    const operator = Int32Array.from([0, 0, 0, -1, -1]);
    const group = Int32Array.from([7, 7, -1, 7, -1]);
    expect(scoreGroups(group, operator)).toEqual({
      linked: 3,
      right: 1,
      all: 3,
      precision: 1 / 3,
      recall: 1 / 3,
      f1: 1 / 3,
    });
  });

  it('chooses the best threshold, which chains may reach earlier than pairs', () => {
    const operator = Int32Array.from([0, 0, 0, -1]);
    const { pairs, chained } = bestThreshold(
      pairsFrom([
        [0, 1, 9],
        [1, 2, 8],
        [2, 3, 1],
      ]),
      operator,
    );
    expect(pairs).toMatchObject({ threshold: 8, linked: 2, right: 2, all: 3 });
    expect(chained).toMatchObject({ threshold: 8, linked: 3, right: 3, f1: 1 });
  });

  it('takes pairs of one weight together', () => {
    const { pairs } = bestThreshold(
      pairsFrom([
        [0, 1, 5],
        [0, 2, 5],
      ]),
      Int32Array.from([0, 0, -1]),
    );
    expect(pairs).toMatchObject({ linked: 2, right: 1 });
  });

  it('scores the chains of all pairs as the groups that they are', () => {
    const pair = fc.tuple(fc.nat(11), fc.nat(11), fc.constant(1)).filter(([a, b]) => a !== b);
    const operators = fc.array(fc.integer({ min: -1, max: 3 }), { minLength: 12, maxLength: 12 });
    fc.assert(
      fc.property(fc.uniqueArray(pair, { selector: ([a, b]) => `${a} ${b}` }), operators, (rows, of) => {
        const group = Int32Array.from({ length: 12 }, (_, i) => i);
        for (let changed = true; changed; ) {
          changed = false;
          for (const [a, b] of rows) {
            const low = Math.min(group[a]!, group[b]!);
            if (group[a] !== low || group[b] !== low) changed = true;
            group[a] = low;
            group[b] = low;
          }
        }
        const operator = Int32Array.from(of);
        const whole = scoreGroups(group, operator);
        const { chained } = bestThreshold(pairsFrom(rows), operator);
        expect(chained.f1).toBeGreaterThanOrEqual(chained.linked > 0 ? whole.f1 : 0);
        if (chained.linked > 0) expect(chained).toMatchObject(whole);
        else expect(whole.right).toBe(0);
      }),
    );
  });
});
