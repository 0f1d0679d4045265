import { describe, expect, it } from 'vitest';
import { upperBound } from '../../statistics/binomial.ts';
import type { Cohort } from '../detection/attacks.ts';
import { kindsMarkdown, sumOf } from './kinds.ts';
import { halfOfKind } from './split.ts';

const cohort = (family: string, n: number, review: number): Cohort => ({
  family,
  n,
  final: 0,
  review,
  final_upper: upperBound(0, n),
  review_upper: upperBound(review, n),
});

describe('honest people by kind', () => {
  it('stand in the half of their kind, with a sum for each half', () => {
    const names = ['cafe', 'family', 'hackathon', 'laptops', 'risers', 'class'];
    const half = new Map(names.map((name) => [name, halfOfKind(name)]));
    expect(new Set(half.values()).size).toBe(2);
    const text = kindsMarkdown(
      names.map((name) => cohort(`honest-${name}`, 100, 2)),
      'excluded',
    );
    for (const name of names) expect(text).toContain(`| honest-${name} | ${half.get(name)} | 100 | 0 | 2 |`);
    const inA = names.filter((name) => half.get(name) === 'A').length;
    expect(text).toContain(`| **all kinds of half A** | A | ${100 * inA} | 0 | ${2 * inA} |`);
  });

  it('name those of 500 or more that are held too often, and nobody who is counted apart', () => {
    const text = kindsMarkdown(
      [
        cohort('(owners of forged cards)', 900, 900),
        cohort('honest-cafe', 500, 5),
        cohort('honest-class', 499, 400),
        cohort('honest-family', 500, 6),
      ],
      'excluded',
    );
    expect(text).toContain('2 of 3 kinds have 500 or more');
    expect(text).toMatch(/held above 1 % of them: honest-family \([AB], 1\.2 %\)\.$/);
    expect(text).toContain('| (owners of forged cards) |  | 900 |');
  });

  it('are summed with bounds of the sum', () => {
    const sum = sumOf('both', [cohort('a', 100, 1), cohort('b', 200, 2)]);
    expect(sum).toMatchObject({ n: 300, review: 3, review_upper: upperBound(3, 300) });
    expect(sumOf('none', [])).toMatchObject({ n: 0, review_upper: 1 });
  });
});
