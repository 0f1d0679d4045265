/**
 * What one level is worth: a log likelihood ratio drawn towards the present weight, with everything that
 * bounds it. Pure.
 */
import type { CalibratedWhy } from '../../contracts/calibration.ts';
import type { Rates } from './rates.ts';

/** What a person decided about a level, and no fit changes. */
export interface LevelTerms {
  present: number;
  /** Why its weight never rises; NULL where it may. */
  stays: 'anyone' | 'no-gain' | null;
  /** The most that its family may add, nats. */
  cap: number;
  /**
   * Weights from which on the level may do more alone than it could before: link accounts, hold somebody.
   * Nats.
   */
  lines: readonly number[];
}

export interface FittedLevel {
  /** Nats. */
  weight: number;
  why: CalibratedWhy;
  heldOut: string | null;
  /**
   * ln(hit rate / false-alarm rate), nobody held out and over all hold-outs; NULL where no attacker shows it.
   */
  estimate: number | null;
  range: { low: number; high: number } | null;
  /** Fisher information about the weight: how much it counts when levels are put in order. */
  information: number;
  /** It may not be lifted above this when levels are put in order. */
  ceiling: number;
  /** Honest units and cohorts behind it, with nobody held out. */
  tested: number;
  cohorts: number;
}

/** 95 % upper bound of a rate of which nothing was seen, times the trials (Hanley & Lippman-Hand 1983). */
const RULE_OF_THREE = 3;
/** Of a typical family's hit rate, what the families that are left must show together for a level to rise. */
const ENOUGH_SUPPORT = 0.5;
const MOST_STEPS = 100;
const SLOPE_ENOUGH = 1e-9;
/** A weight that is not to cross a line stays this far below it, nats. */
const SHORT_OF = 0.05;

/**
 * The weight w that maximises y·(ln s − w) − n·s·e^−w − (w − present)² / 2·trust²: false alarms are Poisson
 * with rate s·e^−w, where s is the hit rate, and the present weight is a normal prior. Without a false alarm
 * it grows as the logarithm of n; without honest subjects it stays.
 */
function posteriorMode(
  present: number,
  rates: Pick<Rates, 'hitRate' | 'honest' | 'alarms'>,
  trust: number,
): number {
  let w = 0;
  // The slope falls and is convex, so that Newton's steps from the left never pass its root.
  for (let i = 0; i < MOST_STEPS; i++) {
    const slope = slopeAt(w, present, rates, trust);
    if (slope <= SLOPE_ENOUGH) break;
    w += slope / (rates.honest * rates.hitRate * Math.exp(-w) + 1 / (trust * trust));
  }
  return w;
}

/** Derivative of the log posterior at `w`. */
const slopeAt = (
  w: number,
  present: number,
  { hitRate, honest, alarms }: Pick<Rates, 'hitRate' | 'honest' | 'alarms'>,
  trust: number,
): number => honest * hitRate * Math.exp(-w) - alarms - (w - present) / (trust * trust);

/** ln of hit rate over false-alarm rate, with at least three false alarms assumed. */
const logRatio = ({ hitRate, honest, alarms }: Rates): number =>
  Math.log((hitRate * honest) / Math.max(alarms, RULE_OF_THREE));

interface Ceiling {
  nats: number;
  why: CalibratedWhy;
}

/**
 * How high a level may rise. As no term of a run passes ln(n/3), no fit raises a weight above that of its own
 * honest subjects. Cohorts are units too: of c silent ones, the chance that a further one is not silent is at
 * most 3/c, and it would be about 1/c of all honest people, so that a false-alarm rate below 3/c² is not
 * shown.
 */
function ceilingOf({ present, stays, cap, lines }: LevelTerms, rates: Rates, typical: number): Ceiling {
  if (stays === 'anyone') return { nats: present, why: stays };
  if (rates.support < typical * ENOUGH_SUPPORT) return { nats: present, why: 'one-attack' };
  const bounds: Ceiling[] = [
    { nats: Math.log((rates.hitRate * rates.honest) / RULE_OF_THREE), why: 'tested' },
    { nats: Math.log((rates.hitRate * rates.cohorts * rates.cohorts) / RULE_OF_THREE), why: 'cohorts' },
    { nats: cap, why: 'cap' },
    ...lines
      .filter((line) => present < line)
      .map((line) => ({ nats: line - SHORT_OF, why: 'line' as const })),
  ];
  const lowest = bounds.reduce((a, b) => (b.nats < a.nats ? b : a));
  if (stays && lowest.nats > present) return { nats: present, why: stays };
  return { nats: Math.max(present, lowest.nats), why: lowest.why };
}

interface Fold extends Ceiling {
  rates: Rates;
  ceiling: number;
}

function foldOf(terms: LevelTerms, rates: Rates, typical: number, trust: number): Fold {
  const ceiling = ceilingOf(terms, rates, typical);
  if (slopeAt(ceiling.nats, terms.present, rates, trust) >= 0)
    return { rates, ceiling: ceiling.nats, ...ceiling };
  const mode = posteriorMode(terms.present, rates, trust);
  return {
    rates,
    ceiling: ceiling.nats,
    nats: mode,
    why: mode < terms.present ? 'false-alarms' : 'evidence',
  };
}

/** The least of what every hold-out leaves. `folds` as `ratesOf` gives them, nobody held out first. */
export function fitLevel(
  terms: LevelTerms,
  folds: readonly Rates[],
  typical: number,
  trust: number,
): FittedLevel {
  const fitted = folds.map((rates) => foldOf(terms, rates, typical, trust));
  const [everybody] = fitted as [Fold, ...Fold[]];
  const least = fitted.reduce((a, b) => (b.nats < a.nats ? b : a));
  const { support, alarms, hitRate, honest } = everybody.rates;
  const ratios = folds.map(logRatio);
  const unseen = support === 0 && alarms === 0;
  return {
    weight: least.nats,
    why: unseen ? 'no-findings' : least.why,
    heldOut: unseen ? null : least.rates.heldOut,
    estimate: support === 0 ? null : ratios[0]!,
    range: support === 0 ? null : { low: Math.min(...ratios), high: Math.max(...ratios) },
    information: 1 / (trust * trust) + honest * hitRate * Math.exp(-everybody.nats),
    ceiling: least.ceiling,
    tested: honest,
    cohorts: everybody.rates.cohorts,
  };
}
