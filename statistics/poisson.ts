/** The Poisson distribution. */

/** Means below this are taken to be it: no count is infinitely surprising. */
const LEAST_MEAN = 1e-9;

/**
 * Chernoff's bound in nats: −ln P(K ≥ k) ≥ k·ln(k/λ) − k + λ for a Poisson count K of mean `lambda`. 0 where
 * k ≤ λ. In SQL: `poisson_nats`.
 */
export const poissonNats = (k: number, lambda: number): number =>
  k <= lambda ? 0 : k * Math.log(k / Math.max(lambda, LEAST_MEAN)) - k + lambda;
