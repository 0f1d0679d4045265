/**
 * Candidates for agreement among many series: those that lie on the same side of the same random planes
 * (Charikar 2002).
 */

import { ABSENT, type Series } from './gapped-series.ts';
import { mulberry32 } from './prng.ts';

/**
 * Tables of planes, and spans that one plane looks at. Two series of correlation 0.6 meet in 40 tables of 12
 * planes with probability 0.84.
 */
const TABLES = 48;
const SPANS = 24;
/** A bucket beyond this holds everybody; its members are compared with their next ones only. */
const BUCKET = 24;

/** A table's signature of one series; NaN for a series with too little in it. */
function signature(series: Series, planes: Int32Array, bits: number): number {
  let key = 0;
  for (let bit = 0; bit < bits; bit++) {
    let side = 0;
    for (let j = 0; j < SPANS; j++) {
      const chosen = planes[bit * SPANS + j]!;
      const value = series[chosen >> 1]!;
      if (value !== ABSENT) side += chosen & 1 ? value : -value;
    }
    key = key * 2 + (side > 0 ? 1 : 0);
  }
  return key;
}

/**
 * Calls `meet` with each pair of indices (a < b) that falls into one bucket of some table; a pair may be
 * named more than once. Planes per table grow with the number of series, so that buckets stay small and the
 * work linear.
 */
export function eachCandidate(all: readonly Series[], meet: (a: number, b: number) => void): void {
  const spans = all[0]?.length ?? 0;
  if (all.length < 2 || spans === 0) return;
  const bits = Math.max(6, Math.min(20, Math.ceil(Math.log2(all.length)) - 1));
  const random = mulberry32(29);
  for (let table = 0; table < TABLES; table++) {
    const planes = Int32Array.from(
      { length: bits * SPANS },
      () => 2 * Math.floor(random() * spans) + (random() < 0.5 ? 0 : 1),
    );
    const buckets = new Map<number, number[]>();
    for (const [i, series] of all.entries()) {
      const key = signature(series, planes, bits);
      const bucket = buckets.get(key);
      if (bucket) bucket.push(i);
      else buckets.set(key, [i]);
    }
    for (const bucket of buckets.values()) {
      for (let i = 0; i < bucket.length; i++) {
        for (let j = i + 1; j < Math.min(bucket.length, i + BUCKET); j++) meet(bucket[i]!, bucket[j]!);
      }
    }
  }
}
