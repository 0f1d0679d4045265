/** What the detection of fake cards has to reach, and whether a set of figures reaches it. Pure. */
import { shareText as percent, type Target } from '../worlds/target.ts';
import type { Figures } from './figures.ts';

export const TARGETS = {
  /** Devices void that are fake. */
  precision: 0.995,
  /** Void of all fakes, by strength, in every family. */
  recall: { 1: 0.99, 2: 0.95, 3: 0.85, 4: 0.6 } as Readonly<Record<number, number>>,
  /** Void or review of all fakes, by strength, in every family. */
  reached: { 4: 0.8 } as Readonly<Record<number, number>>,
  /** Void of any honest cohort. */
  honest: 0.001,
  /** Recall at any strength, between worlds with few and with many fakes. */
  shares: 0.05,
  /** Fewer subjects than these say too little. */
  least: { fakes: 1000, honest: 3000 },
} as const;

function recallTarget(
  found: Figures,
  strength: number,
  wanted: number,
  kind: 'void' | 'void_or_review',
): Target {
  const cells = found.cells.filter((cell) => cell.strength === strength);
  const pooled = found.strengths.find((cell) => cell.strength === strength);
  const below = cells.filter((cell) => cell[kind].value < wanted);
  const few = cells.filter(({ n }) => n < TARGETS.least.fakes);
  const missed = below.length > 0 || !pooled;
  return {
    target: `${kind === 'void' ? 'recall' : 'void or review'}, strength ${strength}, every family`,
    wanted: `≥ ${wanted}`,
    got: pooled
      ? `${percent(pooled[kind].value)} pooled; ${cells.length - below.length} of ${cells.length} families`
      : 'none',
    state: missed ? 'missed' : few.length > 0 ? 'few' : 'met',
    open: missed
      ? below.map((cell) => `${cell.family} ${percent(cell[kind].value)}`)
      : few.map(({ family, n }) => `${family} n = ${n}`),
  };
}

function honestTarget(found: Figures): Target {
  const hit = found.cohorts.filter((cohort) => cohort.void / cohort.n > TARGETS.honest);
  // Real machines of Sybils are honest devices too, and no cohort that anyone asked for.
  const few = found.cohorts.filter(
    ({ family, n }) => family.startsWith('honest-') && n < TARGETS.least.honest,
  );
  const voided = found.cohorts.reduce((sum, cohort) => sum + cohort.void, 0);
  const devices = found.cohorts.reduce((sum, cohort) => sum + cohort.n, 0);
  return {
    target: `honest cohorts void, each of ${TARGETS.least.honest} devices or more`,
    wanted: `≤ ${percent(TARGETS.honest)} each`,
    got: `${voided} of ${devices} devices; ${hit.length} of ${found.cohorts.length} cohorts above`,
    state: hit.length > 0 ? 'missed' : few.length > 0 ? 'few' : 'met',
    open:
      hit.length > 0
        ? hit.map((c) => `${c.family} ${c.void} of ${c.n}`)
        : few.map((c) => `${c.family} n = ${c.n}`),
  };
}

function shareTarget(found: Figures): Target {
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
export function checkTargets(found: Figures): Target[] {
  const { precision } = found;
  const recall = Object.entries(TARGETS.recall).map(([s, wanted]) =>
    recallTarget(found, Number(s), wanted, 'void'),
  );
  const reached = Object.entries(TARGETS.reached).map(([s, wanted]) =>
    recallTarget(found, Number(s), wanted, 'void_or_review'),
  );
  return [
    {
      target: 'precision of void',
      wanted: `≥ ${TARGETS.precision}`,
      got: precision
        ? `${precision.value.toFixed(4)} (${precision.low.toFixed(4)} to ${precision.high.toFixed(4)})`
        : 'nothing void',
      state: precision && precision.value >= TARGETS.precision ? 'met' : 'missed',
      open: [],
    },
    ...recall,
    ...reached,
    honestTarget(found),
    shareTarget(found),
  ];
}
