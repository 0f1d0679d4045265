/**
 * Fits a policy's weights on finished runs with known truth. Reads run directories and labels; writes
 * nothing.
 */

import type { CalibratedLevel, Calibration, Reliability } from '../../contracts/calibration.ts';
import { GhostcardError } from '../../contracts/errors.ts';
import type { Policy } from '../../contracts/policy.ts';
import { loadDetectors } from '../../pipelines/detect/registry.ts';
import type { Kind } from '../../pipelines/judge/fusion.ts';
import { checkAgainstDetectors, checkPolicy } from '../../pipelines/judge/policy.ts';
import { openWarehouse } from '../../pipelines/warehouse/warehouse.ts';
import type { BootstrapOptions } from '../../statistics/bootstrap.ts';
import { type FitOptions, type LevelFit, presentWeight, weightsWith } from './fit.ts';
import { fitKind, heldOutSums, type KindFit, weightIntervals } from './held-out.ts';
import { type Material, material } from './material.ts';
import { levelsOf, type Metas, patternReader } from './patterns.ts';
import { sumsOf } from './predict.ts';
import { provenance } from './provenance.ts';
import { type LabelledRun, type RunAndLabels, readLabelledRun } from './read.ts';
import { reliability } from './reliability.ts';

export interface CalibrateOptions {
  pairs: readonly RunAndLabels[];
  policy: Policy;
  trust: number;
  promote: readonly string[];
  baseRates: readonly number[];
  resamples: number;
  seed: number;
  /** Name of the new policy, and words for its provenance beside what is known anyway; may be empty. */
  name: string;
  note: string;
  /** The command line as it stands in the provenance: names of runs, never paths. */
  command: string;
}

export interface Calibrated {
  policy: Policy;
  calibration: Calibration;
}

/** Shares of bad subjects at which a rise must pay and risks are compared with the truth. */
export const BASE_RATES = [0.001, 0.01, 0.1, 0.5] as const;

/** Coverage of every interval. */
const LEVEL = 0.95;
const KINDS = ['account', 'device'] as const;

/** Runs as material of both kinds. Throws E_RUN or E_LABELS. */
export async function readMaterials(
  pairs: readonly RunAndLabels[],
  metas: Metas,
  policy: Policy,
): Promise<{ runs: LabelledRun[]; materials: Record<Kind, Material> }> {
  const warehouse = await openWarehouse({ path: ':memory:', threads: 1, memory: '1GB' });
  const runs: LabelledRun[] = [];
  try {
    for (const [place, pair] of pairs.entries()) runs.push(await readLabelledRun(pair, place, warehouse));
  } finally {
    warehouse.close();
  }
  const of = (kind: Kind) => {
    const levels = levelsOf(metas, kind, policy);
    const subjects = runs.flatMap((run) => run[kind]);
    return material(kind, levels, subjects, patternReader(levels, metas, kind, policy));
  };
  return { runs, materials: { account: of('account'), device: of('device') } };
}

/** True when there is somebody to fit on: bad and good subjects. */
const fittable = ({ groups }: Material): boolean =>
  groups.some(({ bad }) => bad) && groups.some(({ bad }) => !bad);

const round = (value: number, digits = 6): number => Number(value.toFixed(digits));
const rounded = (value: number | null | undefined): number | null =>
  value === null || value === undefined ? null : round(value, 3);

function levelRows(
  from: Material,
  { all, groups }: KindFit,
  spread: readonly ({ low: number; high: number } | null)[],
): CalibratedLevel[] {
  return from.levels.map(({ detector, level, forgeableBy }, i) => {
    const fit = all[i]!;
    const shown = (bad: boolean) =>
      groups.reduce((sum, group) => sum + (group.bad === bad ? group.shown[i]! : 0), 0);
    return {
      subject: from.kind,
      detector,
      level,
      forgeable_by: forgeableBy,
      present: fit.present,
      fitted: fit.fitted,
      low: rounded(spread[i]?.low),
      high: rounded(spread[i]?.high),
      estimate: rounded(fit.estimate),
      held_out_low: rounded(fit.range?.low),
      held_out_high: rounded(fit.range?.high),
      bad: shown(true),
      good: shown(false),
      families: groups.filter((group) => group.bad && group.pure && group.shown[i]! > 0).length,
      tested: Math.round(fit.tested),
      cohorts: fit.cohorts,
      why: fit.why,
      held_out: fit.heldOut,
    };
  });
}

interface KindResult {
  fitted: readonly LevelFit[];
  levels: CalibratedLevel[];
  reliability: Reliability[];
}

function calibrateKind(
  from: Material,
  options: FitOptions,
  bootstrap: BootstrapOptions,
  baseRates: readonly number[],
): KindResult {
  const fit = fitKind(from, options, baseRates);
  const { policy } = options;
  const present = sumsOf(
    from,
    from.levels.map((info) => presentWeight(policy, info)),
    policy,
  );
  const predictions = {
    present: Float64Array.from(from.pattern, (pattern) => present[pattern]!),
    fitted: heldOutSums(from, fit, options),
  };
  return {
    fitted: fit.all,
    levels: levelRows(from, fit, weightIntervals(from, fit, options, bootstrap)),
    reliability: (['present', 'fitted'] as const).flatMap((weights) =>
      baseRates.map((rate) => ({
        subject: from.kind,
        weights,
        ...reliability(
          { material: from, sums: predictions[weights], prior: policy.prior[from.kind] },
          rate,
          bootstrap,
        ),
      })),
    ),
  };
}

/** Throws E_RUN, E_LABELS, or E_POLICY where the fitted policy would not load. */
export async function calibrate(options: CalibrateOptions): Promise<Calibrated> {
  const detectors = await loadDetectors();
  const metas: Metas = new Map(detectors.map(({ id, meta }) => [id, meta]));
  const { policy } = options;
  checkAgainstDetectors(policy, detectors);
  for (const id of options.promote) {
    if (metas.has(id)) continue;
    throw new GhostcardError('E_DETECTOR', {
      subject: id,
      expected: [...metas.keys()].join(', '),
      got: 'another name',
      todo: 'See ghostcard detectors for all of them.',
    });
  }
  const { runs, materials } = await readMaterials(options.pairs, metas, policy);
  const kinds = KINDS.filter((kind) => fittable(materials[kind]));
  if (kinds.length === 0) {
    throw new GhostcardError('E_LABELS', {
      subject: options.pairs.map(({ labels }) => labels).join(', '),
      expected: 'labels of bad and of good subjects of the runs',
      got: 'only one of the two, or none of the subjects',
      todo: 'Name each run with its own labels.',
    });
  }
  const fit = { policy, trust: options.trust, promote: new Set(options.promote) };
  const bootstrap = { resamples: options.resamples, seed: options.seed, level: LEVEL };
  const results = kinds.map((kind) => calibrateKind(materials[kind], fit, bootstrap, options.baseRates));
  const weights = kinds.reduce(
    (before, kind, k) => weightsWith(before, materials[kind].levels, results[k]!.fitted),
    policy.weights,
  );
  const calibration: Calibration = {
    schema: 'ghostcard/calibration/1',
    runs: runs.map(({ about }) => about),
    bootstrap,
    trust: options.trust,
    base_rates: [...options.baseRates],
    levels: results.flatMap(({ levels }) => levels),
    reliability: results.flatMap((result) => result.reliability),
  };
  const fitted: Policy = {
    ...policy,
    name: options.name,
    provenance: provenance(calibration, policy, options),
    weights,
  };
  checkAgainstDetectors(fitted, detectors);
  return { policy: checkPolicy(fitted), calibration };
}
