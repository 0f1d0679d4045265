import { describe, expect, it } from 'vitest';
import type { Day } from './inspect.ts';
import { futureCutoff } from './reference-time.ts';

const DAY_MS = 86_400_000;
const day = (n: number, rows: number): Day => ({ day: n, rows, newest: n * DAY_MS + 1000 });
const cutoffDay = (...tables: Day[][]) => (futureCutoff(tables) - 1000) / DAY_MS - 1;

describe('the newest time that a dataset vouches for', () => {
  const week = [0, 1, 2, 3, 4, 5, 6].map((n) => day(n, 10_000));

  it('ignores stray rows of far days, few or many groups of them', () => {
    expect(cutoffDay([...week, day(300, 1)])).toBe(6);
    expect(cutoffDay([...week, day(30, 50), day(300, 90), day(9000, 1)])).toBe(6);
    expect(cutoffDay([...[0, 1].map((n) => day(n, 10)), day(400, 1)])).toBe(1);
  });

  it('keeps a network that resumes after a gap, and one that thins out day by day', () => {
    expect(cutoffDay([...week, day(20, 5000)])).toBe(20);
    expect(cutoffDay([...week, day(7, 50), day(8, 5), day(9, 1)])).toBe(9);
  });

  it('lets the newest table speak, but no table of a handful of rows beside larger ones', () => {
    expect(cutoffDay(week, [day(5, 20), day(6, 30), day(7, 30)])).toBe(7);
    expect(cutoffDay(week, [day(5000, 3)])).toBe(6);
    expect(cutoffDay([day(3, 2)], [day(5, 1)])).toBe(5);
    expect(futureCutoff([[], []])).toBe(Number.POSITIVE_INFINITY);
  });
});
