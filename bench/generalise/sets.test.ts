import { describe, expect, it } from 'vitest';
import { KIND_IDS } from '../../fixtures/worlds/grammar/honest/catalogue.ts';
import { drawOf, setFlags, setsOf } from './sets.ts';
import { halfOfSeed } from './split.ts';
import { traitsOf } from './traits.ts';

const flags = Object.fromEntries(
  Object.entries(setFlags).map(([name, { default: value }]) => [name, value]),
) as {
  [K in keyof typeof setFlags]: string;
};

describe('the sets of worlds', () => {
  it('fit on half A without the traits of half B, and count on half B without those of half A', () => {
    const [fit, count, all] = setsOf(flags);
    expect(fit).toMatchObject({ name: 'fit', draw: { holdOut: traitsOf('B') } });
    expect(fit?.seeds.map(halfOfSeed)).toEqual(['A', 'A']);
    expect(count).toMatchObject({ name: 'count', draw: { holdOut: traitsOf('A') } });
    expect(all?.draw.holdOut).toBeUndefined();
    expect([...(count?.seeds ?? []), ...(all?.seeds ?? [])].map(halfOfSeed)).toEqual(['B', 'B', 'B', 'B']);
  });

  it('take a seed for every set but once', () => {
    const sets = setsOf({ ...flags, rates: '0.001,0.3', majority: '0.5', honest: '5000' });
    expect(sets.map(({ name, seeds }) => [name, seeds.length])).toEqual([
      ['fit', 2],
      ['count', 2],
      ['all', 2],
      ['sybils-0.001', 1],
      ['sybils-0.3', 1],
      ['majority-0.5', 1],
      ['honest', 3],
    ]);
    const seeds = sets.flatMap((set) => set.seeds);
    expect(new Set(seeds).size).toBe(seeds.length);
    expect(sets.at(-1)?.draw).toMatchObject({ sybilShare: 0, fakeShare: 0, framers: 0 });
  });

  it('have as many of each honest kind where that is asked for', () => {
    const [honest] = setsOf({ ...flags, fit: '0', count: '0', all: '0', honest: '38500' }, true);
    if (!honest) throw new Error('expected a set');
    const kinds = honest.seeds.map((seed) => drawOf(honest, seed).kinds ?? []);
    expect(kinds[0]).toEqual(KIND_IDS);
    expect(kinds.at(-1)?.length).toBeLessThan(KIND_IDS.length);
    expect(honest.seeds.map(halfOfSeed)).toEqual(Array(honest.kinds?.length).fill('B'));
    const [all] = setsOf({ ...flags, fit: '0', count: '0', all: '0', honest: '4000' });
    expect(all?.seeds.map((seed) => drawOf(all, seed).kinds)).toEqual([undefined, undefined]);
  });

  it('leave out what is not asked for, and refuse what is no share', () => {
    expect(
      setsOf({ ...flags, fit: '0', count: '0', all: '0', honest: '10' }).map(({ name }) => name),
    ).toEqual(['honest']);
    expect(() => setsOf({ ...flags, rates: '1.5' })).toThrow('shares below 1');
    expect(() => setsOf({ ...flags, count: '-1' })).toThrow('a whole number');
  });
});
