import { expect, it } from 'vitest';
import { withNumbers } from './numbers.ts';

it('puts named numbers in and leaves comments, text and other names alone', () => {
  const sql =
    "-- at least $least\nSELECT '$least', $least + $share, $snapshot WHERE x > $below AND y < $least_of_all";
  expect(withNumbers(sql, { least: 3, share: 0.05, below: -1 })).toBe(
    "-- at least $least\nSELECT '$least', 3 + 0.05, $snapshot WHERE x > (-1) AND y < $least_of_all",
  );
});

it('refuses what is no number', () => {
  expect(() => withNumbers('SELECT $n', { n: Number.NaN })).toThrow(RangeError);
});
