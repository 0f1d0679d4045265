/** Methods side by side on the same devices: how they rank, and what they find at a given precision. Pure. */
import { rank, ranking } from '../../runs/evaluate/ranking.ts';

export interface Truth {
  bad: Uint8Array;
  strength: readonly (number | null)[];
}

export interface Threshold {
  precision: number | null;
  recall: number;
  /** Honest devices flagged, of all honest devices. */
  false_positive_rate: number;
  /** Recall by strength. */
  strengths: Record<string, number>;
}

export interface Compared {
  method: string;
  auroc: number;
  average_precision: number;
  /** At the threshold with the most recall among those of the wanted precision, chosen in hindsight. */
  hindsight: Threshold;
  /** At the method's own threshold. */
  own: Threshold;
  /**
   * Honest devices flagged when the method's threshold is set to reach the recall of the first method's own.
   */
  false_positive_rate_at_recall: number | null;
}

/** What flagging from `from` on means; nothing is flagged at Infinity. */
export function thresholdAt(scores: Float64Array, { bad, strength }: Truth, from: number): Threshold {
  const count = { hit: 0, bad: 0, misfire: 0, good: 0 };
  const byStrength = new Map<string, { hit: number; n: number }>();
  for (let i = 0; i < scores.length; i++) {
    const flagged = scores[i]! >= from;
    if (bad[i] === 0) {
      count.good++;
      if (flagged) count.misfire++;
      continue;
    }
    const key = String(strength[i] ?? 0);
    const cell = byStrength.get(key) ?? { hit: 0, n: 0 };
    byStrength.set(key, cell);
    count.bad++;
    cell.n++;
    if (flagged) {
      count.hit++;
      cell.hit++;
    }
  }
  const flagged = count.hit + count.misfire;
  return {
    precision: flagged === 0 ? null : count.hit / flagged,
    recall: count.hit / count.bad,
    false_positive_rate: count.misfire / count.good,
    strengths: Object.fromEntries([...byStrength].sort().map(([key, { hit, n }]) => [key, hit / n])),
  };
}

/** The lowest score from which on at least `precision` of the flagged are fake; Infinity where none is. */
export function scoreAtPrecision(scores: Float64Array, bad: Uint8Array, precision: number): number {
  return lowest(scores, bad, (hits, flagged) => hits / flagged >= precision, 'last');
}

/** The highest score from which on at least `recall` of the fakes are flagged. */
export function scoreAtRecall(scores: Float64Array, bad: Uint8Array, recall: number): number {
  const fakes = bad.reduce((sum, one) => sum + one, 0);
  return lowest(scores, bad, (hits) => hits / fakes >= recall, 'first');
}

function lowest(
  scores: Float64Array,
  bad: Uint8Array,
  holds: (hits: number, flagged: number) => boolean,
  take: 'first' | 'last',
): number {
  const sorted = rank({ scores, bad, unit: new Uint32Array(scores.length) });
  let found = Number.POSITIVE_INFINITY;
  let hits = 0;
  for (let i = 0; i < scores.length; i++) {
    hits += sorted.bad[i]!;
    if (sorted.scores[i + 1] === sorted.scores[i]) continue;
    if (!holds(hits, i + 1)) continue;
    found = sorted.scores[i]!;
    if (take === 'first') break;
  }
  return found;
}

export interface Method {
  method: string;
  scores: Float64Array;
  /** Scores from which on the method itself would flag. */
  own: number;
}

/** The first method sets the recall at which all are compared. */
export function compare(methods: readonly Method[], truth: Truth, precision: number): Compared[] {
  const first = methods[0] && thresholdAt(methods[0].scores, truth, methods[0].own).recall;
  return methods.map(({ method, scores, own }) => {
    const ranked = rank({ scores, bad: truth.bad, unit: new Uint32Array(scores.length) });
    const { auroc, averagePrecision } = ranking(ranked, [1]);
    const hindsight = scoreAtPrecision(scores, truth.bad, precision);
    const matched = first ? scoreAtRecall(scores, truth.bad, first) : null;
    return {
      method,
      auroc,
      average_precision: averagePrecision,
      hindsight: thresholdAt(scores, truth, hindsight),
      own: thresholdAt(scores, truth, own),
      false_positive_rate_at_recall:
        matched === null ? null : thresholdAt(scores, truth, matched).false_positive_rate,
    };
  });
}
