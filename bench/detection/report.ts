/** Tables that accounts and devices share, as Markdown. Pure. */
import { percent, table, withInterval } from '../worlds/markdown.ts';
import type { AttackCell, Cohort } from './attacks.ts';

export const attackTable = (cells: readonly AttackCell[], verdict: string): string =>
  table(
    ['family', 'strength', 'n', 'operators', verdict, `${verdict} or review`],
    cells.map((cell) => [
      cell.family,
      cell.strength,
      cell.n,
      cell.operators,
      withInterval(cell.final),
      withInterval(cell.final_or_review),
    ]),
  );

/** The cells, then all families of each strength as `**all**`. */
export const attacksWithAll = (
  { cells, strengths }: { cells: readonly AttackCell[]; strengths: readonly AttackCell[] },
  verdict: string,
): string => attackTable([...cells, ...strengths.map((cell) => ({ ...cell, family: '**all**' }))], verdict);

export const cohortTable = (cohorts: readonly Cohort[], verdict: string): string =>
  table(
    ['cohort', 'n', verdict, 'held', `${verdict} at most`, 'held at most'],
    cohorts.map((c) => [
      c.family,
      c.n,
      c.final,
      c.review,
      percent(c.final_upper, 3),
      percent(c.review_upper, 2),
    ]),
  );
