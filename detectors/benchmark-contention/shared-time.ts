/** What a card in shares gives to a run: throughput is conserved, so each of n runs at once gets one nth. */

/** Start and end, ms. */
export type Span = readonly [number, number];

export interface Share {
  /** Distance of the observed fall from the predicted ones, log units; 0 between them. */
  off: number;
  /** Distance between the two predictions. */
  width: number;
  /** Mean number of runs at once. */
  concurrency: number;
  /** Indices of the partners that explain the fall. */
  with: number[];
}

/**
 * Mean over the run of the number of runs at once, and of its inverse: two ways in which a benchmark may
 * count its throughput.
 */
export function concurrencyOf([start, end]: Span, others: readonly Span[]): { mean: number; share: number } {
  const marks = [start, end];
  for (const [from, to] of others) {
    if (from > start && from < end) marks.push(from);
    if (to > start && to < end) marks.push(to);
  }
  marks.sort((a, b) => a - b);
  let mean = 0;
  let share = 0;
  for (let i = 0; i + 1 < marks.length; i++) {
    const [from, to] = [marks[i]!, marks[i + 1]!];
    const count = 1 + others.filter((other) => other[0] <= from && other[1] >= to).length;
    const part = (to - from) / (end - start);
    mean += part * count;
    share += part / count;
  }
  return { mean, share };
}

/** The set of partners whose runs explain the fall best; the smallest of equals. Null without partners. */
export function bestShare(run: Span, partners: readonly Span[], fall: number): Share | null {
  let best: Share | null = null;
  for (let set = 1; set < 1 << partners.length; set++) {
    const chosen = partners.flatMap((_, i) => (set & (1 << i) ? [i] : []));
    const { mean, share } = concurrencyOf(
      run,
      chosen.map((i) => partners[i]!),
    );
    const [low, high] = [-Math.log(mean), Math.log(share)];
    const off = Math.max(0, Math.min(low, high) - fall, fall - Math.max(low, high));
    const closer =
      !best || off < best.off - 1e-9 || (off < best.off + 1e-9 && chosen.length < best.with.length);
    if (closer) best = { off, width: Math.abs(high - low), concurrency: mean, with: chosen };
  }
  return best;
}
