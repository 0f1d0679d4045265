/** Uncertainty from resampling whole operators: the members of a ring are not independent witnesses. */

/** A number in [0, 1) from 32 bits: sfc32 of PractRand, seeded through its counter. The same on every machine. */
export function seededRandom(seed: number): () => number {
  // Typed, so that the engine keeps whole words instead of boxed numbers: this is drawn a billion times.
  const state = Int32Array.of(seed | 0, Math.floor(seed / 2 ** 32) | 0, 0x9e3779b9 | 0, 1);
  const next = () => {
    const [a, b, c, counter] = [state[0]!, state[1]!, state[2]!, state[3]!];
    const sum = (((a + b) | 0) + counter) | 0;
    state[3] = (counter + 1) | 0;
    state[0] = b ^ (b >>> 9);
    state[1] = (c + (c << 3)) | 0;
    state[2] = (((c << 21) | (c >>> 11)) + sum) | 0;
    return (sum >>> 0) / 2 ** 32;
  };
  for (let i = 0; i < 15; i++) next();
  return next;
}

export interface Resampling {
  /** The pool of each unit. Units of a pool are alike in everything that the statistics see. */
  poolOf: Uint32Array;
  pools: number;
  resamples: number;
  seed: number;
}

/** Every unit a pool of its own. */
export function ownPools(units: number): Pick<Resampling, 'poolOf' | 'pools'> {
  return { poolOf: Uint32Array.from({ length: units }, (_, u) => u), pools: units };
}

/**
 * Draws as many units as there are, with replacement, `resamples` times, and asks for the statistics of each draw.
 * `weights[p]` says how often a unit of pool p was drawn; the array is reused.
 */
export function resample(
  { poolOf, pools, resamples, seed }: Resampling,
  statistics: (weights: Uint32Array) => readonly number[],
): Float64Array[] {
  const random = seededRandom(seed);
  const weights = new Uint32Array(pools);
  const results: Float64Array[] = [];
  for (let r = 0; r < resamples; r++) {
    weights.fill(0);
    for (let draw = 0; draw < poolOf.length; draw++)
      weights[poolOf[Math.floor(random() * poolOf.length)]!]! += 1;
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
