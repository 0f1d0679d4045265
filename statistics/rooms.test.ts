import { describe, expect, it } from 'vitest';
import { seeded } from './chance.ts';
import { ABSENT, correlation, lowPart, meanLine, standout, stored, tailNats } from './line-series.ts';
import { findRooms, type Line } from './rooms.ts';

const SPANS = 96;
const normal = (random: () => number) => {
  let sum = -6;
  for (let i = 0; i < 12; i++) sum += random();
  return sum;
};
const series = (draw: (i: number) => number) => Int8Array.from({ length: SPANS }, (_, i) => stored(draw(i)));

/** `n` lines of which those below `inRoom` share a cause; `network` names what a line has in common with others. */
function network(n: number, inRoom: number, { seed = 1, common = (i: number) => `n${i}` } = {}): Line[] {
  const random = seeded(seed);
  const [found, tested] = [0, 1].map(() => Array.from({ length: SPANS }, () => normal(random))) as [
    number[],
    number[],
  ];
  return Array.from({ length: n }, (_, i) => {
    const share = i < inRoom ? 0.8 : 0;
    const mixed = (room: number[]) =>
      series((t) => share * room[t]! + Math.sqrt(1 - share ** 2) * normal(random));
    return { account: `a${i}`, networks: new Set([common(i)]), found: mixed(found), tested: mixed(tested) };
  });
}

describe('rooms', () => {
  it('finds the machines behind one line among many, and tells them from the rest on the other days', () => {
    const members = findRooms(network(400, 8));
    const sure = members.filter(({ z }) => tailNats(z) - Math.log(400) >= 3).map(({ line }) => line);
    expect(sure.sort((a, b) => a - b)).toEqual([0, 1, 2, 3, 4, 5, 6, 7]);
  });

  it('accuses none of many lines that are slow independently', () => {
    for (const seed of [2, 3, 4]) {
      const sure = findRooms(network(400, 0, { seed })).filter(({ z }) => tailNats(z) - Math.log(400) >= 3);
      expect(sure).toEqual([]);
    }
  });

  it('never compares lines of one network, or of one account', () => {
    expect(findRooms(network(60, 8, { common: (i) => (i < 8 ? 'cloud' : `n${i}`) }))).toEqual([]);
    expect(findRooms(network(60, 8).map((line, i) => (i < 8 ? { ...line, account: 'one' } : line)))).toEqual(
      [],
    );
  });

  it('does not depend on the order of lines, but for the numbers of rooms', () => {
    const lines = network(120, 8);
    const ids = (all: readonly Line[]) =>
      findRooms(all)
        .map(({ line }) => all[line]!.account)
        .sort();
    expect(ids(lines.toReversed())).toEqual(ids(lines));
  });
});

describe('line series', () => {
  it('correlates what both have', () => {
    const a = Int8Array.of(1, 2, 3, ABSENT, 5, 6);
    expect(correlation(a, Int8Array.of(2, 4, 6, 99, ABSENT, 12))).toEqual({ n: 4, r: expect.closeTo(1, 9) });
    expect(correlation(a, new Int8Array(6))).toEqual({ n: 5, r: 0 });
  });

  it('takes no daily habit for agreement', () => {
    const random = seeded(5);
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
    expect([...meanLine([Int8Array.of(1, ABSENT), Int8Array.of(3, 7)], 2)]).toEqual([2, ABSENT]);
  });

  it('bounds the normal tail from above', () => {
    // −ln P(Z > 3) and −ln P(Z > 5), Abramowitz and Stegun, table 26.1 and 26.2.
    expect(tailNats(3)).toBeLessThanOrEqual(6.6077);
    expect(tailNats(5)).toBeLessThanOrEqual(15.065);
    expect(tailNats(5)).toBeGreaterThan(14.9);
    expect(tailNats(0.5)).toBe(0);
  });
});
