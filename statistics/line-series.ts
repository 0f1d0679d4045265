/** How late machines answered, span by span: agreement of two lines, and of one line with a room's. */

/** Residuals in 1/32 of a spread; `ABSENT` where there was no probe. */
export type LineSeries = Int8Array;

export const ABSENT = -128;
const STEPS = 32;

/** A residual as it is stored: three spreads and a bit either way. */
export const stored = (residual: number): number =>
  Math.max(-127, Math.min(127, Math.round(residual * STEPS)));

export interface Correlation {
  /** Spans in which both were probed. */
  n: number;
  r: number;
}

/** Pearson's correlation over the spans that both have; 0 where either never changes. */
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

/** Where a line's residual is at or below `limit`; the rest absent. An outsider can add delay and never take it away. */
export const lowPart = (line: LineSeries, limit: number): LineSeries =>
  line.map((value) => (value > limit ? ABSENT : value));

/** The middle residual; 0 where there is none. */
export function medianOf(line: LineSeries): number {
  const present = line.filter((value) => value !== ABSENT).sort();
  return present.length === 0 ? 0 : present[present.length >> 1]!;
}

/** The mean of the lines in each span that at least `least` of them have. */
export function meanLine(lines: readonly LineSeries[], least: number): Float32Array {
  const length = lines[0]?.length ?? 0;
  const mean = new Float32Array(length).fill(ABSENT);
  for (let i = 0; i < length; i++) {
    let [n, sum] = [0, 0];
    for (const line of lines) {
      if (line[i] === ABSENT) continue;
      n++;
      sum += line[i]!;
    }
    if (n >= least) mean[i] = sum / n;
  }
  return mean;
}

/** Shifts of a series against itself that are tried for the null: what congestion by the hour and by the day does alone. */
const LEAST_SHIFT = 4;

/**
 * How far the agreement of a line with a room's stands out from the agreement at every other shift, in standard deviations of those:
 * lines that are slow in the same hours of every day agree at other shifts too. 0 without 40 common spans or 24 shifts.
 */
export function standout(line: LineSeries, room: ArrayLike<number>): number {
  const here = correlation(line, room);
  if (here.n < 40) return 0;
  let [n, sum, square] = [0, 0, 0];
  for (let shift = LEAST_SHIFT; shift <= line.length - LEAST_SHIFT; shift++) {
    const { n: common, r } = correlation(line, room, shift);
    if (common < 20) continue;
    n++;
    sum += r;
    square += r * r;
  }
  if (n < 24) return 0;
  const mean = sum / n;
  // Never less than what independent spans would scatter.
  const deviation = Math.max(Math.sqrt(Math.max(0, square / n - mean * mean)), 1 / Math.sqrt(here.n));
  return (here.r - Math.max(0, mean)) / deviation;
}

/** −ln of the normal upper tail beyond z (Mills' ratio: an upper bound of the tail, hence a lower one of the nats); 0 up to z = 1. */
export const tailNats = (z: number): number =>
  z <= 1 ? 0 : (z * z) / 2 + Math.log(z) + 0.5 * Math.log(2 * Math.PI);
