/** Series of power steps as bitmaps of quarter hours, and how often two of them step together at a shift. */
import { poissonNats } from '../../statistics/poisson.ts';

export interface StepSeries {
  /** Bit t: the card stepped up, or down, in quarter hour t of the window. */
  up: Uint32Array;
  down: Uint32Array;
  /** The step fell into work that came through the network: a hire or a benchmark. */
  given: Uint32Array;
}

const WORD = 32;

export const wordsFor = (bins: number): number => Math.ceil(bins / WORD);

export function setBit(words: Uint32Array, bit: number): void {
  words[bit >>> 5] = (words[bit >>> 5]! | (1 << (bit & 31))) >>> 0;
}

/** Set bits of a 32-bit word (Warren, Hacker's Delight, section 5-1). */
function bitCount(word: number): number {
  let x = word - ((word >>> 1) & 0x55555555);
  x = (x & 0x33333333) + ((x >>> 2) & 0x33333333);
  return Math.imul((x + (x >>> 4)) & 0x0f0f0f0f, 0x01010101) >>> 24;
}

/** How many bits two words have in common. */
export const bothSet = (a: number, b: number): number => bitCount(a & b);

/** Bits t set in `a` while bit t − lag is set in `b`. `lag` may be negative. */
export function sharedBits(a: Uint32Array, b: Uint32Array, lag: number): number {
  if (lag < 0) return sharedBits(b, a, -lag);
  const skip = lag >>> 5;
  const shift = lag & 31;
  let sum = 0;
  for (let i = skip; i < a.length; i++) {
    if (a[i] === 0) continue;
    const low = b[i - skip]! << shift;
    const carried = shift > 0 && i > skip ? b[i - skip - 1]! >>> (WORD - shift) : 0;
    const both = a[i]! & (low | carried);
    if (both !== 0) sum += bitCount(both);
  }
  return sum;
}

/** Bits set from `from` on (inclusive) and before `to`. */
function bitsIn(words: Uint32Array, from: number, to: number): number {
  let sum = 0;
  for (let i = from >>> 5; i < words.length && i * WORD < to; i++) {
    let word = words[i]!;
    if (i === from >>> 5) word &= -1 << (from & 31);
    const left = to - i * WORD;
    if (left < WORD) word &= (1 << left) - 1;
    sum += bitCount(word);
  }
  return sum;
}

/** Steps of `a` that `b` took `lag` quarter hours before. */
export const matched = (a: StepSeries, b: StepSeries, lag: number): number =>
  sharedBits(a.up, b.up, lag) + sharedBits(a.down, b.down, lag);

const masked = ({ up, down, given }: StepSeries): StepSeries => ({
  up: up.map((word, i) => word & given[i]!),
  down: down.map((word, i) => word & given[i]!),
  given,
});

/**
 * Of those, the ones in which both did what the network had given them: two hires for one customer's job,
 * say.
 */
const givenToBoth = (a: StepSeries, b: StepSeries, lag: number): number => matched(masked(a), masked(b), lag);

export interface Chance {
  /** Matches that two unrelated cards with as many steps in the common window would have. */
  expected: number;
  /** Steps of the card that has fewer of them in the common window. */
  steps: number;
}

export function chanceAt(a: StepSeries, b: StepSeries, lag: number, bins: number): Chance {
  const [fromA, toA] = [Math.max(0, lag), Math.min(bins, bins + lag)];
  const [fromB, toB] = [fromA - lag, toA - lag];
  const ups = [bitsIn(a.up, fromA, toA), bitsIn(b.up, fromB, toB)] as const;
  const downs = [bitsIn(a.down, fromA, toA), bitsIn(b.down, fromB, toB)] as const;
  return {
    expected: (ups[0] * ups[1] + downs[0] * downs[1]) / Math.max(1, toA - fromA),
    steps: Math.min(ups[0] + downs[0], ups[1] + downs[1]),
  };
}

export interface Agreement extends Chance {
  lag: number;
  /** Common steps that no work given to both explains. */
  matched: number;
  /** Common steps within work given to both. */
  given: number;
  /**
   * The most matches at any other shift that differs by whole hours: what a daily or hourly habit would show
   * again.
   */
  rival: number;
  /** Nats against chance, after the number of comparisons made. */
  nats: number;
}

/** Quarter hours: the least common window, and how far from a shift its own matches reach. */
const LEAST_WINDOW = 96;
const NEAR = 3;

/**
 * Compares two series at a shift, give or take two quarter hours. `trials` is the number of comparisons that
 * could have been made instead. The expectation is raised by what the pair shows at other shifts, so that
 * common habits are no surprise.
 */
export function agreement(
  a: StepSeries,
  b: StepSeries,
  { lag, bins, trials }: { lag: number; bins: number; trials: number },
): Agreement | undefined {
  let best = { lag, matched: -1 };
  for (const near of lag === 0 ? [0] : [lag, lag - 1, lag + 1, lag - 2, lag + 2]) {
    const count = matched(a, b, near);
    if (count > best.matched) best = { lag: near, matched: count };
  }
  const chance = chanceAt(a, b, best.lag, bins);
  if (poissonNats(best.matched, chance.expected) <= Math.log(trials)) return undefined;
  const self = a === b;
  const given = self ? 0 : givenToBoth(a, b, best.lag);
  const free = best.matched - given;
  let [rival, seen, usual] = [0, 0, 0];
  const reach = bins - LEAST_WINDOW;
  for (let other = best.lag - 4 * Math.floor((best.lag + reach) / 4); other <= reach; other += 4) {
    // A loop of a card's own past comes round again at multiples of its length, and a series equals itself at
    // shift 0.
    const off = self ? Math.abs(other - best.lag * Math.round(other / best.lag)) : Math.abs(other - best.lag);
    if (off <= NEAR) continue;
    const count = matched(a, b, other);
    rival = Math.max(rival, count);
    seen += count;
    usual += chanceAt(a, b, other, bins).expected;
  }
  const expected = chance.expected * Math.max(1, usual > 0 ? seen / usual : 1);
  const nats = poissonNats(free, expected) - Math.log(trials);
  return nats > 0 ? { lag: best.lag, ...chance, matched: free, given, expected, rival, nats } : undefined;
}
