/**
 * The rules-only baselines: checks of rules.sql with thresholds set by hand, or given by training worlds.
 * Pure.
 */

/**
 * The thresholds that people set by hand, before they have seen a labelled fake: any identifier that another
 * machine reports, anything unequal to the data sheet, less than half of the data sheet's speed, half of all
 * pings lost.
 */
export const BY_HAND: Readonly<Record<string, number>> = {
  uuid_on_others: 1,
  serial_on_others: 1,
  memory_unequal: 1,
  name_unequal: 1,
  device_id_unequal: 1,
  undeclared_slice: 1,
  fp32_short: 0.5,
  bandwidth_short: 0.5,
  telemetry_constant: 1,
  pings_lost: 0.5,
};

/** How many of the rules by hand a device breaks. */
export function brokenRules(facts: Facts): Float64Array {
  const broken = new Float64Array(Object.values(facts)[0]?.length ?? 0);
  for (const [check, from] of Object.entries(BY_HAND)) {
    const values = facts[check];
    if (!values) throw new Error(`no column ${check} in the facts of rules.sql`);
    for (const [i, value] of values.entries()) if (value >= from) broken[i]! += 1;
  }
  return broken;
}

/** Numbers by check; NaN where a check has nothing to look at. Higher is worse. */
export type Facts = Readonly<Record<string, Float64Array>>;

export interface Step {
  /** Values from here on. */
  from: number;
  /** Share of fakes among the training devices from here on, made to rise with the value. */
  precision: number;
}

/** Per check its steps, by rising value. */
export type Rules = Readonly<Record<string, Step[]>>;

/** A threshold that fewer fakes than this pass was met by chance. */
const LEAST_FAKES = 20;
const MOST_STEPS = 200;

/**
 * Finds for each check what share of the training devices beyond each of its values is fake. A check is taken
 * at its word in one direction only, as a person writes rules.
 */
export function tuneRules(facts: Facts, bad: Uint8Array): Rules {
  return Object.fromEntries(Object.entries(facts).map(([name, values]) => [name, stepsOf(values, bad)]));
}

function stepsOf(values: Float64Array, bad: Uint8Array): Step[] {
  const order = Array.from(values.keys())
    .filter((i) => !Number.isNaN(values[i]))
    .sort((a, b) => values[b]! - values[a]!);
  const steps: Step[] = [];
  let fakes = 0;
  let best = 0;
  const stride = Math.max(1, Math.floor(order.length / MOST_STEPS));
  for (const [k, i] of order.entries()) {
    fakes += bad[i]!;
    const last = k + 1 === order.length || values[order[k + 1]!] !== values[i];
    const due = k + 1 === order.length || k % stride === 0 || steps.length < MOST_STEPS / 4;
    if (!last || !due || fakes < LEAST_FAKES) continue;
    steps.push({ from: values[i]!, precision: fakes / (k + 1) });
  }
  steps.reverse();
  // A lower threshold that is purer than a higher one holds for all beyond it.
  for (const step of steps) {
    best = Math.max(best, step.precision);
    step.precision = best;
  }
  return steps;
}

/** The highest training precision of all thresholds that a device passes: 0 when it passes none. */
export function ruleScores(rules: Rules, facts: Facts): Float64Array {
  const rows = Object.values(facts)[0]?.length ?? 0;
  const scores = new Float64Array(rows);
  for (const [name, steps] of Object.entries(rules)) {
    const values = facts[name];
    if (!values) continue;
    for (let i = 0; i < rows; i++) {
      let score = 0;
      for (const { from, precision } of steps) {
        if (!(values[i]! >= from)) break;
        score = precision;
      }
      if (score > scores[i]!) scores[i] = score;
    }
  }
  return scores;
}

/** The lowest threshold of each check that the floor allows, for print. */
export function thresholdsAt(rules: Rules, floor: number): { check: string; from: number }[] {
  return Object.entries(rules).flatMap(([check, steps]) => {
    const step = steps.find(({ precision }) => precision >= floor);
    return step ? [{ check, from: step.from }] : [];
  });
}
