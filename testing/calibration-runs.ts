/** Labelled subjects with known likelihood ratios, for tests of the fit. */
import type { Family } from '../contracts/evidence.ts';
import type { Policy } from '../contracts/policy.ts';
import { loadPolicy } from '../pipelines/judge/policy.ts';
import type { FitOptions } from '../runs/calibrate/fit.ts';
import {
  type LabelledFinding,
  type LevelInfo,
  type Material,
  material,
  type PatternPiece,
} from '../runs/calibrate/material.ts';
import { sfc32Uniform } from '../statistics/prng.ts';

export interface SyntheticLevel {
  name: string;
  present: number;
  /** Hit rate by attack family; false-alarm rate in cohorts, all alike or by name. */
  hits: Record<string, number>;
  alarms: number | Record<string, number>;
  anyone?: boolean;
}

export interface Synthetic {
  levels: readonly SyntheticLevel[];
  families: readonly string[];
  perFamily: number;
  cohorts: number;
  perCohort: number;
  seed?: number;
}

/** Detectors of one letter; each speaks for its own family of evidence. */
const EVIDENCE: Readonly<Record<string, Family>> = { d: 'timing', e: 'money', f: 'graph', g: 'identity' };

const infoOf = ({ name, anyone }: SyntheticLevel): LevelInfo => {
  const [detector, level] = name.split('.') as [string, string];
  return {
    detector,
    level,
    family: EVIDENCE[detector]!,
    forgeableBy: anyone ? 'anyone' : 'operator',
    contradiction: false,
  };
};

/** Subjects whose findings are drawn independently of each other. Ten attackers share an operator. */
export function subjectsOf({
  levels,
  families,
  perFamily,
  cohorts,
  perCohort,
  seed = 1,
}: Synthetic): LabelledFinding[] {
  const random = sfc32Uniform(seed);
  const drawn = (rateOf: (level: SyntheticLevel) => number): string =>
    JSON.stringify(levels.flatMap((level, i) => (random() < rateOf(level) ? [i] : [])));
  const bad = families.flatMap((family) =>
    Array.from({ length: perFamily }, (_, k) => ({
      bad: true,
      family,
      operator: `${family} ${Math.floor(k / 10)}`,
      weight: 1,
      findings: drawn(({ hits }) => hits[family] ?? 0),
    })),
  );
  const good = Array.from({ length: cohorts * perCohort }, (_, k) => {
    const family = `cohort-${k % cohorts}`;
    const rate = ({ alarms }: SyntheticLevel) =>
      typeof alarms === 'number' ? alarms : (alarms[family] ?? 0);
    return { bad: false, family, operator: `${k}`, weight: 1, findings: drawn(rate) };
  });
  return [...bad, ...good];
}

export function materialOf(
  levels: readonly SyntheticLevel[],
  subjects: readonly LabelledFinding[],
): Material {
  const infos = levels.map(infoOf);
  return material('account', infos, subjects, (text) => {
    const found = JSON.parse(text) as number[];
    const pieces = found.map((no): PatternPiece => {
      const { detector, level, family, forgeableBy } = infos[no]!;
      const nothing = { value: null, bound: null, sharers: null, sharers_in_cluster: null, card: null };
      // Levels are drawn independently of each other, so each is a statement of its own.
      return {
        no,
        detector,
        level,
        family,
        forgeable_by: forgeableBy,
        facet: level,
        links: false,
        hub: false,
        ...nothing,
      };
    });
    return { pieces, levels: found, shown: found };
  });
}

export function optionsOf(levels: readonly SyntheticLevel[], more: Partial<FitOptions> = {}): FitOptions {
  const weights: Policy['weights'] = {};
  for (const { name, present } of levels) {
    const [detector, level] = name.split('.') as [string, string];
    weights[detector] = { ...weights[detector], [level]: present };
  }
  return { policy: { ...loadPolicy(), weights }, trust: 1, promote: new Set(), ...more };
}
