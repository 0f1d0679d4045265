/** A record's fields as canonical text, or the reason why the row is refused: what both slow paths share. */
import { SQL_TYPE } from '../../contracts/dataset.ts';
import type { Refusal } from './csv-record.ts';
import type { PlannedColumn } from './mapped.ts';
import type { PartColumn } from './source.ts';
import { rejects } from './value-rule.ts';
import type { Parsed } from './values.ts';

/** The column of a spool file that holds a planned column. */
export function spoolColumn({ meta, parse, mapping }: PlannedColumn): PartColumn {
  return {
    column: meta.name,
    source: meta.name,
    type: SQL_TYPE[parse],
    ...(mapping?.words ? { raw: true } : {}),
  };
}

/** A typed record. */
export interface TypedRow {
  values: Array<string | null>;
  /** Columns of which the value is lost, as `lostMark` writes them; null when there is none. */
  lost: string | null;
}

/** How a spool file marks a column as lost; a row's marks are joined without a gap. */
export const lostMark = (column: string) => ` ${column} `;

/**
 * `read` gives the parsed value of a column. An optional value that cannot be read or held costs that value;
 * a key, a required or a knowable one refuses the row, and so do damaged bytes. Whether a required value is
 * there at all is judged later, with the ranges.
 */
export function typeRow(
  columns: readonly PlannedColumn[],
  read: (column: PlannedColumn, index: number) => Parsed,
): TypedRow | Refusal {
  const values: Array<string | null> = [];
  let lost = '';
  for (const [index, column] of columns.entries()) {
    const parsed = read(column, index);
    const { name } = column.meta;
    if (parsed.ok && !('nonsense' in parsed)) {
      values.push(parsed.text);
      continue;
    }
    const refusal = parsed.ok
      ? ({ code: 'R_RANGE', column: name, expected: 'a value in range' } as const)
      : { code: parsed.code, column: name, expected: parsed.expected };
    const isDamaged = !['R_RANGE', 'R_TYPE', 'R_TIME'].includes(refusal.code);
    if (isDamaged || rejects(column.meta)) return refusal;
    values.push(null);
    lost += lostMark(name);
  }
  return { values, lost: lost === '' ? null : lost };
}
