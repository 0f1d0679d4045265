/** Whether bad subjects differ from good ones in what no trait of theirs claims to move. */
import type { Warehouse } from '../../pipelines/warehouse/warehouse.ts';
import type { Bootstrap } from '../../statistics/bootstrap.ts';
import { type Area, areaOf, type Scored } from './auroc.ts';
import { leakQueries, type SubjectType } from './leak-statistics.ts';
import { type Subject, subjectsOf } from './subjects.ts';

/** An area beyond this, on either side of 0.5, is a leak where its interval is clear of 0.5. */
export const MOST = 0.6;

/** Fewer operators than this say nothing about operators: their draws hardly differ. */
export const FEWEST = 8;

/** `untested`: too few are left to say anything, because traits claim to move it or hardly anybody has a value. */
export type Outcome = 'leaks' | 'holds' | 'untested';

export interface Leak {
  subject: SubjectType;
  statistic: string;
  /** Null: every subject has the same value, or nobody is left to compare. */
  area: Area | null;
  /** Operators of whom somebody is left. */
  operators: number;
  /** Subjects left out because a trait of theirs claims to move it. */
  claimed: number;
  outcome: Outcome;
}

/** The scores of one statistic over worlds. */
export interface Column {
  subject: SubjectType;
  statistic: string;
  scores: Scored[];
  claimed: number;
}

/** Adds the subjects of one world to `columns`; `prefix` keeps the groups of worlds apart. */
export async function collect(
  world: Warehouse,
  type: SubjectType,
  prefix: string,
  movesOf: (trait: string) => readonly string[],
  columns: Map<string, Column>,
): Promise<void> {
  const subjects = await subjectsOf(world, type);
  const moved = new Map<string, ReadonlySet<string>>();
  const movedBy = (traits: readonly string[]) => {
    const key = traits.join(' ');
    const known = moved.get(key) ?? new Set(traits.flatMap(movesOf));
    moved.set(key, known);
    return known;
  };
  for (const { sql, statistics } of leakQueries(type)) {
    const values = new Map(
      (await world.rows<Record<string, number | null> & { subject: string }>(sql)).map((row) => [
        row.subject,
        row,
      ]),
    );
    for (const [i, { name, claims }] of statistics.entries()) {
      const key = `${type} ${name}`;
      const column = columns.get(key) ?? { subject: type, statistic: name, scores: [], claimed: 0 };
      columns.set(key, column);
      for (const subject of subjects) {
        const row = values.get(subject.id);
        const score = row ? row[`s${i}`] : name.startsWith('rows.') ? 0 : null;
        if (score === null || score === undefined) continue;
        const by = movedBy(subject.traits);
        if (claims.some((claim) => by.has(claim))) column.claimed++;
        else column.scores.push(scored(subject, score, prefix));
      }
    }
  }
}

function scored({ bad, unit }: Subject, score: number, prefix: string): Scored {
  return { bad, unit: prefix + unit, score };
}

function outcomeOf(area: Area | null): Outcome {
  const clear = area !== null && (area.low > 0.5 || area.high < 0.5);
  return clear && (area.value > MOST || area.value < 1 - MOST) ? 'leaks' : 'holds';
}

/** Judges what was collected, the farthest from 0.5 first. */
export function leaksOf(columns: Iterable<Column>, bootstrap: Bootstrap): Leak[] {
  return [...columns]
    .map(({ subject, statistic, scores, claimed }): Leak => {
      const first = scores[0]?.score;
      const alike = scores.every(({ score }) => score === first);
      const area = alike ? null : areaOf(scores, bootstrap);
      const operators = new Set(scores.flatMap(({ bad, unit }) => (bad ? [unit] : []))).size;
      const tested = operators >= FEWEST && scores.some(({ bad }) => !bad);
      return { subject, statistic, area, operators, claimed, outcome: tested ? outcomeOf(area) : 'untested' };
    })
    .sort(
      (a, b) => far(b) - far(a) || (`${a.subject} ${a.statistic}` < `${b.subject} ${b.statistic}` ? -1 : 1),
    );
}

const far = ({ area }: Leak): number => (area ? Math.abs(area.value - 0.5) : -1);
