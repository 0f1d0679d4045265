/**
 * The fast path of CSV: DuckDB's strict reader and typed conversion in one COPY. It takes only what the slow path
 * would read to the same values, and fails as a whole on anything else.
 */
import type { ColumnKind } from '../../contracts/dataset.ts';
import type { Warehouse } from '../warehouse/warehouse.ts';
import type { PlannedColumn } from './plan.ts';
import { copyToParquet, identifier, literal, readCsv } from './sql-text.ts';

export interface FastSource {
  path: string;
  /** True when the first line is the header. */
  header: boolean;
  /** Names of all columns of the file, in its order. */
  names: readonly string[];
  columns: readonly PlannedColumn[];
  delimiter: string;
  newline: '\n' | '\r\n';
  /**
   * DuckDB's casts take `1_000` for a number and `T 1:00` for an hour. Where a file holds such bytes, the text of
   * numbers and times is matched against a pattern first, at a cost of about a third.
   */
  careful: boolean;
}

const FAIL = "error('not plain')";
const TIME_PATTERN =
  '(19[7-9]|[2-9][0-9]{2})[0-9]-[0-9]{2}-[0-9]{2}[T ][0-9]{2}:[0-9]{2}:[0-9]{2}([.][0-9]{1,9})?(Z|[+-][01][0-9]:[0-5][0-9])';

function matches(text: string, pattern: string): string {
  return `regexp_full_match(${text}, ${literal(pattern)})`;
}

/** Type in which `read_csv` takes the column, and the expression that makes the spool's value of it. */
function conversion(kind: ColumnKind, x: string, careful: boolean): { type: string; value: string } {
  switch (kind) {
    case 'text':
      return { type: 'VARCHAR', value: x };
    case 'int':
      return careful
        ? {
            type: 'VARCHAR',
            value: `CASE WHEN ${matches(x, '-?[0-9]{1,18}')} THEN CAST(${x} AS BIGINT) WHEN ${x} IS NOT NULL THEN ${FAIL} END`,
          }
        : {
            // A double holds whole numbers below 2^53 exactly; DuckDB's own cast to BIGINT would round 1.5 to 2.
            type: 'DOUBLE',
            value: `CASE WHEN ${x} = trunc(${x}) AND abs(${x}) < 9007199254740992 THEN CAST(${x} AS BIGINT) WHEN ${x} IS NOT NULL THEN ${FAIL} END`,
          };
    case 'float':
      return careful
        ? {
            type: 'VARCHAR',
            value: `CASE WHEN ${matches(x, '-?[0-9]+([.][0-9]+)?([eE][+-]?[0-9]{1,3})?')} THEN CAST(${x} AS DOUBLE) WHEN ${x} IS NOT NULL THEN ${FAIL} END`,
          }
        : { type: 'DOUBLE', value: x };
    case 'decimal':
      return {
        type: 'VARCHAR',
        value: `CASE WHEN ${matches(x, '-?[0-9]{1,31}([.][0-9]{1,6})?')} THEN CAST(${x} AS DECIMAL(38,6)) WHEN ${x} IS NOT NULL THEN ${FAIL} END`,
      };
    case 'boolean':
      return {
        type: 'VARCHAR',
        value: `CASE lower(${x}) WHEN 'true' THEN TRUE WHEN 'false' THEN FALSE ELSE CASE WHEN ${x} IS NOT NULL THEN ${FAIL} END END`,
      };
    case 'time': {
      const plain = careful
        ? ''
        : `WHEN ${x} LIKE '____-__-__T__:__:__.___Z' AND ${x} >= '1970' THEN epoch_ms(CAST(${x} AS TIMESTAMP)) `;
      return {
        type: 'VARCHAR',
        // A cast to TIMESTAMP would drop the offset in silence.
        value: `CASE ${plain}WHEN ${matches(x, TIME_PATTERN)} THEN epoch_ms(CAST(${x} AS TIMESTAMPTZ)) WHEN ${x} IS NOT NULL THEN ${FAIL} END`,
      };
    }
  }
}

/**
 * Copies a CSV file into typed Parquet at `target`, in the order of its records.
 *
 * @returns the number of rows written. Throws DuckDB's error when anything in the file is not plain.
 */
export async function copyCsv(warehouse: Warehouse, source: FastSource, target: string): Promise<number> {
  // Names from outside never reach the reader: positions do, since the header was matched before.
  const position = new Map(source.names.map((name, i) => [name, `c${i}`]));
  const planned = source.columns.map((column) => {
    const name = position.get(column.source)!;
    return { name, column, ...conversion(column.parse, name, source.careful) };
  });
  const types = new Map(planned.map(({ name, type }) => [name, type]));
  const read = readCsv({
    path: source.path,
    columns: source.names.map((_, i) => ({ name: `c${i}`, type: types.get(`c${i}`) ?? 'VARCHAR' })),
    header: source.header,
    delimiter: source.delimiter,
    newline: source.newline,
  });
  const select = planned.map(({ value, column }) => `${value} AS ${identifier(column.meta.name)}`).join(', ');
  const [copied] = await warehouse.rows<{ Count: number }>(
    copyToParquet(`SELECT ${select} FROM ${read}`, target),
  );
  return copied?.Count ?? 0;
}
