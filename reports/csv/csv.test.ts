import { parse } from 'csv-parse/sync';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { csvLine, guardFormula } from './csv.ts';

const TRIGGERS = ['=', '+', '-', '@', '\t', '\r', '＝', '＋', '－', '＠'];
const hostile = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc
    .tuple(fc.constantFrom(...TRIGGERS, ' =', ' @', '\u200b=', '"', ',', '\n'), fc.string())
    .map((parts) => parts.join('')),
);
const read = (line: string) => parse(line, { relax_column_count: false })[0] as string[];

test('a reader of RFC 4180 gets the cells back, guarded ones with their apostrophe', () => {
  fc.assert(
    fc.property(fc.array(hostile, { minLength: 2, maxLength: 6 }), (cells) => {
      expect(read(csvLine(cells, new Set(cells.keys())))).toEqual(cells);
      expect(read(csvLine(cells))).toEqual(cells.map(guardFormula));
    }),
    { numRuns: 2000 },
  );
});

test('no guarded cell starts a formula, whatever white space comes before it', () => {
  fc.assert(
    fc.property(hostile, (text) => {
      const first = guardFormula(text).replace(/^[\s\p{Cf}]+/u, '')[0];
      expect(first === undefined || !TRIGGERS.includes(first)).toBe(true);
      expect(guardFormula(text).endsWith(text)).toBe(true);
    }),
    { numRuns: 2000 },
  );
});

test('numbers have no exponent and are not guarded, empty and absent differ from nothing else', () => {
  expect(csvLine([1e-7, -2.5, 1e21, 0, true, null, ''])).toBe(
    '0.0000001,-2.5,1000000000000000000000,0,true,,\n',
  );
  expect(csvLine(['-2.5'])).toBe("'-2.5\n");
});
