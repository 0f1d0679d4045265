import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { rank, ranking } from './ranking.ts';

function rankingOf(scores: number[], bad: number[], weights = scores.map(() => 1)) {
  const unit = Uint32Array.from(scores, (_, i) => i);
  return ranking(rank({ scores: Float64Array.from(scores), bad: Uint8Array.from(bad), unit }), weights);
}

describe('ranking', () => {
  it('counts pairs by hand', () => {
    // bad 0.9, 0.6, 0.2 against good 0.7, 0.1: 2 + 1 + 1 of 6 pairs; precisions at the bad ones 1/1, 2/3,
    // 3/4.
    const result = rankingOf([0.9, 0.7, 0.6, 0.2, 0.1], [1, 0, 1, 1, 0]);
    expect(result.auroc).toBeCloseTo(4 / 6, 15);
    expect(result.averagePrecision).toBeCloseTo((1 + 2 / 3 + 3 / 4) / 3, 15);
  });

  it('gives half for equal scores, and the base rate as average precision', () => {
    const result = rankingOf([0.5, 0.5, 0.5, 0.5], [1, 0, 0, 0]);
    expect(result).toEqual({ auroc: 0.5, averagePrecision: 0.25 });
  });

  it('is 1 for a perfect order and 0 for the reverse', () => {
    expect(rankingOf([0.9, 0.8, 0.1], [1, 1, 0])).toEqual({ auroc: 1, averagePrecision: 1 });
    expect(rankingOf([0.9, 0.1], [0, 1]).auroc).toBe(0);
  });

  it('is undefined without both kinds', () => {
    expect(rankingOf([0.3], [0])).toEqual({ auroc: Number.NaN, averagePrecision: Number.NaN });
    expect(rankingOf([0.3], [1])).toEqual({ auroc: Number.NaN, averagePrecision: 1 });
    expect(rankingOf([], []).auroc).toBeNaN();
  });

  it('treats a weight of two as the subject twice', () => {
    const scores = [0.9, 0.7, 0.7, 0.4];
    const bad = [1, 0, 1, 0];
    const twice = rankingOf([...scores, 0.7], [...bad, 1]);
    expect(rankingOf(scores, bad, [1, 1, 2, 1])).toEqual(twice);
  });

  it('agrees with counting every pair, in any order of rows', () => {
    const rows = fc.array(fc.tuple(fc.integer({ min: 0, max: 5 }), fc.integer({ min: 0, max: 1 })), {
      minLength: 2,
      maxLength: 30,
    });
    fc.assert(
      fc.property(rows, (pairs) => {
        const badScores = pairs.filter(([, bad]) => bad === 1).map(([score]) => score);
        const goodScores = pairs.filter(([, bad]) => bad === 0).map(([score]) => score);
        fc.pre(badScores.length > 0 && goodScores.length > 0);
        const won = badScores.flatMap((b) => goodScores.map((g) => (b > g ? 1 : b === g ? 0.5 : 0)));
        const expected = won.reduce<number>((sum, one) => sum + one, 0) / won.length;
        const flipped = [...pairs].reverse();
        for (const order of [pairs, flipped]) {
          const { auroc } = rankingOf(
            order.map(([score]) => score),
            order.map(([, bad]) => bad),
          );
          expect(auroc).toBeCloseTo(expected, 12);
        }
      }),
    );
  });
});
