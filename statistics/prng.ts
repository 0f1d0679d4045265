/**
 * Seeded generators of pseudo-random numbers: one seed gives the same numbers on every machine. None is for
 * secrets.
 */

/** Uniform numbers in [0, 1), 32 random bits each. */
export type Uniform = () => number;

/**
 * mulberry32 (Tommy Ettinger, public domain), from a 32-bit seed. Period 2^32: for shuffles and first
 * weights.
 */
export function mulberry32(seed: number): Uniform {
  let state = seed | 0;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** State of sfc32: three words and a counter. */
export type Sfc32 = Int32Array;

/**
 * sfc32 (Chris Doty-Humphrey, PractRand 0.94, public domain) from three words of seed, its first `discarded`
 * numbers thrown away: 12 mix three good words, 15 words that may be small. Average period 2^127.
 */
export function sfc32(a: number, b: number, c: number, discarded: number): Sfc32 {
  const state = Int32Array.of(a, b, c, 1);
  for (let i = 0; i < discarded; i++) nextWord(state);
  return state;
}

/** The next 32 bits of an sfc32, as a whole number from 0 to 2^32 − 1. */
export function nextWord(state: Sfc32): number {
  const [a, b, c, counter] = [state[0]!, state[1]!, state[2]!, state[3]!];
  const sum = (a + b + counter) | 0;
  state[3] = counter + 1;
  state[0] = b ^ (b >>> 9);
  state[1] = c + (c << 3);
  state[2] = ((c << 21) | (c >>> 11)) + sum;
  return sum >>> 0;
}

/** sfc32 from one seed, a whole number up to 2^53. */
export function sfc32Uniform(seed: number): Uniform {
  const state = sfc32(seed | 0, Math.floor(seed / 2 ** 32) | 0, 0x9e3779b9 | 0, 15);
  return () => nextWord(state) / 2 ** 32;
}
