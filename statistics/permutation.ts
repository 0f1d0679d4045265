/** Permutation tests: shuffles, and p-values from as many of them as the answer needs. */
import type { Uniform } from './prng.ts';

/**
 * Puts `values` in random order, in place (Fisher and Yates). `below(n)` is a random whole number from 0 to n
 * − 1.
 */
export function shuffle<T>(
  values: { readonly length: number; [i: number]: T },
  below: (n: number) => number,
): void {
  for (let i = values.length - 1; i > 0; i--) {
    const other = below(i + 1);
    const value = values[i]!;
    values[i] = values[other]!;
    values[other] = value;
  }
}

/** Brings a random sample of `count` values, none twice, to the front of `stock`: the start of a shuffle. */
export function sampleToFront(stock: Uint32Array, count: number, random: Uniform): void {
  for (let i = 0; i < count; i++) {
    const other = i + Math.floor(random() * (stock.length - i));
    const value = stock[other]!;
    stock[other] = stock[i]!;
    stock[i] = value;
  }
}

/**
 * Sequential Monte Carlo p-value (Besag and Clifford 1991): draws until `enough` draws reached `observed`, at
 * most `most`. Never below 1 / (most + 1).
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
