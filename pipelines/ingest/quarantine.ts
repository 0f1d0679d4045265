/** `loaded.rejected`: every refused row with its file, line, reason and bytes. */
import { rmSync } from 'node:fs';
import { REJECT_CODES, type RejectCode } from '../../contracts/errors.ts';
import { literal } from '../warehouse/sql-text.ts';
import type { Warehouse } from '../warehouse/warehouse.ts';
import { type ColumnSql, readsAs } from './expression.ts';
import { gunzipTo } from './gzip.ts';
import { jsonRows } from './json-records.ts';
import { type Line, linesOf } from './lines.ts';
import { LOG_COLUMNS, RejectLog } from './reject-log.ts';
import type { SourceFile, TypedFile } from './source.ts';
import { readCsv, readParquet } from './sql-text.ts';

export async function createRejected(warehouse: Warehouse): Promise<void> {
  await warehouse.run(
    `CREATE OR REPLACE TABLE loaded.rejected
     (file VARCHAR, line BIGINT, "column" VARCHAR, code VARCHAR, expected VARCHAR, bytes VARCHAR)`,
  );
}

/** A log that a slow path wrote, as a FROM clause. */
export function logFrom(log: string): string {
  return readCsv({ path: log, columns: LOG_COLUMNS, header: false, delimiter: ',', newline: '\n' });
}

/** Takes in the log that a slow path wrote. */
export async function listLogged(warehouse: Warehouse, file: string, log: string): Promise<void> {
  await warehouse.run(
    `INSERT INTO loaded.rejected
     SELECT ${literal(file)}, line, coalesce("column", ''), code, expected, coalesce(bytes, '') FROM ${logFrom(log)}`,
  );
}

/** The records of a text file, numbered as its rows are. */
async function* recordsOf(relative: string, path: string, { layout }: TypedFile): AsyncGenerator<Line[]> {
  if (layout === undefined)
    return yield* linesOf(path, { start: 0, end: Number.MAX_SAFE_INTEGER, firstLine: 1 });
  for await (const rows of jsonRows(relative, path, layout)) yield rows.map(({ line }) => line);
}

function expectedOf(code: RejectCode, column: string, columns: readonly ColumnSql[]): string {
  const refusal = columns.find(({ name }) => name === column)?.refusal;
  return refusal?.code === code ? refusal.expected : REJECT_CODES[code];
}

function split(fault: string): { code: RejectCode; column: string } {
  const [code, column = ''] = fault.split(' ');
  return { code: code as RejectCode, column };
}

/**
 * Lists the rows of a file that SQL refused, with their bytes: of text the source line itself, of Parquet the
 * values of its contract columns as JSON. `faults` is SQL for `line` and `fault`.
 */
export async function listFaults(
  warehouse: Warehouse,
  file: SourceFile & { bytes: number },
  typed: TypedFile,
  columns: readonly ColumnSql[],
  faults: string,
  scratch: string,
): Promise<void> {
  if (file.form === 'parquet') {
    // One column of a file may be two of the contract's.
    const named = new Map(
      typed.columns.map((part) => [part.sql === undefined ? part.source : part.column, readsAs(part)]),
    );
    const values = [...named].map(([name, sql]) => `${literal(name)}: ${sql}`).join(', ');
    const codes = await warehouse.rows<{ fault: string }>(
      `SELECT DISTINCT fault FROM (${faults}) ORDER BY fault`,
    );
    for (const { fault } of codes) {
      const { code, column } = split(fault);
      await warehouse.run(
        `INSERT INTO loaded.rejected
         SELECT ${literal(file.relative)}, line, $column, $code, $expected, CASE WHEN strlen(bytes) <= 256 THEN bytes
           ELSE left(bytes, 256) || '… (' || strlen(bytes) || ' bytes, sha256 ' || sha256(bytes) || ')' END
         FROM (SELECT file_row_number + 1 AS line, CAST(to_json({${values}}) AS VARCHAR) AS bytes
               FROM ${readParquet([typed.parts[0]!.path], true)})
         JOIN (${faults}) USING (line) WHERE fault = $fault ORDER BY line`,
        { column, code, expected: expectedOf(code, column, columns), fault },
      );
    }
    return;
  }
  const byLine = new Map<number, string>();
  for (const { line, fault } of await warehouse.rows<{ line: number; fault: string }>(faults))
    byLine.set(line, fault);
  const log = new RejectLog(`${scratch}.faults.csv`);
  const plain = file.form.endsWith('.gz') ? `${scratch}.plain` : file.absolute;
  try {
    if (plain !== file.absolute) await gunzipTo(file, plain, () => {});
    for await (const batch of recordsOf(file.relative, plain, typed)) {
      for (const line of batch) {
        const fault = byLine.get(line.number);
        if (fault === undefined) continue;
        const { code, column } = split(fault);
        log.add(line, { code, column, expected: expectedOf(code, column, columns) });
      }
      await log.flush();
    }
    await log.close();
    if (log.rows > 0) await listLogged(warehouse, file.relative, log.path);
  } finally {
    rmSync(log.path, { force: true });
    if (plain !== file.absolute) rmSync(plain, { force: true });
  }
}
