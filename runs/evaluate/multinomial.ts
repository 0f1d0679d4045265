/** Random numbers for the bootstrap: how often each pool is hit when n units are drawn with replacement. */
import { logGamma } from './binomial.ts';

/** A number in [0, 1) from 32 bits: sfc32 of PractRand, seeded through its counter. The same on every machine. */
export function seededRandom(seed: number): () => number {
  // Typed, so that the engine keeps whole words instead of boxed numbers.
  const state = Int32Array.of(seed | 0, Math.floor(seed / 2 ** 32) | 0, 0x9e3779b9 | 0, 1);
  const next = () => {
    const [a, b, c, counter] = [state[0]!, state[1]!, state[2]!, state[3]!];
    const sum = (((a + b) | 0) + counter) | 0;
    state[3] = (counter + 1) | 0;
    state[0] = b ^ (b >>> 9);
    state[1] = (c + (c << 3)) | 0;
    state[2] = (((c << 21) | (c >>> 11)) + sum) | 0;
    return (sum >>> 0) / 2 ** 32;
  };
  for (let i = 0; i < 15; i++) next();
  return next;
}

/** Binomial variate by walking the distribution up from 0; for means below about 10. */
function byInversion(trials: number, p: number, random: () => number): number {
  const odds = p / (1 - p);
  let mass = (1 - p) ** trials;
  let left = random() - mass;
  let k = 0;
  while (left >= 0 && k < trials) {
    k += 1;
    mass *= (odds * (trials - k + 1)) / k;
    left -= mass;
  }
  return k;
}

/** Binomial variate by transformed rejection, algorithm BTRS of Hörmann 1993; for p ≤ 1/2 and means of 10 and more. */
function byRejection(trials: number, p: number, random: () => number): number {
  const deviation = Math.sqrt(trials * p * (1 - p));
  const b = 1.15 + 2.53 * deviation;
  const a = -0.0873 + 0.0248 * b + 0.01 * p;
  const alpha = (2.83 + 5.1 / b) * deviation;
  const mode = Math.floor((trials + 1) * p);
  const logMass = (k: number) => k * Math.log(p / (1 - p)) - logGamma(k + 1) - logGamma(trials - k + 1);
  for (;;) {
    const u = random() - 0.5;
    const v = random();
    const us = 0.5 - Math.abs(u);
    const k = Math.floor(((2 * a) / us + b) * u + trials * p + 0.5);
    if (us >= 0.07 && v <= 0.92 - 4.2 / b) return k;
    if (k < 0 || k > trials) continue;
    if (Math.log((v * alpha) / (a / (us * us) + b)) <= logMass(k) - logMass(mode)) return k;
  }
}

/** Successes in `trials` trials of probability p. */
export function binomial(trials: number, p: number, random: () => number): number {
  if (trials === 0 || p <= 0) return 0;
  if (p >= 1) return trials;
  if (p > 0.5) return trials - binomial(trials, 1 - p, random);
  return trials * p < 10 ? byInversion(trials, p, random) : byRejection(trials, p, random);
}

/**
 * Fills `counts` with the draws that fall on each pool when as many units are drawn as there are. Each pool's count is
 * binomial given those before it, so the cost is that of the pools, not of the units.
 */
export function drawUnits(sizes: Uint32Array, random: () => number, counts: Uint32Array): void {
  let unitsLeft = sizes.reduce((sum, size) => sum + size, 0);
  let drawsLeft = unitsLeft;
  for (let pool = 0; pool < sizes.length; pool++) {
    const hits = binomial(drawsLeft, sizes[pool]! / unitsLeft, random);
    counts[pool] = hits;
    drawsLeft -= hits;
    unitsLeft -= sizes[pool]!;
  }
}
