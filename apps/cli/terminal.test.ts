import { stripVTControlCharacters } from 'node:util';
import { describe, expect, it } from 'vitest';
import type { SubjectDossier } from '../../contracts/dossier.ts';
import { dossierText } from '../../reports/terminal/dossier.ts';
import { folded, wrapWords } from '../../reports/terminal/fold.ts';
import { tableText } from '../../reports/terminal/table.ts';
import { widthOf } from './terminal.ts';

const WIDTHS = [40, 60, 80, 120] as const;
const longest = (text: string) =>
  Math.max(
    ...stripVTControlCharacters(text)
      .split('\n')
      .map((line) => [...line].length),
  );
/** Every character but white space, borders and line breaks: what must not be lost. */
const ink = (text: string) => stripVTControlCharacters(text).replace(/[\s│┌┐└┘─┬┴├┤┼]/g, '');

describe('widthOf', () => {
  it('is that of the terminal, at least 40, and without end for a file', () => {
    expect(widthOf({ isTTY: true, columns: 60 })).toBe(60);
    expect(widthOf({ isTTY: true, columns: 12 })).toBe(40);
    expect(widthOf({ isTTY: false, columns: 60 })).toBe(Number.POSITIVE_INFINITY);
    expect(widthOf({})).toBe(Number.POSITIVE_INFINITY);
  });
});

describe('folded', () => {
  const text = [
    '  devices            609: 17 void, 22 in review, 570 clear (51 without network-measured evidence)',
    '  a plain sentence that is a good deal longer than forty characters and has no name before it',
    `  ${'x'.repeat(150)}`,
    'short',
    '',
  ].join('\n');

  it.each(WIDTHS)('keeps every line within %d and loses nothing', (width) => {
    expect(longest(folded(text, width))).toBeLessThanOrEqual(width);
    expect(ink(folded(text, width))).toBe(ink(text));
  });

  it('goes on below the value, leaves short lines and files alone', () => {
    expect(folded('  inputs   not sealed: the dataset has no MANIFEST.csv', 40)).toBe(
      '  inputs   not sealed: the dataset has\n           no MANIFEST.csv',
    );
    expect(folded('short\n', 40)).toBe('short\n');
    expect(folded(text, Number.POSITIVE_INFINITY)).toBe(text);
  });

  it('counts no colour codes and cuts none', () => {
    const red = `\u001b[31m${'word '.repeat(20)}\u001b[39m`;
    expect(longest(folded(red, 60))).toBeLessThanOrEqual(60);
    expect(folded(red, 60).replace(/\s+/g, ' ')).toBe(red);
  });
});

describe('wrapWords', () => {
  it('breaks a word only where it is longer than a line', () => {
    expect(wrapWords('ab cdefgh ij', 4)).toEqual(['ab', 'cdef', 'gh', 'ij']);
    expect(wrapWords('', 4)).toEqual(['']);
  });
});

describe('tables on a terminal', () => {
  const table = {
    title: 'Detectors',
    head: ['detector', 'family', 'subject', 'forgeable by', 'counts', 'title'],
    rows: [
      [
        'benchmark-below-claim',
        'benchmark',
        'device',
        'nobody',
        '1',
        'Measured performance of a lesser card',
      ],
      [
        'ip-shared',
        'network',
        'account',
        'anyone, operator',
        '25',
        'One address, many accounts that joined together',
      ],
    ],
    numbers: [4],
  };

  it.each(WIDTHS)('fit %d columns and lose nothing', (width) => {
    const text = tableText(table, { terminal: true, width });
    expect(longest(text)).toBeLessThanOrEqual(width);
    for (const cell of table.rows.flat())
      for (const word of cell.split(' ')) expect(ink(text)).toContain(word.slice(0, 9));
  });

  it('are boxed where columns fit, and a line per cell where they do not', () => {
    expect(tableText(table, { terminal: true, width: 80 })).toContain('│');
    expect(tableText(table, { terminal: true, width: 40 })).not.toContain('│');
    expect(tableText(table, { terminal: true, width: 40 })).toMatch(/^detector +benchmark-below-claim$/m);
  });
});

describe('a dossier', () => {
  const dossier: SubjectDossier = {
    ...({
      kind: 'device',
      id: 'cca5a984-e52e-f9b4-085d-6049332a43c9',
      verdict: 'void',
      risk: 0.99,
    } as SubjectDossier),
    snapshot: '2025-03-12T23:59:59.000Z',
    about: {
      model: 'NVIDIA GeForce RTX 4090',
      reasons: 'one, two, three, four, five, six, seven, eight, nine, ten',
    },
    prior: { log_odds: -4.6, probability: 0.01 },
    threshold: { verdict: 'void', log_odds: 4.6, probability: 0.99 },
    ...{ held_by: [], links: [], link_count: 0, activity: [], devices: [], merchants: [], certificates: [] },
    ...{ decisions: [], appeal: [], unseen: [], flip: null },
    terms: [
      {
        ...{
          counted: true,
          weight: 5.3,
          running: 0.7,
          probability: 0.67,
          why_not: null,
          fact: 'f',
          value: null,
        },
        ...{
          detector: 'd',
          level: 'l',
          reason: 'card-copied-by-owner',
          family: 'identity',
          forgeable_by: 'operator',
        },
        says: 'The owner of this machine reports the same card more than once at the same time.',
        ...{ facts: { claimants: 22 }, related: [], first_at: null, last_at: null },
      } as unknown as SubjectDossier['terms'][number],
    ],
  };
  const plain = (_: unknown, text: string) => text;

  it.each(WIDTHS)('fits %d columns', (width) => {
    const text = folded(dossierText(dossier, plain, width), width);
    expect(longest(text)).toBeLessThanOrEqual(width);
    for (const part of ['+5.30', '−4.60', 'claimants: 22', 'NVIDIA GeForce']) expect(text).toContain(part);
  });

  it('keeps its bar down to 80 columns', () => {
    expect(dossierText(dossier, plain, 80)).toContain('█');
    expect(dossierText(dossier, plain, 79)).not.toContain('█');
  });
});
