/** Honest people by kind and by the halves of kinds. Pure. */
import { upperBound } from '../../statistics/binomial.ts';
import type { Cohort } from '../detection/attacks.ts';
import { percent, table } from '../worlds/markdown.ts';
import { type Half, halfOfKind } from './split.ts';

/** A kind with fewer subjects says little about shares of one per cent. */
export const ENOUGH = 500;

/** Of a kind that is large enough, no more may be held than this. */
const MOST_HELD = 0.01;

/** Cohorts that are counted apart stand in brackets (`apart.ts`). */
const isApart = ({ family }: Cohort): boolean => family.startsWith('(');

const halfOf = ({ family }: Cohort): Half => halfOfKind(family);

/** Several cohorts as one, with exact one-sided bounds. */
export function sumOf(family: string, cohorts: readonly Cohort[]): Cohort {
  const sum = (of: (cohort: Cohort) => number) => cohorts.reduce((total, cohort) => total + of(cohort), 0);
  const [n, final, review] = [sum((one) => one.n), sum((one) => one.final), sum((one) => one.review)];
  return {
    family,
    n,
    final,
    review,
    final_upper: n === 0 ? 1 : upperBound(final, n),
    review_upper: n === 0 ? 1 : upperBound(review, n),
  };
}

const row = (half: string, { family, n, final, review, final_upper, review_upper }: Cohort) => [
  family,
  half,
  n,
  final,
  review,
  n === 0 ? '' : percent(review / n, 2),
  percent(final_upper, 3),
  percent(review_upper, 2),
];

/** Each kind with its half, the sums of both halves, what is counted apart, and which kinds are held too often. */
export function kindsMarkdown(cohorts: readonly Cohort[], verdict: string): string {
  const kinds = cohorts.filter((one) => !isApart(one));
  const sums = (['A', 'B'] as const).map((half) =>
    row(
      half,
      sumOf(
        `**all kinds of half ${half}**`,
        kinds.filter((one) => halfOf(one) === half),
      ),
    ),
  );
  const large = kinds.filter(({ n }) => n >= ENOUGH);
  const over = large.filter(({ n, review }) => review / n > MOST_HELD);
  const names = over.map((one) => `${one.family} (${halfOf(one)}, ${percent(one.review / one.n)})`);
  return [
    table(
      ['kind', 'half', 'n', verdict, 'held', 'share held', `${verdict} at most`, 'held at most'],
      [
        ...kinds.map((one) => row(halfOf(one), one)),
        ...sums,
        ...cohorts.filter(isApart).map((one) => row('', one)),
      ],
      ['half'],
    ),
    `${large.length} of ${kinds.length} kinds have ${ENOUGH} or more; held above ${percent(MOST_HELD, 0)} of them: ${names.join(', ') || 'none'}.`,
  ].join('\n\n');
}
