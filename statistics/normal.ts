/** The standard normal distribution. */

const LN_SQRT_2PI = 0.5 * Math.log(2 * Math.PI);
/**
 * From here on the continued fraction gives full precision within `FRACTION_TERMS`; nearer to 0 the series
 * does.
 */
const TAIL_FROM = 2.5;
const FRACTION_TERMS = 100;

/** Density at `x`. */
export const normalDensity = (x: number): number => Math.exp(-0.5 * x * x) / Math.sqrt(2 * Math.PI);

/**
 * Mass above `x` > 0 by Laplace's continued fraction φ(x) / (x + 1 / (x + 2 / (x + …))) (Abramowitz and
 * Stegun 26.2.14).
 */
function upperTail(x: number): number {
  let rest = x;
  for (let k = FRACTION_TERMS; k >= 1; k--) rest = x + k / rest;
  return normalDensity(x) / rest;
}

/** Φ(x) − 1/2 by the series φ(x) · (x + x³/3 + x⁵/(3·5) + …) (Marsaglia 2004, doi:10.18637/jss.v011.i04). */
function fromMiddle(x: number): number {
  let term = x;
  let sum = x;
  for (let k = 3; Math.abs(term) > Math.abs(sum) * 1e-17; k += 2) {
    term *= (x * x) / k;
    sum += term;
  }
  return normalDensity(x) * sum;
}

/**
 * Distribution function Φ; relative error below 1e-12 down to x = −38, below which the result is not a normal
 * double.
 */
export function normalCdf(x: number): number {
  if (x < -TAIL_FROM) return upperTail(-x);
  return x > TAIL_FROM ? 1 - upperTail(x) : 0.5 + fromMiddle(x);
}

/**
 * −ln of the mass above `z` by Mills' ratio, which bounds the tail from above and so the nats from below: too
 * low by less than 1/z². 0 up to z = 1.
 */
export const normalTailNats = (z: number): number => (z <= 1 ? 0 : (z * z) / 2 + Math.log(z) + LN_SQRT_2PI);
