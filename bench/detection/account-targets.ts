/** What the detection of Sybil accounts has to reach, and whether a set of figures reaches it. Pure. */
import { shareText as percent, type Target } from '../worlds/target.ts';
import type { AccountFigures } from './accounts.ts';
import type { Cohort } from './attacks.ts';
import { type ByStrength, precisionTarget, recallTargets } from './targets.ts';

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

const sum = (cohorts: readonly Cohort[], count: (cohort: Cohort) => number) =>
  cohorts.reduce((total, cohort) => total + count(cohort), 0);

function honestTargets({ honest_worlds: cohorts }: AccountFigures): Target[] {
  const n = sum(cohorts, (cohort) => cohort.n);
  const excluded = cohorts.filter(({ final }) => final > 0);
  const held = cohorts.filter((cohort) => cohort.review / cohort.n > TARGETS.review);
  const few = n < TARGETS.least.honest;
  const enough = few ? [`${n} of ${TARGETS.least.honest} accounts`] : [];
  const review = sum(cohorts, (cohort) => cohort.review);
  return [
    {
      target: 'honest accounts excluded, worlds without a Sybil',
      wanted: '0',
      got: `${sum(cohorts, ({ final }) => final)} of ${n}`,
      state: excluded.length > 0 ? 'missed' : few ? 'few' : 'met',
      open: excluded.length > 0 ? excluded.map((c) => `${c.family} ${c.final} of ${c.n}`) : enough,
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
export function accountTargets(found: AccountFigures): Target[] {
  const whole = found.operators.find(({ strength }) => strength === null)?.clusters;
  const f1 = whole?.f1.value ?? null;
  const least = TARGETS.least.sybils;
  return [
    precisionTarget(found.precision, TARGETS.precision, 'exclude'),
    ...recallTargets(found, 'final', { wanted: TARGETS.exclude, least, name: 'recall' }),
    ...recallTargets(found, 'final_or_review', {
      wanted: TARGETS.exclude_or_review,
      least,
      name: 'exclude or review',
    }),
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
