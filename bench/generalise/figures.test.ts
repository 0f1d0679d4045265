import { describe, expect, it } from 'vitest';
import { CLEAR, FINAL, HELD, type Sample } from '../../runs/evaluate/sample.ts';
import { figuresOf } from './figures.ts';

/** Two operators, an honest home and a machine of an operator that is real. */
const sample: Sample = {
  ids: ['a', 'b', 'c', 'd', 'e', 'f'],
  bad: Uint8Array.of(1, 1, 1, 0, 0, 0),
  outcome: Uint8Array.of(FINAL, HELD, CLEAR, CLEAR, HELD, FINAL),
  risk: Float64Array.of(0.9, 0.5, 0.1, 0.1, 0.5, 0.9),
  family: ['exit+worker', 'exit+worker', 'wallet', 'honest-home', 'honest-home', 'exit+worker'],
  strength: [1, 1, 4, 0, 0, 1],
  operator: ['o1', 'o1', 'o2', null, null, 'o1'],
  unit: Uint32Array.of(0, 0, 1, 2, 3, 0),
  units: 4,
  inRun: 6,
  labelsWithoutSubject: 0,
};
const shared = new Map([
  [
    'a',
    [
      { trait: 'exit', blur: 0 },
      { trait: 'worker', blur: 0 },
    ],
  ],
  ['b', [{ trait: 'worker', blur: 0.5 }]],
  ['c', [{ trait: 'wallet', blur: 1 }]],
]);
const figures = figuresOf({ sample }, shared, { resamples: 20, seed: 1 });

describe('figures of drawn worlds', () => {
  it('count a subject under each of its traits, and by how many it has', () => {
    const shares = figures.traits.map(({ what, n, final, final_or_held }) => [
      what,
      n,
      final.value,
      final_or_held.value,
    ]);
    expect(shares).toEqual([
      ['exit', 1, 1, 1],
      ['wallet', 1, 0, 0],
      ['worker', 2, 0.5, 1],
    ]);
    expect(figures.numbers.map(({ what, n }) => [what, n])).toEqual([
      ['1', 2],
      ['2', 1],
    ]);
    expect(figures.strengths.map(({ what, operators }) => [what, operators])).toEqual([
      ['1', 1],
      ['4', 1],
    ]);
  });

  it('do not take a real machine of an operator for an honest person’s', () => {
    expect(figures.honest).toEqual({ final: 0, held: 1, n: 2 });
    expect(figures.cohorts.map(({ family, n, final }) => [family, n, final])).toEqual([
      ['(real machines of operators)', 1, 1],
      ['honest-home', 2, 0],
    ]);
  });

  it('count owners of forged cards and the network’s own apart from the honest', () => {
    const good = { ...sample, bad: new Uint8Array(6) };
    const family = [
      'forger',
      'service',
      'lie-undeclared-fleet',
      'honest-home',
      'framing.dust+exit',
      'honest-home',
    ];
    const { honest, cohorts } = figuresOf({ sample: { ...good, family } }, new Map(), {
      resamples: 20,
      seed: 1,
    });
    expect(honest).toEqual({ final: 1, held: 0, n: 2 });
    expect(cohorts.map((one) => [one.family, one.n])).toEqual([
      ['(owners of forged cards)', 2],
      ['(real machines of operators)', 1],
      ['(the network itself)', 1],
      ['honest-home', 2],
    ]);
  });

  it('count a victim under each move against his group', () => {
    const victims = {
      ...sample,
      bad: Uint8Array.of(1, 0, 0, 0, 0, 0),
      family: ['exit', ...Array(4).fill('honest-framed'), 'honest-home'],
      operator: ['o1', 'v1', 'v1', 'v2', 'v2', 'v1'],
    };
    const moves = new Map([
      ['v1', ['framing.dust', 'framing.code']],
      ['v2', ['framing.dust']],
    ]);
    const { victims: rows } = figuresOf({ sample: victims }, new Map(), { resamples: 20, seed: 1 }, moves);
    expect(rows).toEqual([
      { move: 'all', n: 4, held: 2, final: 0 },
      { move: 'framing.code', n: 2, held: 1, final: 0 },
      { move: 'framing.dust', n: 4, held: 2, final: 0 },
    ]);
  });
});
