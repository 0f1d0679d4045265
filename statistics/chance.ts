/** Chance for permutations: seeded by constants, so that the same data always meet the same shuffles. */

/** Numbers in [0, 1): mulberry32 (Tommy Ettinger, public domain). */
export function seeded(seed: number): () => number {
  let state = seed | 0;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
  };
}

/**
 * Sequential Monte Carlo p-value (Besag and Clifford 1991): draws until `enough` draws reached `observed`, at most `most`.
 * Never below 1 / (most + 1).
 */
export function sequentialP(
  observed: number,
  draw: (index: number) => number,
  { enough = 10, most }: { enough?: number; most: number },
): number {
  let reached = 0;
  for (let draws = 1; draws <= most; draws++) {
    if (draw(draws - 1) >= observed) reached++;
    if (reached === enough) return enough / draws;
  }
  return (reached + 1) / (most + 1);
}
