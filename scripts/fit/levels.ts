/** What a detector's level is worth, from labelled runs: a log likelihood ratio that stays on the careful side. Pure. */

/** One labelled subject of one kind with the levels that spoke about it. */
export interface Labelled {
  bad: boolean;
  /** Attack family of a bad subject, cohort of an honest one. */
  group: string;
  /** `detector.level` of every finding. */
  levels: ReadonlySet<string>;
}

export interface Estimate {
  level: string;
  /** Nats; the smallest over all folds that leave one attack family out. */
  nats: number;
  /** Bad and honest subjects with the level. */
  bad: number;
  good: number;
}

/** Attack family or honest cohort: its size, and how many of it each level spoke about. */
export interface Group {
  bad: boolean;
  group: string;
  n: number;
  hits: ReadonlyMap<string, number>;
}

/** Counts subjects once, so that a fit without one family is a fit without one group. */
export function tally(subjects: readonly Labelled[]): Group[] {
  const groups = new Map<string, Group & { hits: Map<string, number> }>();
  for (const { bad, group, levels } of subjects) {
    const key = `${bad} ${group}`;
    const entry = groups.get(key) ?? { bad, group, n: 0, hits: new Map<string, number>() };
    groups.set(key, entry);
    entry.n++;
    for (const level of levels) entry.hits.set(level, (entry.hits.get(level) ?? 0) + 1);
  }
  return [...groups.values()];
}

function rates(
  groups: readonly Group[],
  bad: boolean,
  level: string,
): { hits: number; n: number; group: string }[] {
  return groups
    .filter((group) => group.bad === bad)
    .map(({ group, n, hits }) => ({ group, n, hits: hits.get(level) ?? 0 }));
}

const mean = (values: readonly number[]): number =>
  values.reduce((a, b) => a + b, 0) / Math.max(values.length, 1);

/**
 * ln(sensitivity / false-positive rate). Sensitivity is the mean over attack families, each counted alike, with one
 * caught family left out in turn and the smallest taken, so that no weight rests on one family; a level that catches one
 * family only has its sensitivity halved instead. The false-positive rate is the
 * larger of the mean over honest cohorts and 3/n over all of them (the rule of three).
 */
export function estimate(groups: readonly Group[], level: string): Estimate {
  const bad = rates(groups, true, level);
  const good = rates(groups, false, level);
  const honest = good.reduce((sum, { n }) => sum + n, 0);
  const falsePositives = Math.max(mean(good.map(({ hits, n }) => hits / n)), 3 / Math.max(honest, 3));
  const caught = bad.filter(({ hits }) => hits > 0);
  const folds = caught.map(({ group }) =>
    mean(bad.filter((other) => other.group !== group).map(({ hits, n }) => hits / n)),
  );
  const sensitivity = caught.length > 1 ? Math.min(...folds) : mean(bad.map(({ hits, n }) => hits / n)) / 2;
  const nats = sensitivity === 0 ? 0 : Math.log(sensitivity / falsePositives);
  return {
    level,
    nats: Math.max(0, nats),
    bad: bad.reduce((sum, { hits }) => sum + hits, 0),
    good: good.reduce((sum, { hits }) => sum + hits, 0),
  };
}

/** Pools neighbours that stand in the wrong order (pool adjacent violators): never rising along the list. */
export function falling(values: readonly { value: number; weight: number }[]): number[] {
  const blocks: { value: number; weight: number; count: number }[] = [];
  for (const { value, weight } of values) {
    let block = { value, weight, count: 1 };
    for (let last = blocks.at(-1); last && last.value < block.value; last = blocks.at(-1)) {
      const total = last.weight + block.weight;
      block = {
        value: (last.value * last.weight + block.value * block.weight) / total,
        weight: total,
        count: last.count + block.count,
      };
      blocks.pop();
    }
    blocks.push(block);
  }
  return blocks.flatMap(({ value, count }) => new Array<number>(count).fill(value));
}

export interface FitOptions {
  /** Findings about bad subjects that outweigh the hand-set weight by half. */
  shrink: number;
  /** No level is worth more, nats. */
  cap: number;
}

/**
 * Fitted weights of one detector. Levels keep the order of the present weights, estimates are drawn towards them
 * by the number of findings behind each, and a level without any finding keeps what it has.
 */
export function fitDetector(
  groups: readonly Group[],
  detector: string,
  present: Readonly<Record<string, number>>,
  options: FitOptions,
): { weights: Record<string, number>; estimates: Estimate[] } {
  const order = Object.keys(present).sort((a, b) => present[b]! - present[a]! || (a < b ? -1 : 1));
  const estimates = order.map((level) => estimate(groups, `${detector}.${level}`));
  const drawn = estimates.map(({ nats, bad, good }, i) => {
    const seen = bad + good;
    const prior = present[order[i]!]!;
    const value = seen === 0 ? prior : (seen * nats + options.shrink * prior) / (seen + options.shrink);
    return { value: Math.min(options.cap, value), weight: seen + 1 };
  });
  const smooth = falling(drawn);
  const weights = Object.fromEntries(order.map((level, i) => [level, Math.round(smooth[i]! * 10) / 10]));
  return { weights, estimates };
}
