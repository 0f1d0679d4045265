/**
 * How many of many independent cards exist, each with a chance of its own: the Poisson binomial distribution with
 * multiplicities. Exact by convolution while that is cheap; beyond, the normal approximation refined by skewness
 * (Volkova 1996, doi:10.1137/1140093; Hong 2013, doi:10.1016/j.csda.2012.10.006: error below 1e-3 from some hundred terms).
 */

/** `devices` machines of `cards` cards each; all cards of a machine exist together, with probability `real`. */
export interface Part {
  devices: number;
  cards: number;
  real: number;
}

/** Cards up to which the distribution is convolved: at most 2,000 machines × 2,000 cards additions. */
export const EXACT_CARDS = 2_000;

/** Standard normal distribution function; absolute error below 7.5e-8 (Abramowitz and Stegun 1964, 26.2.17). */
export function normalCdf(x: number): number {
  const t = 1 / (1 + 0.2316419 * Math.abs(x));
  const poly =
    t * (0.31938153 + t * (-0.356563782 + t * (1.781477937 + t * (-1.821255978 + t * 1.330274429))));
  const upper = density(x) * poly;
  return x >= 0 ? 1 - upper : upper;
}

const density = (x: number): number => Math.exp(-0.5 * x * x) / Math.sqrt(2 * Math.PI);

export const expectedCards = (parts: readonly Part[]): number =>
  parts.reduce((sum, { devices, cards, real }) => sum + devices * cards * real, 0);

function exactCdf(parts: readonly Part[], total: number): (k: number) => number {
  const mass = new Float64Array(total + 1);
  mass[0] = 1;
  let reach = 0;
  for (const { devices, cards, real } of parts) {
    for (let n = 0; n < devices; n++) {
      reach += cards;
      for (let k = reach; k >= 0; k--) {
        mass[k] = mass[k]! * (1 - real) + (k >= cards ? mass[k - cards]! * real : 0);
      }
    }
  }
  for (let k = 1; k <= total; k++) mass[k]! += mass[k - 1]!;
  return (k) => mass[k]!;
}

function refinedNormalCdf(parts: readonly Part[]): (k: number) => number {
  const mean = expectedCards(parts);
  let variance = 0;
  let third = 0;
  for (const { devices, cards, real } of parts) {
    const spread = devices * real * (1 - real);
    variance += spread * cards ** 2;
    third += spread * (1 - 2 * real) * cards ** 3;
  }
  const sigma = Math.sqrt(variance);
  if (sigma === 0) return (k) => (k >= mean ? 1 : 0);
  const skewness = third / sigma ** 3;
  return (k) => {
    const x = (k + 0.5 - mean) / sigma;
    return Math.min(1, Math.max(0, normalCdf(x) + (skewness * (1 - x * x) * density(x)) / 6));
  };
}

/** The smallest number of cards that is not exceeded with probability `p` or more. */
export function cardQuantile(parts: readonly Part[], p: number): number {
  const total = parts.reduce((sum, { devices, cards }) => sum + devices * cards, 0);
  const cdf = total <= EXACT_CARDS ? exactCdf(parts, total) : refinedNormalCdf(parts);
  let low = 0;
  let high = total;
  while (low < high) {
    const middle = Math.floor((low + high) / 2);
    if (cdf(middle) >= p) high = middle;
    else low = middle + 1;
  }
  return low;
}
