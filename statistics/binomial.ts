/** The binomial distribution: exact bounds on a proportion, coefficients, random counts. */
import { betaQuantile, logGamma } from './beta.ts';
import type { Uniform } from './prng.ts';

export interface Bounds {
  low: number;
  high: number;
}

/**
 * Two-sided exact interval of a proportion, `successes` of `trials`, at coverage `level` (Clopper & Pearson
 * 1934). With no trial anything is possible: [0, 1].
 */
export function clopperPearson(successes: number, trials: number, level = 0.95): Bounds {
  const tail = (1 - level) / 2;
  return {
    low: successes === 0 ? 0 : betaQuantile(tail, successes, trials - successes + 1),
    high: upperBound(successes, trials, 1 - tail),
  };
}

/**
 * One-sided exact upper bound (Clopper & Pearson 1934): the rate exceeds it with probability at most 1 −
 * `level`.
 */
export function upperBound(successes: number, trials: number, level = 0.95): number {
  return successes === trials ? 1 : betaQuantile(level, successes + 1, trials - successes);
}

/**
 * "Zero in n" bounds the rate by 3/n at 95 % (Hanley & Lippman-Hand 1983); the exact bound is `upperBound(0,
 * n)`. NULL without trials.
 */
export function ruleOfThree(trials: number): number | null {
  return trials === 0 ? null : Math.min(1, 3 / trials);
}

/** Natural log of the binomial coefficient n over k, for whole k from 0 to n. Costs k steps. */
export function logChoose(n: number, k: number): number {
  let sum = 0;
  for (let i = 0; i < k; i++) sum += Math.log((n - i) / (i + 1));
  return sum;
}

/** By walking the distribution up from 0; for means below about 10. */
function byInversion(trials: number, p: number, random: Uniform): number {
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

/** By transformed rejection, algorithm BTRS of Hörmann 1993; for p ≤ 1/2 and means of 10 and more. */
function byRejection(trials: number, p: number, random: Uniform): number {
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

/** A random number of successes in `trials` trials of probability `p`. */
export function binomialDraw(trials: number, p: number, random: Uniform): number {
  if (trials === 0 || p <= 0) return 0;
  if (p >= 1) return trials;
  if (p > 0.5) return trials - binomialDraw(trials, 1 - p, random);
  return trials * p < 10 ? byInversion(trials, p, random) : byRejection(trials, p, random);
}
