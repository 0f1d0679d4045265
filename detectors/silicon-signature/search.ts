/**
 * Scan for several names on one piece of silicon: more cards within the error of one place than chips that
 * differ put there.
 */
import { poissonNats } from '../../statistics/poisson.ts';

/** 99 % of the squared distances of a card from its own place, by number of coordinates (chi-squared). */
const REACH = [0, 6.63, 9.21, 11.34, 13.28];
/** 99.9 % of them: who is named once a crowd stands. */
const MEMBER = [0, 10.83, 13.82, 16.27, 18.47];
/** Volume of the unit ball. */
const BALL = [0, 2, Math.PI, (4 / 3) * Math.PI, (Math.PI * Math.PI) / 2];

/** Cards of one group, sorted by their first coordinate. */
export interface Group {
  size: number;
  dims: number;
  at: Float64Array;
  error: Float64Array;
}

export interface Seed {
  index: number;
  nats: number;
  /** Cards expected by chance within reach. */
  chance: number;
}

/** A group of the given size, to be filled and sorted again and again. */
export function emptyGroup(size: number, dims: number): Group {
  return { size, dims, at: new Float64Array(size * dims), error: new Float64Array(size * dims) };
}

/** Copies the cards into the group in the order of their first coordinate; returns that order. */
export function fillGroup(
  group: Group,
  cards: Uint32Array,
  at: Float64Array,
  error: Float64Array,
): Uint32Array {
  const { dims } = group;
  cards.sort((a, b) => at[a * dims]! - at[b * dims]! || a - b);
  cards.forEach((card, i) => {
    for (let k = 0; k < dims; k++) {
      group.at[i * dims + k] = at[card * dims + k]!;
      group.error[i * dims + k] = error[card * dims + k]!;
    }
  });
  return cards;
}

/**
 * Log density of chips at a place. Beyond three deviations is another kind of card, as dense at its own
 * middle as this one.
 */
export function logDensity(at: Float64Array, from: number, dims: number): number {
  let sum = 0;
  for (let k = 0; k < dims; k++) {
    const z = at[from + k]!;
    if (Math.abs(z) > 3) {
      sum = 0;
      break;
    }
    sum -= (z * z) / 2;
  }
  return sum - (dims / 2) * Math.log(2 * Math.PI);
}

/**
 * The most crowded place of the group. Chance is the larger of what the spread of chips predicts and what the
 * shell around the place, twice as wide, holds: chips of one batch crowd the shell as well, one card leaves
 * it empty.
 */
export function densest({ size, dims, at, error }: Group): Seed {
  const reach = REACH[dims]!;
  const typical = new Float64Array(dims);
  for (let i = 0; i < size; i++)
    for (let k = 0; k < dims; k++) typical[k]! += error[i * dims + k]! ** 2 / size;
  const near = new Uint16Array(size);
  const shell = new Uint16Array(size);
  for (let i = 0; i < size; i++) {
    for (let j = i + 1; j < size; j++) {
      const first = error[i * dims]! ** 2 + Math.max(error[j * dims]! ** 2, typical[0]! * 4);
      if ((at[j * dims]! - at[i * dims]!) ** 2 > 4 * reach * first) break;
      let distance = 0;
      for (let k = 0; k < dims && distance <= 4 * reach; k++) {
        const gap = at[j * dims + k]! - at[i * dims + k]!;
        distance += (gap * gap) / (error[i * dims + k]! ** 2 + error[j * dims + k]! ** 2);
      }
      if (distance <= reach) {
        near[i]!++;
        near[j]!++;
      } else if (distance <= 4 * reach) {
        shell[i]!++;
        shell[j]!++;
      }
    }
  }
  let best: Seed = { index: 0, nats: 0, chance: 0 };
  for (let i = 0; i < size; i++) {
    const found = near[i]!;
    if (found < 2) continue;
    let volume = Math.log(BALL[dims]!) + (dims / 2) * Math.log(reach);
    for (let k = 0; k < dims; k++) volume += Math.log(error[i * dims + k]! ** 2 + typical[k]!) / 2;
    const smooth = (size - 1) * Math.min(1, Math.exp(volume + logDensity(at, i * dims, dims)));
    const chance = Math.max(smooth, (shell[i]! + 0.5) / (2 ** dims - 1));
    if (found <= chance) continue;
    const nats = poissonNats(found, chance) - Math.log(size);
    if (nats > best.nats) best = { index: i, nats, chance };
  }
  return best;
}

export interface Member {
  index: number;
  /** Log odds that this very card is the one at the place, given that there is one. */
  odds: number;
}

/** The cards at a place: those within reach of the weighted middle of the seed's neighbours. */
export function membersOf({ size, dims, at, error }: Group, { index, chance }: Seed): Member[] {
  const reach = REACH[dims]!;
  const distance = (j: number, middle: Float64Array, spread: Float64Array): number => {
    let sum = 0;
    for (let k = 0; k < dims; k++)
      sum += (at[j * dims + k]! - middle[k]!) ** 2 / (error[j * dims + k]! ** 2 + spread[k]! ** 2);
    return sum;
  };
  let middle = at.slice(index * dims, (index + 1) * dims);
  let spread = error.slice(index * dims, (index + 1) * dims);
  let inside: number[] = [];
  for (let round = 0; round < 2; round++) {
    inside = [];
    for (let j = 0; j < size; j++) if (distance(j, middle, spread) <= reach) inside.push(j);
    const next = new Float64Array(dims);
    const errors = new Float64Array(dims);
    for (let k = 0; k < dims; k++) {
      let weights = 0;
      for (const j of inside) {
        const weight = 1 / error[j * dims + k]! ** 2;
        weights += weight;
        next[k]! += weight * at[j * dims + k]!;
      }
      next[k]! /= weights;
      errors[k] = 1 / Math.sqrt(weights);
    }
    middle = next;
    spread = errors;
  }
  const true_ = Math.max(inside.length - chance, 0.5);
  const prior = Math.log(true_ / (size - true_ + 0.5));
  return inside.flatMap((j) => {
    const off = distance(j, middle, spread);
    if (off > MEMBER[dims]!) return [];
    let here = -off / 2 - (dims / 2) * Math.log(2 * Math.PI);
    for (let k = 0; k < dims; k++) here -= Math.log(Math.hypot(error[j * dims + k]!, spread[k]!));
    // The background is at least as dense as the scan found it.
    const crowd = Math.log(Math.max(chance, 1e-9) / size) - ballVolume(error, j, spread, dims, reach);
    return [{ index: j, odds: prior + here - Math.max(logDensity(at, j * dims, dims), crowd) }];
  });
}

function ballVolume(
  error: Float64Array,
  j: number,
  spread: Float64Array,
  dims: number,
  reach: number,
): number {
  let volume = Math.log(BALL[dims]!) + (dims / 2) * Math.log(reach);
  for (let k = 0; k < dims; k++) volume += Math.log(Math.hypot(error[j * dims + k]!, spread[k]!));
  return volume;
}
