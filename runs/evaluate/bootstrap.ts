/** Uncertainty from resampling whole operators: the members of a ring are not independent witnesses. */
import { drawUnits, seededRandom } from './multinomial.ts';

export interface Resampling {
  /**
   * Units per pool. Units of a pool are alike in everything that the statistics see; without pools every size is 1.
   */
  sizes: Uint32Array;
  resamples: number;
  seed: number;
}

/**
 * Draws as many units as there are, with replacement, `resamples` times, and asks for the statistics of each draw.
 * `weights[p]` says how often units of pool p were drawn; the array is reused.
 */
export function resample(
  { sizes, resamples, seed }: Resampling,
  statistics: (weights: Uint32Array) => readonly number[],
): Float64Array[] {
  const random = seededRandom(seed);
  const weights = new Uint32Array(sizes.length);
  const results: Float64Array[] = [];
  for (let r = 0; r < resamples; r++) {
    drawUnits(sizes, random, weights);
    for (const [s, value] of statistics(weights).entries()) {
      results[s] ??= new Float64Array(resamples).fill(Number.NaN);
      results[s][r] = value;
    }
  }
  return results;
}

/** Quantile with linear interpolation between order statistics (type 7 of Hyndman & Fan 1996). */
function quantile(sorted: Float64Array, p: number): number {
  const at = (sorted.length - 1) * p;
  const below = sorted[Math.floor(at)]!;
  return below + (sorted[Math.ceil(at)]! - below) * (at - Math.floor(at));
}

/**
 * Percentile interval (Efron & Tibshirani 1993, ch. 13) at coverage `level`. Draws in which the statistic is undefined
 * (nothing flagged, say) are left out; NULL when they are half of all or more.
 */
export function percentileInterval(values: Float64Array, level = 0.95): { low: number; high: number } | null {
  const defined = values.filter((value) => !Number.isNaN(value)).sort();
  if (defined.length * 2 <= values.length) return null;
  const tail = (1 - level) / 2;
  return { low: quantile(defined, tail), high: quantile(defined, 1 - tail) };
}
