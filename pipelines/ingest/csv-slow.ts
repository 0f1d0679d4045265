/** The slow path of CSV: line by line, field by field; what it refuses is quarantined, the rest is typed. */
import type { Warehouse } from '../warehouse/warehouse.ts';
import { CleanCsv } from './clean-csv.ts';
import { readRecord } from './csv-record.ts';
import { linesOf, type Span } from './lines.ts';
import type { PlannedColumn } from './plan.ts';
import type { RejectLog } from './reject-log.ts';
import { type NulledCounts, typeRow } from './typed-row.ts';
import { parseValue } from './values.ts';

export interface SlowSource {
  path: string;
  names: readonly string[];
  columns: readonly PlannedColumn[];
  delimiter: string;
}

export interface SlowResult {
  /** Records met; blank lines are none. */
  records: number;
  /** Rows written to the target. */
  rows: number;
}

/**
 * Reads the records of a span into typed Parquet at `target` (with a `line` column). Refused records go to `log`,
 * optional values that no column can hold are counted in `nulled`. `check` may throw to stop.
 */
export async function copyCsvSlowly(
  warehouse: Warehouse,
  source: SlowSource,
  span: Span,
  target: string,
  log: RejectLog,
  nulled: NulledCounts,
  check: () => void,
): Promise<SlowResult> {
  const clean = new CleanCsv(`${target}.csv`, source.columns);
  const at = source.columns.map(({ source: name }) => source.names.indexOf(name));
  let records = 0;
  try {
    for await (const batch of linesOf(source.path, span)) {
      check();
      for (const line of batch) {
        if (line.bytes.length === 0) continue;
        records++;
        const fields = readRecord(line, source.names.length, source.delimiter);
        const typed = Array.isArray(fields)
          ? typeRow(source.columns, (column, i) => parseValue(column.parse, fields[at[i]!]!), nulled)
          : fields;
        if (Array.isArray(typed)) clean.add(line.number, typed);
        else log.add(line, typed);
      }
      await Promise.all([clean.flush(), log.flush()]);
    }
  } finally {
    await clean.close();
  }
  if (clean.rows > 0) await clean.toParquet(warehouse, target);
  clean.remove();
  return { records, rows: clean.rows };
}
