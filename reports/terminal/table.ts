/** Tables for people: boxed on a terminal and within its width, aligned plain columns everywhere else. */
import CliTable from 'cli-table3';
import { type Screen, wrapWords } from './fold.ts';
import { printable } from './printable.ts';

export interface Table {
  title?: string;
  head: readonly string[];
  rows: readonly (readonly string[])[];
  /** Columns of numbers, by position: aligned at the right. */
  numbers?: readonly number[];
}

/** Characters to which a column of words may shrink; one of numbers keeps its width. */
const NARROWEST_COLUMN = 10;

function safe({ head, rows }: Table): string[][] {
  return [head, ...rows].map((row) => row.map(printable));
}

function plain(table: Table): string {
  const { head, numbers = [] } = table;
  const lines = safe(table);
  const widths = head.map((_, c) => Math.max(...lines.map((line) => line[c]!.length)));
  const cell = (text: string, c: number) =>
    numbers.includes(c) ? text.padStart(widths[c]!) : text.padEnd(widths[c]!);
  return lines.map((line) => line.map(cell).join('  ').trimEnd()).join('\n');
}

/** Widths of the columns' text within `width`, the widest narrowed first; null where they do not fit. */
export function columnWidths(
  natural: readonly number[],
  least: readonly number[],
  width: number,
): number[] | null {
  // A border before each column and after the last, a space on either side of a text.
  const room = width - (3 * natural.length + 1);
  const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0);
  if (sum(least) > room) return null;
  const widths = [...natural];
  for (let over = sum(widths) - room; over > 0; over--) {
    let widest = -1;
    for (const [c, value] of widths.entries())
      if (value > least[c]! && (widest < 0 || value > widths[widest]!)) widest = c;
    widths[widest]!--;
  }
  return widths;
}

/** One `name  value` line per cell, a blank line between rows. */
function stacked(table: Table, width: number): string {
  const [head, ...rows] = safe(table) as [string[], ...string[][]];
  const names = Math.min(Math.max(...head.map((name) => name.length)), Math.floor(width / 3));
  const line = (name: string, value: string) => {
    const left = wrapWords(name, names);
    const right = wrapWords(value, width - names - 2);
    const count = value === '' ? 0 : Math.max(left.length, right.length);
    return Array.from({ length: count }, (_, i) =>
      `${(left[i] ?? '').padEnd(names)}  ${right[i] ?? ''}`.trimEnd(),
    );
  };
  return rows.map((row) => row.flatMap((value, c) => line(head[c]!, value)).join('\n')).join('\n\n');
}

function boxed(table: Table, width: number): string {
  const { head, numbers = [] } = table;
  const lines = safe(table);
  const natural = head.map((_, c) => Math.max(...lines.map((line) => [...line[c]!].length)));
  const least = natural.map((value, c) => (numbers.includes(c) ? value : Math.min(value, NARROWEST_COLUMN)));
  const widths = columnWidths(natural, least, width);
  if (widths === null) return stacked(table, width);
  const [names, ...cells] = lines.map((line) =>
    line.map((text, c) => wrapWords(text, widths[c]!).join('\n')),
  );
  const box = new CliTable({
    head: names!,
    colAligns: head.map((_, c) => (numbers.includes(c) ? 'right' : 'left')),
    style: { head: ['bold'], border: ['grey'], compact: true },
  });
  box.push(...cells);
  return box.toString();
}

/** One table as text, with its title and a line break at the end. */
export function tableText(table: Table, { terminal, width }: Screen): string {
  return `${table.title ? `${table.title}\n` : ''}${terminal ? boxed(table, width) : plain(table)}\n`;
}
