/** What the detection of Sybil accounts has to reach, and whether a set of figures reaches it. Pure. */
import { shareText as percent, type Target } from '../worlds/target.ts';
import type { Cohort, Figures } from './figures.ts';

type ByStrength = Readonly<Record<number, number>>;

export const TARGETS = {
  /** Accounts excluded that are Sybils. */
  precision: 0.995,
  /** By strength, in every family, of accounts of operators of four or more. */
  exclude: { 1: 0.95, 2: 0.9, 3: 0.75, 4: 0.5 } as ByStrength,
  exclude_or_review: { 1: 0.98, 2: 0.95, 3: 0.9, 4: 0.75 } as ByStrength,
  /** B-cubed of operators. */
  f1: 0.9,
  /** Held of any honest cohort, in worlds without a Sybil; none may be excluded. */
  review: 0.01,
  /** Fewer subjects than these say too little. */
  least: { sybils: 1000, honest: 300_000 },
} as const;

function recallTarget(
  found: Figures,
  strength: number,
  wanted: number,
  kind: 'exclude' | 'exclude_or_review',
): Target {
  const cells = found.cells.filter((cell) => cell.strength === strength);
  const pooled = found.strengths.find((cell) => cell.strength === strength);
  const below = cells.filter((cell) => cell[kind].value < wanted);
  const few = cells.filter(({ n }) => n < TARGETS.least.sybils);
  const missed = below.length > 0 || !pooled;
  return {
    target: `${kind === 'exclude' ? 'recall' : 'exclude or review'}, strength ${strength}, every family`,
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

const sum = (cohorts: readonly Cohort[], count: (cohort: Cohort) => number) =>
  cohorts.reduce((total, cohort) => total + count(cohort), 0);

function honestTargets({ honest_worlds: cohorts }: Figures): Target[] {
  const n = sum(cohorts, (cohort) => cohort.n);
  const excluded = cohorts.filter(({ exclude }) => exclude > 0);
  const held = cohorts.filter((cohort) => cohort.review / cohort.n > TARGETS.review);
  const few = n < TARGETS.least.honest;
  const enough = few ? [`${n} of ${TARGETS.least.honest} accounts`] : [];
  const review = sum(cohorts, (cohort) => cohort.review);
  return [
    {
      target: 'honest accounts excluded, worlds without a Sybil',
      wanted: '0',
      got: `${sum(cohorts, ({ exclude }) => exclude)} of ${n}`,
      state: excluded.length > 0 ? 'missed' : few ? 'few' : 'met',
      open: excluded.length > 0 ? excluded.map((c) => `${c.family} ${c.exclude} of ${c.n}`) : enough,
    },
    {
      target: 'honest accounts held, worlds without a Sybil, every cohort',
      wanted: `≤ ${percent(TARGETS.review)} each`,
      got: `${review} of ${n}; ${held.length} of ${cohorts.length} cohorts above`,
      state: held.length > 0 ? 'missed' : few ? 'few' : 'met',
      open: held.length > 0 ? held.map((c) => `${c.family} ${c.review} of ${c.n}`) : enough,
    },
  ];
}

/** Every target with what was measured. */
export function checkTargets(found: Figures): Target[] {
  const { precision } = found;
  const whole = found.operators.find(({ strength }) => strength === null)?.clusters;
  const f1 = whole?.f1.value ?? null;
  const recall = (['exclude', 'exclude_or_review'] as const).flatMap((kind) =>
    Object.entries(TARGETS[kind]).map(([s, wanted]) => recallTarget(found, Number(s), wanted, kind)),
  );
  return [
    {
      target: 'precision of exclude, all worlds',
      wanted: `≥ ${TARGETS.precision}`,
      got: precision
        ? `${precision.value.toFixed(4)} (${precision.low.toFixed(4)} to ${precision.high.toFixed(4)})`
        : 'nothing excluded',
      state: precision && precision.value >= TARGETS.precision ? 'met' : 'missed',
      open: [],
    },
    ...recall,
    {
      target: 'operators, B-cubed F1',
      wanted: `≥ ${TARGETS.f1}`,
      got: whole && f1 !== null ? `${f1.toFixed(3)} over ${whole.operators} operators` : 'none',
      state: f1 !== null && f1 >= TARGETS.f1 ? 'met' : 'missed',
      open: [],
    },
    ...honestTargets(found),
  ];
}
