/**
 * Silicon in comparable units: each card's log figures less the middle of its model, made independent of the
 * clock, and divided by how much chips of one model differ. What a card's runs scatter becomes the standard
 * error of its place.
 */
import { median, quantile } from '../../statistics/quantile.ts';

/** A row of `own.silicon_card`. Figures are natural logarithms; NULL where a figure was not measured. */
export interface SiliconRow {
  device_id: string;
  gpu_index: number;
  class: string;
  account_id: string;
  block: string | null;
  host: string | null;
  runs: number;
  odd_runs: number;
  first_at: number;
  last_at: number;
  [figure: `${string}_mad` | `${string}_drift`]: number | null;
  clock: number;
  compute: number;
  half: number | null;
  memory: number;
}

export interface Frame {
  rows: readonly SiliconRow[];
  /** Coordinates per card. */
  dims: number;
  /** Places, row after row, in standard deviations between chips of a model. */
  at: Float64Array;
  /** Standard errors of `at`. */
  error: Float64Array;
  /**
   * Share of the variance between cards that is silicon and not noise, per coordinate: the intraclass
   * repeatability.
   */
  repeatability: number[];
  /**
   * Cards at different places, the stock that permutations draw from: one card under many names stands in it
   * once.
   */
  distinct: Uint32Array;
  /** Nats by which an exact match of two typical cards exceeds chance: the sum of ln(spread / error). */
  sharpness: number;
}

const FIGURES = ['clock', 'compute', 'half', 'memory'] as const;
/**
 * Median absolute deviation to standard deviation, and standard error of a median, of a normal distribution.
 */
const FROM_MAD = 1.4826;
const OF_MEDIAN = 1.2533;
/** Models with fewer cards than this say nothing of how chips differ. */
const ENOUGH_CARDS = 8;
/** Intraclass repeatability below which a coordinate tells noise and not chips. */
const TELLING = 0.6;
/**
 * Coordinates that must tell chips apart: on one alone, as a clock with a ceiling, many chips share a
 * reading.
 */
const FEWEST = 3;

/** Indices of rows by key, keys in code-unit order. Rows whose key is NULL belong to no group. */
export function groupsBy<T>(
  rows: readonly T[],
  key: (row: T, index: number) => string | null,
): [string, number[]][] {
  const groups = new Map<string, number[]>();
  rows.forEach((row, i) => {
    const name = key(row, i);
    if (name === null) return;
    const group = groups.get(name);
    if (group) group.push(i);
    else groups.set(name, [i]);
  });
  return [...groups].sort(([a], [b]) => (a < b ? -1 : 1));
}

/** Places and errors, or null when the data do not show that silicon repeats itself and differs. */
export function frameOf(all: readonly SiliconRow[]): Frame | null {
  const withHalf = all.filter((row) => row.half !== null).length * 2 > all.length;
  const figures = FIGURES.filter((figure) => figure !== 'half' || withHalf);
  const rows = all.filter((row) => figures.every((figure) => row[figure] !== null));
  const dims = figures.length;
  const models = groupsBy(rows, (row) => row.class).map(([, members]) => members);
  const at = new Float64Array(rows.length * dims);
  const error = new Float64Array(rows.length * dims);
  for (const [k, figure] of figures.entries()) {
    for (const members of models) {
      const middle = median(members.map((i) => rows[i]![figure]!));
      for (const i of members) at[i * dims + k] = rows[i]![figure]! - middle;
    }
    errorsOf(rows, figure, models).forEach((value, i) => {
      error[i * dims + k] = value;
    });
  }
  decorrelate(at, error, dims, models);
  const kept = models.map((members) => distinctOf(at, error, dims, members));
  const spreads = spreadsOf(at, error, dims, kept);
  if (!spreads) return null;
  models.forEach((members, m) => {
    for (const i of members) {
      for (let k = 0; k < dims; k++) {
        at[i * dims + k]! /= spreads[m]![k]!;
        error[i * dims + k]! /= spreads[m]![k]!;
      }
    }
  });
  const typical = figures.map((_, k) => median(rows.map((_row, i) => error[i * dims + k]!)));
  const telling = figures.flatMap((_, k) => (1 / (1 + typical[k]! ** 2) >= TELLING ? [k] : []));
  if (telling.length < FEWEST) return null;
  const only = (from: Float64Array) =>
    Float64Array.from({ length: rows.length * telling.length }, (_, n) => {
      const row = Math.floor(n / telling.length);
      return from[row * dims + telling[n % telling.length]!]!;
    });
  return {
    rows,
    dims: telling.length,
    at: only(at),
    error: only(error),
    repeatability: telling.map((k) => 1 / (1 + typical[k]! ** 2)),
    sharpness: telling.reduce((sum, k) => sum - Math.log(Math.max(typical[k]!, 1e-3)), 0),
    distinct: Uint32Array.from(kept.flat()),
  };
}

/**
 * Standard error of each card's median: its own scatter where that is larger than usual, drift from day to
 * day, and the meter's steps.
 */
function errorsOf(
  rows: readonly SiliconRow[],
  figure: (typeof FIGURES)[number],
  models: readonly number[][],
): number[] {
  const scatter = rows.map((row) => FROM_MAD * (row[`${figure}_mad`] ?? 0));
  const usual = median(scatter.filter((_, i) => rows[i]!.runs >= 8));
  const within = scatter.map((value) => Math.max(value, usual));
  const drifts = rows.flatMap((row, i) => {
    const drift = row[`${figure}_drift`];
    const even = row.runs - row.odd_runs;
    if (drift === null || drift === undefined || row.odd_runs < 3 || even < 3) return [];
    return [Math.abs(drift) / (OF_MEDIAN * within[i]! * Math.sqrt(1 / row.odd_runs + 1 / even) || 1)];
  });
  const restless = Math.max(1, FROM_MAD * median(drifts));
  const steps = new Float64Array(rows.length);
  for (const members of models) {
    const values = members.map((i) => rows[i]![figure]!);
    const distinct = new Set(values.map((value) => value.toFixed(5))).size;
    // Half of the cards or more on values that others have: the meter reads in steps, and a step is uniform
    // noise.
    const step =
      distinct * 2 <= values.length ? (quantile(values, 0.95) - quantile(values, 0.05)) / distinct : 0;
    for (const i of members) steps[i] = Math.max(step, 1e-5) / Math.sqrt(12);
  }
  return rows.map((row, i) =>
    Math.hypot((restless * OF_MEDIAN * within[i]!) / Math.sqrt(row.runs), steps[i]!),
  );
}

/**
 * Takes from each figure what follows from the clock, and from half precision what follows from single (Theil
 * and Sen's slopes).
 */
function decorrelate(at: Float64Array, error: Float64Array, dims: number, models: readonly number[][]): void {
  const pairs: [number, number][] = [];
  for (const base of dims === 4 ? [0, 1] : [0]) {
    for (let k = base + 1; k < (base === 1 ? 3 : dims); k++) {
      pairs.push([base, k]);
    }
  }
  for (const [base, k] of pairs) {
    const slopes: number[] = [];
    for (const members of models.filter(({ length }) => length >= ENOUGH_CARDS)) {
      const sorted = [...members].sort((a, b) => at[a * dims + base]! - at[b * dims + base]! || a - b);
      const half = sorted.length >> 1;
      for (let i = 0; i + half < sorted.length; i++) {
        const [a, b] = [sorted[i]! * dims, sorted[i + half]! * dims];
        const run = at[b + base]! - at[a + base]!;
        if (run > 0) slopes.push((at[b + k]! - at[a + k]!) / run);
      }
    }
    const slope = Math.round(median(slopes) * 1e4) / 1e4;
    for (let row = 0; row < at.length; row += dims) {
      at[row + k]! -= slope * at[row + base]!;
      error[row + k] = Math.hypot(error[row + k]!, slope * error[row + base]!);
    }
  }
}

/** Cards of one model that stand at different places: those at the place of an earlier one are left out. */
function distinctOf(
  at: Float64Array,
  error: Float64Array,
  dims: number,
  members: readonly number[],
): number[] {
  const kept: number[] = [];
  // Evenly thinned: pairs stay few, whatever the size of the model.
  const every = Math.max(1, Math.floor(members.length / 300));
  for (const i of members.filter((_, n) => n % every === 0)) {
    const known = kept.some((j) => {
      let distance = 0;
      for (let k = 0; k < dims; k++) {
        const gap = at[i * dims + k]! - at[j * dims + k]!;
        distance += (gap * gap) / (error[i * dims + k]! ** 2 + error[j * dims + k]! ** 2);
      }
      return distance < 2 * dims;
    });
    if (!known) kept.push(i);
  }
  return kept;
}

/** Spread between different chips, per model and coordinate, never far from what is usual among models. */
function spreadsOf(
  at: Float64Array,
  error: Float64Array,
  dims: number,
  models: readonly number[][],
): number[][] | null {
  const own = models.map((kept) => {
    if (kept.length < ENOUGH_CARDS) return null;
    return Array.from({ length: dims }, (_, k) => {
      const values = kept.map((i) => at[i * dims + k]!);
      const total = (quantile(values, 0.75) - quantile(values, 0.25)) / 1.349;
      const noise = median(kept.map((i) => error[i * dims + k]!));
      return Math.sqrt(Math.max(total * total - noise * noise, 0));
    });
  });
  const known = own.filter((spread) => spread !== null);
  if (known.length === 0) return null;
  const usual = Array.from({ length: dims }, (_, k) => median(known.map((spread) => spread[k]!)));
  if (usual.some((spread) => !(spread > 0))) return null;
  return own.map((spread) =>
    usual.map((common, k) => Math.min(Math.max(spread?.[k] ?? common, 0.7 * common), 1.5 * common)),
  );
}
