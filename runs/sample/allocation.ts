/** How many subjects each stratum gives to a sample. Pure. */

export interface Stratum {
  /** Subjects in it; at least 1. */
  size: number;
  /** Standard deviation of the truth (0 or 1) within it, as far as anybody can say before labels. */
  deviation: number;
}

/** Subjects drawn from every stratum, where it has as many: a variance can be estimated from two. */
export const LEAST = 2;

/**
 * Standard deviation of the truth in a stratum of `size` subjects of which the audit expects `expected` bad
 * ones. One subject of either kind is added (Laplace), so that a stratum of which the audit is sure is still
 * looked at: that is where its errors are expensive.
 */
export function deviationOf(size: number, expected: number): number {
  const p = (Math.min(Math.max(expected, 0), size) + 1) / (size + 2);
  return Math.sqrt(p * (1 - p));
}

/** The least that a sample of these strata can be. */
export function leastSample(strata: readonly Stratum[], least: number): number {
  return strata.reduce((sum, { size }) => sum + Math.min(size, least), 0);
}

/**
 * Neyman's allocation (1934) in whole subjects: the one with the smallest variance of the estimated total
 * among all with at least `least` and at most `size` per stratum. Starting from the least, each further
 * subject goes to the stratum with the highest N·S / √(k·(k + 1)), k being what it has (Wright, "Exact
 * optimal sample allocation: more efficient than Neyman", Statistics & Probability Letters 129, 2017). Ties
 * go to the earlier stratum. `wanted` is at least `leastSample`.
 */
export function allocate(strata: readonly Stratum[], wanted: number, least = LEAST): number[] {
  const drawn = strata.map(({ size }) => Math.min(size, least));
  let left = wanted - drawn.reduce((sum, n) => sum + n, 0);
  const priority = (i: number): number => {
    const { size, deviation } = strata[i]!;
    const k = drawn[i]!;
    return k >= size ? -1 : (size * deviation) / Math.sqrt(k * (k + 1));
  };
  const priorities = strata.map((_, i) => priority(i));
  for (; left > 0; left--) {
    let best = 0;
    for (let i = 1; i < priorities.length; i++) if (priorities[i]! > priorities[best]!) best = i;
    if (!(priorities[best]! >= 0)) break;
    drawn[best]!++;
    priorities[best] = priority(best);
  }
  return drawn;
}
