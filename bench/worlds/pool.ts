/**
 * Accounts or devices of many cells with their truth, as one sample whose units stay apart: seeds share no
 * operator.
 */
import { join } from 'node:path';
import { type LabelRow, readLabels } from '../../runs/evaluate/read-labels.ts';
import { readRun } from '../../runs/evaluate/read-run.ts';
import { FINAL, joinLabels, type RunSubject, type Sample } from '../../runs/evaluate/sample.ts';
import { clopperPearson } from '../../statistics/binomial.ts';
import { type Bootstrap, percentileInterval, resample } from '../../statistics/bootstrap.ts';
import type { Cell } from './cells.ts';

export interface Pool {
  sample: Sample;
  /** World of each subject of the sample. */
  world: string[];
  /** Cluster of each account that stands in one. */
  clusterOf: Map<string, string>;
}

/** Throws E_RUN or E_LABELS. */
export async function poolOf(kind: 'accounts' | 'devices', cells: readonly Cell[]): Promise<Pool> {
  const subjects: RunSubject[] = [];
  const clusterOf = new Map<string, string>();
  const labels = { accounts: new Map<string, LabelRow>(), devices: new Map<string, LabelRow>() };
  for (const cell of cells) {
    const prefix = prefixOf(cell);
    const run = await readRun(join(cell.folder, 'run'));
    for (const subject of run[kind]) {
      subjects.push({ ...subject, id: prefix + subject.id, account: prefix + subject.account });
    }
    for (const [account, cluster] of run.clusterOf) clusterOf.set(prefix + account, prefix + cluster);
    const truth = await readLabels(join(cell.folder, 'labels.csv'));
    for (const labelled of ['accounts', 'devices'] as const) {
      for (const [id, row] of truth[labelled]) {
        labels[labelled].set(prefix + id, {
          ...row,
          operator: row.operator === null ? null : prefix + row.operator,
        });
      }
    }
  }
  const sample = joinLabels(subjects, labels[kind], labels.accounts);
  return { sample, world: sample.ids.map((id) => id.slice(0, id.indexOf('/'))), clusterOf };
}

/** Opens every name of a cell in a pool. */
export const prefixOf = ({ world, seed }: Cell): string => `${world}/${seed}/`;

/** The subjects at the given positions, with their units counted anew. */
export function subset(sample: Sample, at: readonly number[]): Sample {
  const units = new Map<number, number>();
  const unit = Uint32Array.from(at, (i) => {
    const known = units.get(sample.unit[i]!) ?? units.size;
    units.set(sample.unit[i]!, known);
    return known;
  });
  return {
    ids: at.map((i) => sample.ids[i]!),
    bad: Uint8Array.from(at, (i) => sample.bad[i]!),
    outcome: Uint8Array.from(at, (i) => sample.outcome[i]!),
    risk: Float64Array.from(at, (i) => sample.risk[i]!),
    family: at.map((i) => sample.family[i]!),
    strength: at.map((i) => sample.strength[i]!),
    operator: at.map((i) => sample.operator[i]!),
    unit,
    units: units.size,
    inRun: at.length,
    labelsWithoutSubject: 0,
  };
}

/** Subjects of one truth by a key of theirs, in the order of the sample. */
export function groupsOf<K>(sample: Sample, bad: 0 | 1, keyOf: (i: number) => K): Map<K, number[]> {
  const groups = new Map<K, number[]>();
  for (let i = 0; i < sample.ids.length; i++) {
    if (sample.bad[i] !== bad) continue;
    const key = keyOf(i);
    const members = groups.get(key);
    if (members) members.push(i);
    else groups.set(key, [i]);
  }
  return groups;
}

export const byText = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0);

export interface Rate {
  value: number;
  low: number;
  high: number;
}

/** With fewer operators than this, draws with replacement say little. */
const FEW = 10;

/**
 * Share of subjects with at least `outcome`, with its 95 % interval from a bootstrap over operators. Where
 * all or none has it every draw is alike, and draws of a few operators hardly differ: there the interval is
 * exact over operators (Clopper & Pearson 1934), as if the members of one operator were a single witness,
 * from the share rounded down to whole operators to the share rounded up.
 */
export function rateOf(sample: Sample, outcome: number, { resamples, seed }: Bootstrap): Rate {
  const hits = new Float64Array(sample.units);
  const sizes = new Float64Array(sample.units);
  for (const [i, u] of sample.unit.entries()) {
    sizes[u]! += 1;
    if (sample.outcome[i]! >= outcome) hits[u]! += 1;
  }
  const n = sample.ids.length;
  const found = hits.reduce((sum, h) => sum + h, 0);
  const value = found / n;
  if (found === 0 || found === n || sample.units < FEW) {
    const { units } = sample;
    const { low } = clopperPearson(Math.floor(value * units), units);
    return { value, low, high: clopperPearson(Math.ceil(value * units), units).high };
  }
  const [draws] = resample({ sizes: new Uint32Array(sample.units).fill(1), resamples, seed }, (weights) => {
    let part = 0;
    let whole = 0;
    for (let u = 0; u < sizes.length; u++) {
      part += weights[u]! * hits[u]!;
      whole += weights[u]! * sizes[u]!;
    }
    return [part / whole];
  });
  const interval = draws ? percentileInterval(draws) : null;
  return { value, low: interval?.low ?? 0, high: interval?.high ?? 1 };
}

/** Share of what is excluded or void that is bad; null where nothing is. */
export function precisionOf(sample: Sample, bootstrap: Bootstrap): Rate | null {
  const flagged = sample.ids.flatMap((_, i) => (sample.outcome[i] === FINAL ? [i] : []));
  if (flagged.length === 0) return null;
  const part = subset(sample, flagged);
  return rateOf({ ...part, outcome: part.bad.map((bad) => (bad === 1 ? FINAL : 0)) }, FINAL, bootstrap);
}
