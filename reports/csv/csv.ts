/** CSV by RFC 4180, with LF line ends as the dataset contract allows. */
import { plainNumber } from '../json/plain-number.ts';

export type Cell = string | number | bigint | boolean | null;

/**
 * Text that a spreadsheet would run as a formula gets a leading apostrophe, which spreadsheets show as text
 * (OWASP ASVS 5.0, 1.2.10; full-width forms are folded to the ASCII ones by some of them).
 */
export function guardFormula(text: string): string {
  return /^[\s\p{Cf}]*[=+\-@\t\r＝＋－＠]/u.test(text) ? `'${text}` : text;
}

function cellText(cell: Cell, guarded: boolean): string {
  if (cell === null) return '';
  if (typeof cell === 'number') return plainNumber(cell);
  if (typeof cell !== 'string') return String(cell);
  const text = guarded ? guardFormula(cell) : cell;
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

/** One record with its line end. `ids` names the columns, by position, whose bytes are the dataset's own. */
export function csvLine(cells: readonly Cell[], ids: ReadonlySet<number> = new Set()): string {
  return `${cells.map((cell, i) => cellText(cell, !ids.has(i))).join(',')}\n`;
}
