/**
 * A weighted count of many independent events, each with a chance of its own: the Poisson binomial
 * distribution with multiplicities. Exact by convolution while that is cheap; beyond, the normal
 * approximation refined by skewness (Volkova 1996, doi:10.1137/1140093; Hong 2013,
 * doi:10.1016/j.csda.2012.10.006: error below 1e-3 from some hundred terms).
 */
import { normalCdf, normalDensity } from './normal.ts';

/**
 * `events` independent events, each of which adds `weight` (a whole number) with probability `p`, and else
 * nothing.
 */
export interface Part {
  events: number;
  weight: number;
  p: number;
}

/** Largest possible count that is convolved: at most 2,000 events × 2,000 additions. */
export const EXACT_TOTAL = 2_000;

/** The expectation of the count. */
export const poissonBinomialMean = (parts: readonly Part[]): number =>
  parts.reduce((sum, { events, weight, p }) => sum + events * weight * p, 0);

function exactCdf(parts: readonly Part[], total: number): (k: number) => number {
  const mass = new Float64Array(total + 1);
  mass[0] = 1;
  let reach = 0;
  for (const { events, weight, p } of parts) {
    for (let n = 0; n < events; n++) {
      reach += weight;
      for (let k = reach; k >= 0; k--) {
        mass[k] = mass[k]! * (1 - p) + (k >= weight ? mass[k - weight]! * p : 0);
      }
    }
  }
  for (let k = 1; k <= total; k++) mass[k]! += mass[k - 1]!;
  return (k) => mass[k]!;
}

function refinedNormalCdf(parts: readonly Part[]): (k: number) => number {
  const mean = poissonBinomialMean(parts);
  let variance = 0;
  let third = 0;
  for (const { events, weight, p } of parts) {
    const spread = events * p * (1 - p);
    variance += spread * weight ** 2;
    third += spread * (1 - 2 * p) * weight ** 3;
  }
  const sigma = Math.sqrt(variance);
  if (sigma === 0) return (k) => (k >= mean ? 1 : 0);
  const skewness = third / sigma ** 3;
  return (k) => {
    const x = (k + 0.5 - mean) / sigma;
    return Math.min(1, Math.max(0, normalCdf(x) + (skewness * (1 - x * x) * normalDensity(x)) / 6));
  };
}

const totalOf = (parts: readonly Part[]): number =>
  parts.reduce((sum, { events, weight }) => sum + events * weight, 0);

/** The distribution function of the count: k ↦ P(K ≤ k), for whole k from 0 to the largest possible count. */
export function poissonBinomialCdf(parts: readonly Part[]): (k: number) => number {
  const total = totalOf(parts);
  return total <= EXACT_TOTAL ? exactCdf(parts, total) : refinedNormalCdf(parts);
}

/** The smallest count that is not exceeded with probability `p` or more. */
export function poissonBinomialQuantile(parts: readonly Part[], p: number): number {
  const cdf = poissonBinomialCdf(parts);
  let low = 0;
  let high = totalOf(parts);
  while (low < high) {
    const middle = Math.floor((low + high) / 2);
    if (cdf(middle) >= p) high = middle;
    else low = middle + 1;
  }
  return low;
}
