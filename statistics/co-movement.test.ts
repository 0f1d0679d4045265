import { describe, expect, it } from 'vitest';
import { findGroups, type Mover } from './co-movement.ts';
import { ABSENT, correlation, lowPart, meanSeries, standout, stored } from './gapped-series.ts';
import { normalTailNats } from './normal.ts';
import { mulberry32 } from './prng.ts';

const SPANS = 96;
const normal = (random: () => number) => {
  let sum = -6;
  for (let i = 0; i < 12; i++) sum += random();
  return sum;
};
const series = (draw: (i: number) => number) => Int8Array.from({ length: SPANS }, (_, i) => stored(draw(i)));

/**
 * `n` series of which those below `together` share a cause; `common` names what one has in common with
 * others.
 */
function network(n: number, together: number, { seed = 1, common = (i: number) => `n${i}` } = {}): Mover[] {
  const random = mulberry32(seed);
  const [found, tested] = [0, 1].map(() => Array.from({ length: SPANS }, () => normal(random))) as [
    number[],
    number[],
  ];
  return Array.from({ length: n }, (_, i) => {
    const share = i < together ? 0.8 : 0;
    const mixed = (cause: number[]) =>
      series((t) => share * cause[t]! + Math.sqrt(1 - share ** 2) * normal(random));
    return { owner: `a${i}`, ties: new Set([common(i)]), found: mixed(found), tested: mixed(tested) };
  });
}

describe('findGroups', () => {
  it('finds those with one cause among many, and tells them from the rest in the other half', () => {
    const members = findGroups(network(400, 8));
    const sure = members.filter(({ z }) => normalTailNats(z) - Math.log(400) >= 3).map(({ index }) => index);
    expect(sure.sort((a, b) => a - b)).toEqual([0, 1, 2, 3, 4, 5, 6, 7]);
  });

  it('finds none among many that move independently', () => {
    for (const seed of [2, 3, 4]) {
      const sure = findGroups(network(400, 0, { seed })).filter(
        ({ z }) => normalTailNats(z) - Math.log(400) >= 3,
      );
      expect(sure).toEqual([]);
    }
  });

  it('never compares those with a tie, or of one owner', () => {
    expect(findGroups(network(60, 8, { common: (i) => (i < 8 ? 'cloud' : `n${i}`) }))).toEqual([]);
    expect(
      findGroups(network(60, 8).map((mover, i) => (i < 8 ? { ...mover, owner: 'one' } : mover))),
    ).toEqual([]);
  });

  it('does not depend on the order of the series, but for the numbers of groups', () => {
    const movers = network(120, 8);
    const ids = (all: readonly Mover[]) =>
      findGroups(all)
        .map(({ index }) => all[index]!.owner)
        .sort();
    expect(ids(movers.toReversed())).toEqual(ids(movers));
  });
});

describe('gapped series', () => {
  it('correlates what both have', () => {
    const a = Int8Array.of(1, 2, 3, ABSENT, 5, 6);
    expect(correlation(a, Int8Array.of(2, 4, 6, 99, ABSENT, 12))).toEqual({ n: 4, r: expect.closeTo(1, 9) });
    expect(correlation(a, new Int8Array(6))).toEqual({ n: 5, r: 0 });
  });

  it('takes no daily habit for agreement', () => {
    const random = mulberry32(5);
    const day = (t: number) => (t % 24 > 18 ? 2 : 0);
    const [a, b] = [
      series((t) => day(t) + 0.3 * normal(random)),
      series((t) => day(t) + 0.3 * normal(random)),
    ];
    expect(correlation(a, b).r).toBeGreaterThan(0.7);
    expect(standout(a, b)).toBeLessThan(3.5);
  });

  it('stores what is beyond three spreads as the most there is, and keeps the absent apart', () => {
    expect([stored(99), stored(-99), stored(0)]).toEqual([127, -127, 0]);
    expect([...lowPart(Int8Array.of(5, -3, ABSENT, 0), 0)]).toEqual([ABSENT, -3, ABSENT, 0]);
    expect([...meanSeries([Int8Array.of(1, ABSENT), Int8Array.of(3, 7)], 2)]).toEqual([2, ABSENT]);
  });
});
