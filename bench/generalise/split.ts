/**
 * What is fitted and looked at, and what is counted, are apart by seed and by trait: each stands in half A or
 * in half B by a digest of its name, so that nobody chooses.
 */
import { createHash } from 'node:crypto';

/** A: to fit on and to look at. B: to count on. */
export type Half = 'A' | 'B';

function halfOf(name: string): Half {
  return (createHash('sha256').update(`generalise/${name}`).digest()[0] as number) % 2 === 0 ? 'A' : 'B';
}

export const halfOfSeed = (seed: number): Half => halfOf(`seed/${seed}`);

/** Kinds of honest people, by their name in the catalogue or the family of their labels. What the kinds of half A show may be mended. */
export const halfOfKind = (kind: string): Half => halfOf(`kind/${kind.replace(/^honest-/, '')}`);

export const halfOfTrait = (trait: string): Half => halfOf(`trait/${trait}`);

/** The first `count` seeds of a half from `first` on. */
export function seedsOf(half: Half, first: number, count: number): number[] {
  const seeds: number[] = [];
  for (let seed = first; seeds.length < count; seed++) if (halfOfSeed(seed) === half) seeds.push(seed);
  return seeds;
}
