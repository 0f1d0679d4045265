/**
 * Areas under ROC curves with intervals over groups: the members of one group are no independent witnesses.
 */
import { rank, ranking } from '../../runs/evaluate/ranking.ts';
import { type Bootstrap, percentileInterval, resample } from '../../statistics/bootstrap.ts';
import type { Rate } from '../worlds/pool.ts';

/** One subject as a statistic sees it. */
export interface Scored {
  score: number;
  bad: boolean;
  /** Whose: an operator, a group of honest people, or the subject itself. */
  unit: string;
}

export interface Area extends Rate {
  bad: number;
  good: number;
  /** Operators behind the bad. */
  operators: number;
}

/**
 * The chance that a bad subject scores above a good one, ties half, with its 95 % interval from a bootstrap
 * over units. Null unless there are bad and good ones. Where draws say nothing the interval is 0 to 1.
 */
export function areaOf(subjects: readonly Scored[], bootstrap: Bootstrap): Area | null {
  const bad = subjects.filter((one) => one.bad).length;
  const good = subjects.length - bad;
  if (bad === 0 || good === 0) return null;
  const units = new Map<string, number>();
  const unit = Uint32Array.from(subjects, ({ unit: name }) => {
    const known = units.get(name) ?? units.size;
    units.set(name, known);
    return known;
  });
  const ranked = rank({
    scores: Float64Array.from(subjects, ({ score }) => score),
    bad: Uint8Array.from(subjects, (one) => (one.bad ? 1 : 0)),
    unit,
  });
  const sizes = new Uint32Array(units.size).fill(1);
  const { auroc: value } = ranking(ranked, sizes);
  const [draws] = resample({ sizes, ...bootstrap }, (weights) => [ranking(ranked, weights).auroc]);
  const { low, high } = (draws && percentileInterval(draws)) ?? { low: 0, high: 1 };
  const operators = new Set(subjects.filter((one) => one.bad).map((one) => one.unit)).size;
  return { value, low, high, bad, good, operators };
}
