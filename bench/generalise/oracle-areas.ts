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

/** Scores over worlds by trait and name of the statistic. */
export type Scores = Map<string, Map<string, Seen[]>>;

export interface TraitArea {
  trait: string;
  statistic: string;
  all: Area;
  /** By quarter of blur, the plainest first; NULL where no operator fell. */
  quarters: (Area | null)[];
}

/** Below this a trait counts as undetectable in the data. */
export const LEAST = 0.6;

/** Who shares nothing scores 0. Of whom there is no figure, nobody is less suspect. */
const NOTHING = { things: 0, moments: 0, movement: 0, figure: -Number.MAX_VALUE } as const;

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
      const known = scores.get(trait) ?? new Map<string, Seen[]>();
      scores.set(trait, known);
      for (const statistic of statistics) {
        const rows = await world.rows<{ set_id: string; bad: boolean; blur: number | null; score: number }>(
          `SELECT m.set_id, m.bad, m.blur, coalesce(s.score, ${NOTHING[statistic.by]})::DOUBLE AS score
           FROM member m LEFT JOIN (${scoreSql(statistic)}) s USING (set_id, subject)`,
        );
        const seen = rows.map(({ set_id, ...row }) => ({ ...row, unit: `${seed}/${set_id}` }));
        known.set(statistic.name, [...(known.get(statistic.name) ?? []), ...seen]);
      }
    }
  }
}

const quarterOf = (blur: number): number => Math.min(3, Math.floor(4 * blur));

function areasOf(trait: string, statistic: string, seen: readonly Seen[], bootstrap: Bootstrap): TraitArea[] {
  const all = areaOf(seen, bootstrap);
  if (!all) return [];
  const quarters = [0, 1, 2, 3].map((quarter) =>
    areaOf(
      seen.filter(({ blur }) => blur === null || quarterOf(blur) === quarter),
      bootstrap,
    ),
  );
  return [{ trait, statistic, all, quarters }];
}

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
      .sort((a, b) => b.all.value - a.all.value);
    const [best, ...rest] = areas;
    if (best) found.push(best);
    else absent.push(trait);
    others.push(...rest);
  }
  return { found, others, absent };
}
