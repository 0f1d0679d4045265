import { describe, expect, it } from 'vitest';
import type { AttackCell } from './attacks.ts';
import { deviceTargets } from './device-targets.ts';
import type { DeviceFigures } from './devices.ts';

const rate = (value: number) => ({ value, low: value, high: value });
const cell = (family: string, strength: number, n: number, share: number): AttackCell => ({
  family,
  strength,
  n,
  operators: 50,
  final: rate(share),
  final_or_review: rate(share),
});

/** Two families at four strengths that reach every target. */
function reached(): DeviceFigures {
  const cells = ['a', 'b'].flatMap((family) =>
    [1, 2, 3, 4].map((strength) => cell(family, strength, 2000, 0.99)),
  );
  const recall = { 1: 0.99, 2: 0.99, 3: 0.99, 4: 0.99 };
  return {
    devices: 30_000,
    fakes: 16_000,
    precision: rate(0.999),
    auroc: 1,
    average_precision: 1,
    cells,
    strengths: [1, 2, 3, 4].map((strength) => cell('', strength, 4000, 0.99)),
    cohorts: [{ family: 'honest-home', n: 4000, final: 4, review: 0, final_upper: 0.002, review_upper: 0 }],
    worlds: [0.1, 0.9].map((fakes) => ({ world: `w${fakes}`, devices: 1, fakes, precision: null, recall })),
  };
}

const open = (found: DeviceFigures) => deviceTargets(found).filter(({ state }) => state !== 'met');

describe('targets', () => {
  it('are met by figures that reach them', () => {
    expect(open(reached())).toEqual([]);
  });
  it('are missed by one weak family, however good the pool', () => {
    const found = reached();
    found.cells[2] = cell('a', 3, 2000, 0.8);
    expect(open(found)).toMatchObject([{ state: 'missed', open: ['a 80.0 %'] }]);
  });
  it('are not met on too few devices', () => {
    const found = reached();
    found.cells[0] = cell('a', 1, 999, 1);
    found.cohorts.push({
      family: 'honest-campus',
      n: 2999,
      final: 0,
      review: 0,
      final_upper: 0.001,
      review_upper: 0,
    });
    expect(open(found).map(({ state, open: few }) => [state, few])).toEqual([
      ['few', ['a n = 999']],
      ['few', ['honest-campus n = 2999']],
    ]);
  });
  it('are missed by one honest cohort, and by recall that depends on the share of fakes', () => {
    const found = reached();
    found.cohorts[0]!.final = 5;
    found.worlds[1]!.recall = { 1: 0.93, 2: 0.99, 3: 0.99, 4: 0.99 };
    expect(open(found).map(({ state, open: what }) => [state, what])).toEqual([
      ['missed', ['honest-home 5 of 4000']],
      ['missed', ['strength 1: 6.0 points']],
    ]);
  });
});
