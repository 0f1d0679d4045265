/**
 * Uncertainty from resampling whole units, such as operators: the members of one unit are not independent
 * witnesses.
 */
import { type Bounds, binomialDraw } from './binomial.ts';
import { sfc32Uniform, type Uniform } from './prng.ts';
import { quantile } from './quantile.ts';

/** How often is drawn, and from which seed. */
export interface Bootstrap {
  resamples: number;
  seed: number;
}

export interface BootstrapOptions extends Bootstrap {
  /** Coverage of the intervals, 0.95 say. */
  level: number;
}

export interface Resampling extends Bootstrap {
  /**
   * Units per pool. Units of a pool are alike in everything that the statistics see; without pools every size
   * is 1.
   */
  sizes: Uint32Array;
}

/**
 * Fills `counts` with the draws that fall on each pool when as many units are drawn as there are (a
 * multinomial draw). Each pool's count is binomial given those before it, so the cost is that of the pools,
 * not of the units.
 */
export function drawUnits(sizes: Uint32Array, random: Uniform, counts: Uint32Array): void {
  let unitsLeft = sizes.reduce((sum, size) => sum + size, 0);
  let drawsLeft = unitsLeft;
  for (let pool = 0; pool < sizes.length; pool++) {
    const hits = binomialDraw(drawsLeft, sizes[pool]! / unitsLeft, random);
    counts[pool] = hits;
    drawsLeft -= hits;
    unitsLeft -= sizes[pool]!;
  }
}

/**
 * Draws as many units as there are, with replacement, `resamples` times, and asks for the statistics of each
 * draw. `weights[p]` says how often units of pool p were drawn; the array is reused.
 */
export function resample(
  { sizes, resamples, seed }: Resampling,
  statistics: (weights: Uint32Array) => readonly number[],
): Float64Array[] {
  const random = sfc32Uniform(seed);
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

/**
 * Percentile interval (Efron & Tibshirani 1993, ch. 13) at coverage `level`. Draws in which the statistic is
 * undefined (nothing flagged, say) are left out; NULL when they are half of all or more.
 */
export function percentileInterval(values: Float64Array, level = 0.95): Bounds | null {
  const defined = values.filter((value) => !Number.isNaN(value));
  if (defined.length * 2 <= values.length) return null;
  const tail = (1 - level) / 2;
  return { low: quantile(defined, tail), high: quantile(defined, 1 - tail) };
}
