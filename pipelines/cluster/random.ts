/** The random numbers of the Leiden library's runs: seeded, so that a sweep gives the same groups on every machine. */

/** The two methods that `networkanalysis-ts` calls on its generator. */
export interface SeededRandom {
  nextInt(bound: number): number;
  nextDouble(): number;
}

/** mulberry32 (Tommy Ettinger, public domain): 32 bits of state, passes gjrand; ample for shuffling node orders. */
export function seededRandom(seed: number): SeededRandom {
  let state = seed | 0;
  const next = (): number => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
  return { nextDouble: next, nextInt: (bound) => Math.floor(next() * bound) };
}
