/** How well the best statistic of a trait tells those who have it from all honest subjects. */
import type { Warehouse } from '../../pipelines/warehouse/warehouse.ts';
import type { Bootstrap } from '../../statistics/bootstrap.ts';
import { type Area, areaOf, type Scored } from './auroc.ts';
import type { SubjectType } from './leak-statistics.ts';
import { makeHonestSets, makeMembers } from './oracle-sets.ts';
import { type Statistic, scoreSql } from './oracles/statistic.ts';
import { makeSheet } from './sheet.ts';

export interface Oracle {
  trait: string;
  subject: SubjectType;
  statistics: readonly Statistic[];
}

/** A subject with its score; blur is NULL for the honest. */
interface Seen extends Scored {
  blur: number | null;
}

/** The scores of one statistic over worlds, and how many subjects it knows nothing of. */
interface Sight {
  seen: Seen[];
  without: { bad: number; good: number };
}

/** Scores over worlds by trait and name of the statistic. */
export type Scores = Map<string, Map<string, Sight>>;

export interface TraitArea {
  trait: string;
  statistic: string;
  all: Area;
  /** Left out, because there is no figure of them. */
  without: { bad: number; good: number };
  /** By quarter of blur, the plainest first; NULL where no operator fell. */
  quarters: (Area | null)[];
}

/** Below this a trait counts as undetectable in the data. */
export const LEAST = 0.6;

/** Who shares nothing scores 0. Of whom there is no figure is left out: to be silent is a statistic of its own. */
const NOTHING = { things: '0', moments: '0', movement: '0', figure: 'NULL' } as const;

type Row = { set_id: string; bad: boolean; blur: number | null; score: number | null };

/** Adds the rows of one world to what was seen. */
function added(known: Sight | undefined, rows: readonly Row[], seed: number): Sight {
  const { seen, without } = known ?? { seen: [], without: { bad: 0, good: 0 } };
  const found = rows.flatMap(({ set_id, score: value, ...row }) =>
    value === null ? [] : [{ ...row, score: value, unit: `${seed}/${set_id}` }],
  );
  const missing = (bad: boolean) => rows.filter((row) => row.score === null && row.bad === bad).length;
  return {
    seen: [...seen, ...found],
    without: { bad: without.bad + missing(true), good: without.good + missing(false) },
  };
}

/** Adds the scores of one world. */
export async function score(
  world: Warehouse,
  seed: number,
  oracles: readonly Oracle[],
  scores: Scores,
): Promise<void> {
  await makeSheet(world);
  for (const type of ['account', 'device'] as const) {
    const of = oracles.filter(({ subject }) => subject === type);
    if (of.length > 0) await makeHonestSets(world, type, seed);
    for (const { trait, statistics } of of) {
      await makeMembers(world, type, trait);
      const known = scores.get(trait) ?? new Map<string, Sight>();
      scores.set(trait, known);
      for (const statistic of statistics) {
        const rows = await world.rows<Row>(
          `SELECT m.set_id, m.bad, m.blur, coalesce(s.score, ${NOTHING[statistic.by]})::DOUBLE AS score
           FROM member m LEFT JOIN (${scoreSql(statistic)}) s USING (set_id, subject)`,
        );
        known.set(statistic.name, added(known.get(statistic.name), rows, seed));
      }
    }
  }
}

const quarterOf = (blur: number): number => Math.min(3, Math.floor(4 * blur));

function areasOf(
  trait: string,
  statistic: string,
  { seen, without }: Sight,
  bootstrap: Bootstrap,
): TraitArea[] {
  const all = areaOf(seen, bootstrap);
  if (!all) return [];
  const quarters = [0, 1, 2, 3].map((quarter) =>
    areaOf(
      seen.filter(({ blur }) => blur === null || quarterOf(blur) === quarter),
      bootstrap,
    ),
  );
  return [{ trait, statistic, all, without, quarters }];
}

/** Whether a statistic knows half of the bad at least: one that knows a few of them is no oracle of a trait. */
const knowsHalf = ({ all, without }: TraitArea): number => Number(all.bad >= without.bad);

/** The best statistic of each trait, and the traits that no operator of the worlds had. */
export function bestOf(
  scores: Scores,
  bootstrap: Bootstrap,
): { found: TraitArea[]; others: TraitArea[]; absent: string[] } {
  const found: TraitArea[] = [];
  const others: TraitArea[] = [];
  const absent: string[] = [];
  for (const [trait, statistics] of scores) {
    const areas = [...statistics]
      .flatMap(([name, seen]) => areasOf(trait, name, seen, bootstrap))
      .sort((a, b) => knowsHalf(b) - knowsHalf(a) || b.all.value - a.all.value);
    const [best, ...rest] = areas;
    if (best) found.push(best);
    else absent.push(trait);
    others.push(...rest);
  }
  return { found, others, absent };
}
