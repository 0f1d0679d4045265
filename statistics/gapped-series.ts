/**
 * Series of small whole numbers with gaps: their correlation, their mean, and how far an agreement stands
 * out.
 */
import { highMedian } from './quantile.ts';

/** Deviations in 1/32 of a spread, one per span of time; `ABSENT` where nothing was measured. */
export type Series = Int8Array;

export const ABSENT = -128;
const STEPS = 32;

/** A deviation, in spreads, as it is stored: at most four either way. */
export const stored = (deviation: number): number =>
  Math.max(-127, Math.min(127, Math.round(deviation * STEPS)));

export interface Correlation {
  /** Spans that both have. */
  n: number;
  r: number;
}

/**
 * Pearson's correlation over the spans that both have, the second moved on by `shift`; 0 where either never
 * changes.
 */
export function correlation(a: ArrayLike<number>, b: ArrayLike<number>, shift = 0): Correlation {
  let [n, sumA, sumB, squareA, squareB, product] = [0, 0, 0, 0, 0, 0];
  const length = a.length;
  for (let i = 0; i < length; i++) {
    const x = a[i]!;
    if (x === ABSENT) continue;
    const y = b[i + shift < length ? i + shift : i + shift - length]!;
    if (y === ABSENT) continue;
    n++;
    sumA += x;
    sumB += y;
    squareA += x * x;
    squareB += y * y;
    product += x * y;
  }
  const spread = (n * squareA - sumA * sumA) * (n * squareB - sumB * sumB);
  return { n, r: spread > 0 ? (n * product - sumA * sumB) / Math.sqrt(spread) : 0 };
}

/** The spans at or below `limit`; the rest absent. */
export const lowPart = (series: Series, limit: number): Series =>
  series.map((value) => (value > limit ? ABSENT : value));

/** The middle value; 0 where there is none. */
export const medianOf = (series: Series): number =>
  highMedian(series.filter((value) => value !== ABSENT)) ?? 0;

/** The mean of the series in each span that at least `least` of them have. */
export function meanSeries(all: readonly Series[], least: number): Float32Array {
  const length = all[0]?.length ?? 0;
  const mean = new Float32Array(length).fill(ABSENT);
  for (let i = 0; i < length; i++) {
    let [n, sum] = [0, 0];
    for (const series of all) {
      if (series[i] === ABSENT) continue;
      n++;
      sum += series[i]!;
    }
    if (n >= least) mean[i] = sum / n;
  }
  return mean;
}

/** Shifts nearer than this repeat the agreement itself. */
const LEAST_SHIFT = 4;
/**
 * Common spans without which there is no agreement, spans without which a shift says nothing, and shifts
 * without which there is no null.
 */
const LEAST_COMMON = 40;
const LEAST_SHIFTED = 20;
const LEAST_SHIFTS = 24;

/**
 * How far the agreement of two series stands out from the agreement at every other shift, in standard
 * deviations of those: what follows the hours of every day agrees at other shifts too. 0 without 40 common
 * spans or 24 shifts.
 */
export function standout(series: Series, other: ArrayLike<number>): number {
  const here = correlation(series, other);
  if (here.n < LEAST_COMMON) return 0;
  let [n, sum, square] = [0, 0, 0];
  for (let shift = LEAST_SHIFT; shift <= series.length - LEAST_SHIFT; shift++) {
    const { n: common, r } = correlation(series, other, shift);
    if (common < LEAST_SHIFTED) continue;
    n++;
    sum += r;
    square += r * r;
  }
  if (n < LEAST_SHIFTS) return 0;
  const mean = sum / n;
  // Never less than what independent spans would scatter.
  const deviation = Math.max(Math.sqrt(Math.max(0, square / n - mean * mean)), 1 / Math.sqrt(here.n));
  return (here.r - Math.max(0, mean)) / deviation;
}
