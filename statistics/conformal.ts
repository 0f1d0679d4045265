/** Conformal prediction. */

/**
 * The limit that a further score, exchangeable with `scores`, exceeds with probability at most 1 − `level`:
 * the ⌈level · (n + 1)⌉-th smallest (split conformal; Papadopoulos et al. 2002, Vovk et al. 2005). The
 * largest score where there are too few of them for that; undefined for none.
 */
export function conformalLimit(scores: readonly number[], level: number): number | undefined {
  const rank = Math.min(scores.length, Math.ceil(level * (scores.length + 1)));
  return Float64Array.from(scores).sort()[rank - 1];
}
