/** All statistics of one kind of subject, accounts or devices, with intervals. */
import type { Estimate, SubjectEvaluation } from '../../contracts/evaluation.ts';
import { type BootstrapOptions, percentileInterval, resample } from '../../statistics/bootstrap.ts';
import { attackCells, honestCohorts, recallByRingSize } from './breakdown.ts';
import { brierOf, calibration, logLossOf } from './calibration.ts';
import { type Pooled, poolUnits } from './pools.ts';
import { rank, ranking } from './ranking.ts';
import { FINAL, HELD, type Sample } from './sample.ts';

/** Undefined statistics are NaN inside and NULL outside. */
export function estimates(
  point: readonly number[],
  draws: readonly Float64Array[],
  level: number,
): Estimate[] {
  return point.map((value, s) => {
    const interval = draws[s] ? percentileInterval(draws[s], level) : null;
    return {
      value: Number.isFinite(value) ? value : null,
      low: interval?.low ?? null,
      high: interval?.high ?? null,
    };
  });
}

/** Sums per unit of a pool; every statistic but the ranking's is a ratio of weighted sums of these. */
interface UnitSums {
  n: Float64Array;
  bad: Float64Array;
  /** Per threshold (FINAL, HELD): flagged bad and flagged good. */
  hits: [Float64Array, Float64Array];
  misfires: [Float64Array, Float64Array];
  logLoss: Float64Array;
  brier: Float64Array;
}

const THRESHOLDS = [FINAL, HELD] as const;

function sumByUnit(sample: Pooled): UnitSums {
  const zeros = () => new Float64Array(sample.sizes.length);
  const sums: UnitSums = {
    n: zeros(),
    bad: zeros(),
    hits: [zeros(), zeros()],
    misfires: [zeros(), zeros()],
    logLoss: zeros(),
    brier: zeros(),
  };
  for (let i = 0; i < sample.risk.length; i++) {
    const u = sample.unit[i]!;
    const bad = sample.bad[i] === 1;
    sums.n[u]! += 1;
    if (bad) sums.bad[u]! += 1;
    for (const [t, threshold] of THRESHOLDS.entries()) {
      if (sample.outcome[i]! >= threshold) (bad ? sums.hits : sums.misfires)[t]![u]! += 1;
    }
    sums.logLoss[u]! += logLossOf(sample.risk[i]!, bad);
    sums.brier[u]! += brierOf(sample.risk[i]!, bad);
  }
  return sums;
}

function dot(values: Float64Array, weights: ArrayLike<number>): number {
  let sum = 0;
  for (let u = 0; u < values.length; u++) sum += values[u]! * weights[u]!;
  return sum;
}

/**
 * The statistics in a fixed order: per threshold precision, recall, false positive rate; then the four of the
 * risk.
 */
function statistics(sample: Pooled): (weights: ArrayLike<number>) => number[] {
  const sums = sumByUnit(sample);
  const ranked = rank({ scores: sample.risk, bad: sample.bad, unit: sample.unit });
  return (weights) => {
    const n = dot(sums.n, weights);
    const bad = dot(sums.bad, weights);
    const perThreshold = THRESHOLDS.flatMap((_, t) => {
      const hits = dot(sums.hits[t]!, weights);
      const misfires = dot(sums.misfires[t]!, weights);
      return [hits / (hits + misfires), hits / bad, misfires / (n - bad)];
    });
    const { auroc, averagePrecision } = ranking(ranked, weights);
    return [
      ...perThreshold,
      auroc,
      averagePrecision,
      dot(sums.logLoss, weights) / n,
      dot(sums.brier, weights) / n,
    ];
  };
}

/** `final` is the word for the verdict that takes everything: `exclude` or `void`. */
export function evaluateSubjects(
  sample: Sample,
  final: 'exclude' | 'void',
  { resamples, seed, level }: BootstrapOptions,
): SubjectEvaluation {
  const pooled = poolUnits(sample);
  const compute = statistics(pooled);
  const point = compute(pooled.sizes);
  const draws = resample({ sizes: pooled.sizes, resamples, seed }, compute);
  const all = estimates(point, draws, level);
  const labelled = sample.ids.length;
  const bad = sample.bad.reduce((sum, one) => sum + one, 0);
  const flagged = (truth: number, threshold: number) =>
    sample.bad.reduce((n, b, i) => n + (b === truth && sample.outcome[i]! >= threshold ? 1 : 0), 0);
  return {
    in_run: sample.inRun,
    labelled,
    bad,
    good: labelled - bad,
    unlabelled: sample.inRun - labelled,
    labels_without_subject: sample.labelsWithoutSubject,
    units: sample.units,
    decisions: THRESHOLDS.map((threshold, t) => ({
      decision: threshold === FINAL ? final : `${final}-or-review`,
      true_positive: flagged(1, threshold),
      false_positive: flagged(0, threshold),
      false_negative: bad - flagged(1, threshold),
      true_negative: labelled - bad - flagged(0, threshold),
      precision: all[3 * t]!,
      recall: all[3 * t + 1]!,
      false_positive_rate: all[3 * t + 2]!,
    })),
    ...attackCells(sample),
    ring_sizes: recallByRingSize(sample),
    ...honestCohorts(sample),
    auroc: all[6]!,
    average_precision: all[7]!,
    log_loss: all[8]!,
    brier: all[9]!,
    calibration: calibration(sample.risk, sample.bad),
  };
}
