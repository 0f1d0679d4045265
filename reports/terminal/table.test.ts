import { stripVTControlCharacters } from 'node:util';
import { describe, expect, it } from 'vitest';
import { tableText } from './table.ts';

const table = {
  title: 'Sizes',
  head: ['name', 'n'],
  rows: [
    ['a', '10'],
    ['long', '9'],
  ],
  numbers: [1],
};

describe('tableText', () => {
  it('aligns plain columns, numbers at the right', () => {
    expect(tableText(table, { terminal: false, width: Number.POSITIVE_INFINITY })).toBe(
      'Sizes\nname   n\na     10\nlong   9\n',
    );
  });

  it('draws a box on a terminal', () => {
    const text = stripVTControlCharacters(tableText(table, { terminal: true, width: 80 }));
    expect(text).toContain('│ long │  9 │');
  });

  it('shows control characters of a dataset instead of sending them', () => {
    for (const terminal of [true, false]) {
      expect(tableText({ head: ['id'], rows: [['\u001b[2J\u202e']] }, { terminal, width: 80 })).toContain(
        '\\u{1b}[2J\\u{202e}',
      );
    }
  });
});
