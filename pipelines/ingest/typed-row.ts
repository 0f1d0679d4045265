/** A record's fields as canonical text, or the reason why the row is refused: what both slow paths share. */
import type { Refusal } from './csv-record.ts';
import type { PlannedColumn } from './plan.ts';
import type { Parsed } from './values.ts';

/** Counts, per contract column, of optional values that were read as NULL. */
export type NulledCounts = Record<string, number>;

/** The machine's own clock may say anything (contract): an unreadable value is no value, and the row stays. */
const MACHINE_CLOCK = 'sent_at';

/**
 * `read` gives the parsed value of a column. Optional values that parse but cannot be held are NULL and counted;
 * required ones refuse the row. Whether a required value is there at all is judged later, with the ranges.
 */
export function typeRow(
  columns: readonly PlannedColumn[],
  read: (column: PlannedColumn, index: number) => Parsed,
  nulled: NulledCounts,
): Array<string | null> | Refusal {
  const values: Array<string | null> = [];
  const unread: string[] = [];
  for (const [index, column] of columns.entries()) {
    const parsed = read(column, index);
    const { name, required } = column.meta;
    if (parsed.ok) {
      values.push(parsed.text);
      if (!('nonsense' in parsed)) continue;
      if (required) return { code: 'R_RANGE', column: name, expected: 'a value in range' };
    } else {
      if (name !== MACHINE_CLOCK) return { code: parsed.code, column: name, expected: parsed.expected };
      values.push(null);
    }
    unread.push(name);
  }
  for (const name of unread) nulled[name] = (nulled[name] ?? 0) + 1;
  return values;
}
