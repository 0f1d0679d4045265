/** Devices of many cells with their truth, as one sample whose units stay apart: seeds share no operator. */
import { join } from 'node:path';
import { clopperPearson } from '../../pipelines/evaluate/binomial.ts';
import { percentileInterval, resample } from '../../pipelines/evaluate/bootstrap.ts';
import { type LabelRow, readLabels } from '../../pipelines/evaluate/read-labels.ts';
import { readRun } from '../../pipelines/evaluate/read-run.ts';
import { joinLabels, type RunSubject, type Sample } from '../../pipelines/evaluate/sample.ts';
import type { Cell } from './cells.ts';

export interface Pool {
  sample: Sample;
  /** World of each subject of the sample. */
  world: string[];
}

/** Throws E_RUN or E_LABELS. */
export async function poolDevices(cells: readonly Cell[]): Promise<Pool> {
  const devices: RunSubject[] = [];
  const labels = { accounts: new Map<string, LabelRow>(), devices: new Map<string, LabelRow>() };
  for (const cell of cells) {
    const prefix = prefixOf(cell);
    const run = await readRun(join(cell.folder, 'run'));
    for (const device of run.devices) {
      devices.push({ ...device, id: prefix + device.id, account: prefix + device.account });
    }
    const truth = await readLabels(join(cell.folder, 'labels.csv'));
    for (const kind of ['accounts', 'devices'] as const) {
      for (const [id, row] of truth[kind]) {
        labels[kind].set(prefix + id, {
          ...row,
          operator: row.operator === null ? null : prefix + row.operator,
        });
      }
    }
  }
  const sample = joinLabels(devices, labels.devices, labels.accounts);
  return { sample, world: sample.ids.map((id) => id.slice(0, id.indexOf('/'))) };
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

export interface Rate {
  value: number;
  low: number;
  high: number;
}

/**
 * Share of subjects with at least `outcome`, with its 95 % interval from a bootstrap over operators. Where all or none
 * has it every draw is alike, so there the interval is exact over operators (Clopper & Pearson 1934), as if the
 * members of one operator were a single witness.
 */
export function rateOf(
  sample: Sample,
  outcome: number,
  { resamples, seed }: { resamples: number; seed: number },
): Rate {
  const hits = new Float64Array(sample.units);
  const sizes = new Float64Array(sample.units);
  for (const [i, u] of sample.unit.entries()) {
    sizes[u]! += 1;
    if (sample.outcome[i]! >= outcome) hits[u]! += 1;
  }
  const n = sample.ids.length;
  const found = hits.reduce((sum, h) => sum + h, 0);
  const value = found / n;
  if (found === 0 || found === n) {
    return { value, ...clopperPearson(found === 0 ? 0 : sample.units, sample.units) };
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
