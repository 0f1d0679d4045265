/** Quantiles of a sample. */

const ascending = (values: ArrayLike<number>): Float64Array => Float64Array.from(values).sort();

/**
 * Quantile at `p` in [0, 1] with linear interpolation between order statistics (type 7 of Hyndman & Fan 1996,
 * the default of R and NumPy). 0 for no values.
 */
export function quantile(values: ArrayLike<number>, p: number): number {
  const sorted = ascending(values);
  if (sorted.length === 0) return 0;
  const at = (sorted.length - 1) * p;
  const below = sorted[Math.floor(at)]!;
  return below + (sorted[Math.ceil(at)]! - below) * (at - Math.floor(at));
}

/** Quantile at `p` that is a value of the sample, the lower of the two around it; undefined for no values. */
export function lowerQuantile(values: ArrayLike<number>, p: number): number | undefined {
  return ascending(values)[Math.floor((values.length - 1) * p)];
}

/** Median by interpolation: the mean of the two middle values of an even number. 0 for no values. */
export const median = (values: ArrayLike<number>): number => quantile(values, 0.5);

/** Median that is a value of the sample: the higher of the two middle ones; undefined for no values. */
export const highMedian = (values: ArrayLike<number>): number | undefined =>
  ascending(values)[values.length >> 1];
