import { describe, expect, it } from 'vitest';
import { CLEAR, FINAL, HELD } from '../../runs/evaluate/sample.ts';
import type { Pool } from '../worlds/pool.ts';
import { accountFigures } from './accounts.ts';

interface Account {
  bad?: boolean;
  family: string;
  strength?: number;
  operator: string;
  outcome: number;
  world?: string;
  cluster?: string;
}

function pool(accounts: readonly Account[]): Pool {
  const operators = [...new Set(accounts.map(({ operator }) => operator))];
  const ids = accounts.map(({ world = 'sybils' }, i) => `${world}/1/${i}`);
  return {
    sample: {
      ids,
      bad: Uint8Array.from(accounts, ({ bad }) => Number(bad ?? false)),
      outcome: Uint8Array.from(accounts, ({ outcome }) => outcome),
      risk: Float64Array.from(accounts, ({ outcome }) => outcome / 2),
      family: accounts.map(({ family }) => family),
      strength: accounts.map(({ strength }) => strength ?? 0),
      operator: accounts.map(({ operator }) => operator),
      unit: Uint32Array.from(accounts, ({ operator }) => operators.indexOf(operator)),
      units: operators.length,
      inRun: accounts.length,
      labelsWithoutSubject: 0,
    },
    world: accounts.map(({ world = 'sybils' }) => world),
    clusterOf: new Map(accounts.flatMap(({ cluster }, i) => (cluster ? [[ids[i]!, cluster]] : []))),
  };
}

const many = (n: number, account: Account): Account[] => Array.from({ length: n }, () => account);
const ring: Account = {
  bad: true,
  family: 'a-ring',
  strength: 1,
  operator: 'o1',
  outcome: FINAL,
  cluster: 'c1',
};
const found = accountFigures(
  pool([
    ...many(6, ring),
    ...many(4, { ...ring, operator: 'o2', outcome: HELD, cluster: 'c2' }),
    ...many(3, { ...ring, operator: 'small', outcome: CLEAR, cluster: 'c2' }),
    ...many(5, { ...ring, family: 'adaptive-ghost', strength: 4, operator: 'o3', outcome: CLEAR }),
    ...many(20, { family: 'honest-home', operator: 'h', outcome: CLEAR }),
    { family: 'honest-home', operator: 'h2', outcome: FINAL },
    ...many(30, { family: 'honest-home', operator: 'h3', outcome: CLEAR, world: 'honest-accounts' }),
    { family: 'honest-home', operator: 'h4', outcome: HELD, world: 'honest-accounts' },
  ]),
  { resamples: 50, seed: 1 },
);

describe('figures of accounts', () => {
  it('ask recall of operators of four or more that do not adapt', () => {
    expect(found.cells).toMatchObject([
      {
        family: 'a-ring',
        strength: 1,
        n: 10,
        operators: 2,
        final: { value: 0.6 },
        final_or_review: { value: 1 },
      },
    ]);
    expect(found.strengths).toMatchObject([{ family: 'all', strength: 1, n: 10 }]);
    expect(found.adaptive).toMatchObject([{ family: 'adaptive-ghost', n: 5, final: { value: 0 } }]);
  });

  it('show every size of ring, the smallest too', () => {
    expect(found.ring_sizes.map(({ strength }) => strength)).toEqual([null, 1]);
    expect(found.ring_sizes[1]?.sizes).toMatchObject([
      { smallest: 2, n: 3, recall: 0 },
      { smallest: 4, n: 10, recall: 0.6, recall_or_review: 1 },
    ]);
  });

  it('compare clusters with operators', () => {
    // c1 is o1; c2 holds o2 and the small one: precision (6 + 4 · 4/7 + 3 · 3/7) / 13, recall 1.
    const [whole] = found.operators;
    expect(whole?.clusters.recall.value).toBe(1);
    expect(whole?.clusters.precision.value).toBeCloseTo((6 + 16 / 7 + 9 / 7) / 13, 12);
  });

  it('count honest people apart where nobody attacks', () => {
    expect(found.cohorts).toMatchObject([{ family: 'honest-home', n: 52, final: 1, review: 1 }]);
    expect(found.honest_worlds).toMatchObject([{ family: 'honest-home', n: 31, final: 0, review: 1 }]);
    // None of 31: 1 − 0.05^(1/31).
    expect(found.honest_worlds[0]?.final_upper).toBeCloseTo(1 - 0.05 ** (1 / 31), 10);
    expect(found.precision?.value).toBeCloseTo(6 / 7, 12);
  });
});
