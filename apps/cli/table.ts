/** Tables for people: boxed on a terminal, aligned plain columns everywhere else. */
import CliTable from 'cli-table3';
import { printable } from '../../reports/terminal/printable.ts';

export interface Table {
  title?: string;
  head: readonly string[];
  rows: readonly (readonly string[])[];
  /** Columns of numbers, by position: aligned at the right. */
  numbers?: readonly number[];
}

function plain({ head, rows, numbers = [] }: Table): string {
  const lines = [head, ...rows].map((row) => row.map(printable));
  const widths = head.map((_, c) => Math.max(...lines.map((line) => line[c]!.length)));
  const cell = (text: string, c: number) =>
    numbers.includes(c) ? text.padStart(widths[c]!) : text.padEnd(widths[c]!);
  return lines.map((line) => line.map(cell).join('  ').trimEnd()).join('\n');
}

function boxed({ head, rows, numbers = [] }: Table): string {
  const table = new CliTable({
    head: head.map(printable),
    colAligns: head.map((_, c) => (numbers.includes(c) ? 'right' : 'left')),
    style: { head: ['bold'], border: ['grey'], compact: true },
  });
  table.push(...rows.map((row) => row.map(printable)));
  return table.toString();
}

/** One table as text, with its title and a line break at the end. */
export function tableText(table: Table, terminal = process.stdout.isTTY === true): string {
  return `${table.title ? `${table.title}\n` : ''}${terminal ? boxed(table) : plain(table)}\n`;
}
