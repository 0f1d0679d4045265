/** What the detection of fake cards has to reach, and whether a set of figures reaches it. Pure. */
import { shareText as percent, type Target } from '../worlds/target.ts';
import type { DeviceFigures } from './devices.ts';
import { type ByStrength, precisionTarget, recallTargets } from './targets.ts';

export const TARGETS = {
  /** Devices void that are fake. */
  precision: 0.995,
  /** Void of all fakes, by strength, in every family. */
  recall: { 1: 0.99, 2: 0.95, 3: 0.85, 4: 0.6 } as ByStrength,
  /** Void or review of all fakes, by strength, in every family. */
  reached: { 4: 0.8 } as ByStrength,
  /** Void of any honest cohort. */
  honest: 0.001,
  /** Recall at any strength, between worlds with few and with many fakes. */
  shares: 0.05,
  /** Fewer subjects than these say too little. */
  least: { fakes: 1000, honest: 3000 },
} as const;

function honestTarget(found: DeviceFigures): Target {
  const hit = found.cohorts.filter((cohort) => cohort.final / cohort.n > TARGETS.honest);
  // Real machines of Sybils are honest devices too, and no cohort that anyone asked for.
  const few = found.cohorts.filter(
    ({ family, n }) => family.startsWith('honest-') && n < TARGETS.least.honest,
  );
  const voided = found.cohorts.reduce((sum, cohort) => sum + cohort.final, 0);
  const devices = found.cohorts.reduce((sum, cohort) => sum + cohort.n, 0);
  return {
    target: `honest cohorts void, each of ${TARGETS.least.honest} devices or more`,
    wanted: `≤ ${percent(TARGETS.honest)} each`,
    got: `${voided} of ${devices} devices; ${hit.length} of ${found.cohorts.length} cohorts above`,
    state: hit.length > 0 ? 'missed' : few.length > 0 ? 'few' : 'met',
    open:
      hit.length > 0
        ? hit.map((c) => `${c.family} ${c.final} of ${c.n}`)
        : few.map((c) => `${c.family} n = ${c.n}`),
  };
}

function shareTarget(found: DeviceFigures): Target {
  const attacked = found.worlds.filter(({ fakes }) => fakes > 0);
  const strengths = Object.keys(attacked[0]?.recall ?? {});
  const spread = strengths.map((strength) => {
    const values = attacked.map(({ recall }) => recall[strength] ?? 0);
    return { strength, gap: Math.max(...values) - Math.min(...values) };
  });
  const widest = Math.max(0, ...spread.map(({ gap }) => gap));
  const wide = spread.filter(({ gap }) => gap > TARGETS.shares);
  return {
    target: `recall alike at every share of fakes (${attacked.map(({ fakes }) => percent(fakes)).join(', ')})`,
    wanted: `within ${100 * TARGETS.shares} points`,
    got: `${(100 * widest).toFixed(1)} points`,
    state: wide.length > 0 ? 'missed' : attacked.length < 2 || strengths.length === 0 ? 'few' : 'met',
    open: wide.map(({ strength, gap }) => `strength ${strength}: ${(100 * gap).toFixed(1)} points`),
  };
}

/** Every target with what was measured. */
export function deviceTargets(found: DeviceFigures): Target[] {
  const { recall, reached, least, precision } = TARGETS;
  return [
    precisionTarget(found.precision, precision, 'void'),
    ...recallTargets(found, 'final', { wanted: recall, least: least.fakes, name: 'recall' }),
    ...recallTargets(found, 'final_or_review', {
      wanted: reached,
      least: least.fakes,
      name: 'void or review',
    }),
    honestTarget(found),
    shareTarget(found),
  ];
}
