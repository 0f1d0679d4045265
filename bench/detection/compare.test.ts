import { describe, expect, it } from 'vitest';
import { compare, scoreAtPrecision, scoreAtRecall, thresholdAt } from './compare.ts';

const scores = Float64Array.of(0.9, 0.8, 0.8, 0.5, 0.4, 0.1);
const truth = { bad: Uint8Array.of(1, 1, 0, 1, 0, 0), strength: [1, 2, 0, 2, 0, 0] };

describe('thresholds', () => {
  it('counts by hand', () => {
    const found = thresholdAt(scores, truth, 0.8);
    expect(found).toEqual({
      precision: 2 / 3,
      recall: 2 / 3,
      false_positive_rate: 1 / 3,
      strengths: { 1: 1, 2: 0.5 },
    });
  });
  it('never splits equal scores', () => {
    expect(scoreAtPrecision(scores, truth.bad, 1)).toBe(0.9);
    expect(scoreAtPrecision(scores, truth.bad, 0.75)).toBe(0.5);
    expect(scoreAtRecall(scores, truth.bad, 0.5)).toBe(0.8);
  });
  it('flags nobody where no threshold is pure enough', () => {
    const wrong = scoreAtPrecision(Float64Array.of(1, 0), Uint8Array.of(0, 1), 0.9);
    expect(wrong).toBe(Number.POSITIVE_INFINITY);
    expect(thresholdAt(scores, truth, wrong)).toMatchObject({ precision: null, recall: 0 });
  });
});

describe('compare', () => {
  it('sets every method to the recall of the first', () => {
    const worse = Float64Array.of(0.2, 0.3, 0.9, 0.1, 0.8, 0.7);
    const [first, second] = compare(
      [
        { method: 'a', scores, own: 0.9 },
        { method: 'b', scores: worse, own: 0.9 },
      ],
      truth,
      0.995,
    );
    expect(first).toMatchObject({ own: { recall: 1 / 3 }, false_positive_rate_at_recall: 0 });
    expect(second).toMatchObject({ own: { recall: 0 }, false_positive_rate_at_recall: 1 });
    // Pairs won of nine: 0.9 beats three, 0.8 beats two and ties one, 0.5 beats two.
    expect(first!.auroc).toBeCloseTo(7.5 / 9, 12);
  });
});
