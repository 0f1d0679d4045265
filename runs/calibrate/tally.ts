/**
 * Counts once, so that a fit without one group, or on operators drawn again, is arithmetic on the same
 * counts. Pure.
 */
import type { Group, Material } from './material.ts';

export interface Tally {
  groups: readonly Group[];
  unitGroup: Int32Array;
  levels: number;
  /** Per unit: subjects, the sum of their weights and of its squares. */
  subjects: Float64Array;
  weights: Float64Array;
  squares: Float64Array;
  /** Per unit and level: sum of the weights of those who show it, and their number. */
  hits: Float64Array;
  shown: Float64Array;
}

/** What the fit needs of one group. */
export interface GroupCounts extends Group {
  /** How often it was drawn; 1 outside the bootstrap. */
  times: number;
  subjects: number;
  weight: number;
  squares: number;
  hits: Float64Array;
  shown: Float64Array;
}

export function tally({ groups, unitGroup, levels, patterns, pattern, unit, weight }: Material): Tally {
  const units = unitGroup.length;
  const counts: Tally = {
    groups,
    unitGroup,
    levels: levels.length,
    subjects: new Float64Array(units),
    weights: new Float64Array(units),
    squares: new Float64Array(units),
    hits: new Float64Array(units * levels.length),
    shown: new Float64Array(units * levels.length),
  };
  for (let i = 0; i < unit.length; i++) {
    const u = unit[i]!;
    const w = weight[i]!;
    counts.subjects[u]! += 1;
    counts.weights[u]! += w;
    counts.squares[u]! += w * w;
    for (const level of patterns[pattern[i]!]!.shown) {
      counts.hits[u * levels.length + level]! += w;
      counts.shown[u * levels.length + level]! += 1;
    }
  }
  return counts;
}

/**
 * Groups with their counts, in the order of `groups`; `draws` says how often each unit counts (default:
 * once).
 */
export function groupCounts(counts: Tally, draws?: Uint32Array): GroupCounts[] {
  const { levels } = counts;
  const out = counts.groups.map((group) => ({
    ...group,
    times: 0,
    subjects: 0,
    weight: 0,
    squares: 0,
    hits: new Float64Array(levels),
    shown: new Float64Array(levels),
  }));
  for (let u = 0; u < counts.unitGroup.length; u++) {
    const times = draws ? draws[u]! : 1;
    if (times === 0) continue;
    const group = out[counts.unitGroup[u]!]!;
    group.times = Math.max(group.times, times);
    group.subjects += times * counts.subjects[u]!;
    group.weight += times * counts.weights[u]!;
    group.squares += times * counts.squares[u]!;
    for (let level = 0; level < levels; level++) {
      group.hits[level]! += times * counts.hits[u * levels + level]!;
      group.shown[level]! += times * counts.shown[u * levels + level]!;
    }
  }
  return out;
}
