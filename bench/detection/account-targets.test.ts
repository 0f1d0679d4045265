import { describe, expect, it } from 'vitest';
import { accountTargets } from './account-targets.ts';
import type { AccountFigures } from './accounts.ts';
import type { AttackCell } from './attacks.ts';

const rate = (value: number) => ({ value, low: value, high: value });
const cell = (family: string, strength: number, n: number, share: number): AttackCell => ({
  family,
  strength,
  n,
  operators: 50,
  final: rate(share),
  final_or_review: rate(share),
});
const cohort = (n: number, final: number, review: number) => ({
  family: 'honest-campus',
  n,
  final,
  review,
  final_upper: 0,
  review_upper: 0,
});

/** Two families at four strengths that reach every target. */
function reached(): AccountFigures {
  return {
    accounts: 400_000,
    sybils: 16_000,
    precision: rate(0.999),
    cells: ['a', 'b'].flatMap((family) => [1, 2, 3, 4].map((s) => cell(family, s, 2000, 0.99))),
    strengths: [1, 2, 3, 4].map((s) => cell('all', s, 4000, 0.99)),
    adaptive: [cell('adaptive-ghost', 4, 100, 0)],
    ring_sizes: [],
    operators: [
      {
        strength: null,
        clusters: {
          items: 16_000,
          operators: 400,
          clustered: 16_000,
          good_clustered: 0,
          precision: rate(1),
          recall: rate(0.9),
          f1: rate(0.95),
        },
      },
    ],
    cohorts: [],
    honest_worlds: [cohort(300_000, 0, 3000)],
  };
}

const open = (found: AccountFigures) =>
  accountTargets(found)
    .filter(({ state }) => state !== 'met')
    .map(({ state, open: what }) => [state, what]);

describe('targets of accounts', () => {
  it('are met by figures that reach them, whatever those who adapt do', () => {
    expect(open(reached())).toEqual([]);
  });

  it('are missed by one weak family, however good the pool', () => {
    const found = reached();
    found.cells[3] = cell('a', 4, 2000, 0.6);
    expect(open(found)).toEqual([['missed', ['a 60.0 %']]]);
  });

  it('are not met on too few accounts', () => {
    const found = reached();
    found.cells[0] = cell('a', 1, 999, 1);
    found.honest_worlds = [cohort(299_999, 0, 0)];
    expect(open(found)).toEqual([
      ['few', ['a n = 999']],
      ['few', ['a n = 999']],
      ['few', ['299999 of 300000 accounts']],
      ['few', ['299999 of 300000 accounts']],
    ]);
  });

  it('are missed by one honest account excluded, by a cohort held, by operators torn apart', () => {
    const found = reached();
    found.honest_worlds = [cohort(300_000, 1, 3001)];
    found.operators[0]!.clusters.f1 = rate(0.89);
    expect(open(found)).toEqual([
      ['missed', []],
      ['missed', ['honest-campus 1 of 300000']],
      ['missed', ['honest-campus 3001 of 300000']],
    ]);
  });
});
