import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { estimate, falling, fitDetector, type Labelled, tally } from './levels.ts';

function people(bad: boolean, group: string, n: number, hits: number, level = 'd.x'): Labelled[] {
  return Array.from({ length: n }, (_, i) => ({ bad, group, levels: new Set(i < hits ? [level] : []) }));
}

describe('an estimate', () => {
  const families = [...people(true, 'f1', 10, 8), ...people(true, 'f2', 100, 40)];
  it('counts families alike, leaves the best one out, and never believes in fewer than 3/n false positives', () => {
    const subjects = [...families, ...people(false, 'h1', 300, 0)];
    expect(estimate(tally(subjects), 'd.x').nats).toBeCloseTo(Math.log(0.4 / 0.01), 9);
  });
  it('falls when one honest cohort looks alike', () => {
    const subjects = [...families, ...people(false, 'h1', 270, 0), ...people(false, 'h2', 30, 15)];
    expect(estimate(tally(subjects), 'd.x').nats).toBeCloseTo(Math.log(0.4 / 0.25), 9);
  });
  it('is halved on one family, and never negative', () => {
    const one = [...people(true, 'f1', 10, 8), ...people(true, 'f2', 10, 0), ...people(false, 'h1', 300, 0)];
    expect(estimate(tally(one), 'd.x').nats).toBeCloseTo(Math.log(0.2 / 0.01), 9);
    expect(estimate(tally([...families, ...people(false, 'h1', 10, 10)]), 'd.x').nats).toBe(0);
  });
});

describe('falling', () => {
  it('pools what rises and keeps the weighted mean', () => {
    const list = fc.array(
      fc.record({
        value: fc.double({ min: 0, max: 9, noNaN: true }),
        weight: fc.integer({ min: 1, max: 50 }),
      }),
      { minLength: 1, maxLength: 8 },
    );
    fc.assert(
      fc.property(list, (values) => {
        const out = falling(values);
        expect(out).toHaveLength(values.length);
        for (const [i, value] of out.slice(1).entries()) expect(value).toBeLessThanOrEqual(out[i]! + 1e-9);
        const sum = (of: readonly number[]) => of.reduce((total, v, i) => total + v * values[i]!.weight, 0);
        expect(sum(out)).toBeCloseTo(sum(values.map(({ value }) => value)), 6);
      }),
    );
  });
});

describe('a fit', () => {
  it('keeps the order of levels, the cap, and the weight of a level nobody showed', () => {
    const subjects = [
      ...people(true, 'f1', 100, 90),
      ...people(true, 'f2', 100, 90),
      ...people(true, 'f3', 100, 20, 'd.y'),
      ...people(true, 'f4', 100, 20, 'd.y'),
      ...people(false, 'h', 100_000, 0),
    ];
    const { weights } = fitDetector(tally(subjects), 'd', { x: 3, y: 2, z: 1 }, { shrink: 20, cap: 6 });
    expect(weights.x).toBe(6);
    expect(weights.y).toBeLessThanOrEqual(6);
    expect(weights.z).toBe(1);
  });
});
