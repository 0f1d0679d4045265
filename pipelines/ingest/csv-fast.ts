/**
 * The fast paths of CSV: DuckDB's strict reader and typed conversion in one COPY. The strict one takes only
 * plain values and fails on anything else; the tolerant one reads every value as text by the grammar of
 * values. What they take they read as the slow path would.
 */

import { identifier, literal } from '../warehouse/sql-text.ts';
import type { Warehouse } from '../warehouse/warehouse.ts';
import { LOST } from './clean-csv.ts';
import type { PlannedColumn } from './mapped.ts';
import { copyToParquet, readCsv } from './sql-text.ts';
import { lostMark } from './typed-row.ts';
import { rejects, spoolRule } from './value-rule.ts';
import { textSql, unreadableSql } from './value-sql.ts';

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
   * DuckDB's casts take `1_000` for a number and `T 1:00` for an hour. Where a file holds such bytes, the
   * text of numbers and times is matched against a pattern first, at a cost of about a third.
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
function conversion(column: PlannedColumn, x: string, careful: boolean): { type: string; value: string } {
  const rule = spoolRule(column);
  switch (column.parse) {
    case 'text': {
      const isBare = rule.nothing === undefined && rule.nulls.length === 0;
      return { type: 'VARCHAR', value: isBare ? x : textSql(rule, x) };
    }
    case 'int':
      return careful
        ? {
            type: 'VARCHAR',
            value: `CASE WHEN ${matches(x, '-?[0-9]{1,18}')} THEN CAST(${x} AS BIGINT) WHEN ${x} IS NOT NULL THEN ${FAIL} END`,
          }
        : {
            // A double holds whole numbers below 2^53 exactly; DuckDB's own cast to BIGINT would round 1.5 to
            // 2.
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

/** What stands in the file for each column, by position: names from outside never reach the reader. */
function positions(source: FastSource): { column: PlannedColumn; name: string }[] {
  const position = new Map(source.names.map((name, i) => [name, `c${i}`]));
  return source.columns.map((column) => ({ column, name: position.get(column.source)! }));
}

function readAs(source: FastSource, types: ReadonlyMap<string, string>): string {
  return readCsv({
    path: source.path,
    columns: source.names.map((_, i) => ({ name: `c${i}`, type: types.get(`c${i}`) ?? 'VARCHAR' })),
    header: source.header,
    delimiter: source.delimiter,
    newline: source.newline,
  });
}

async function copied(warehouse: Warehouse, select: string, target: string): Promise<number> {
  const [copy] = await warehouse.rows<{ Count: number }>(copyToParquet(select, target));
  return copy?.Count ?? 0;
}

/**
 * Copies a CSV file into typed Parquet at `target`, in the order of its records.
 *
 * @returns the number of rows written. Throws DuckDB's error when anything in the file is not plain.
 */
export async function copyCsv(warehouse: Warehouse, source: FastSource, target: string): Promise<number> {
  const planned = positions(source).map(({ column, name }) => ({
    name,
    column,
    ...conversion(column, name, source.careful),
  }));
  const types = new Map(planned.map(({ name, type }) => [name, type]));
  const select = planned.map(({ value, column }) => `${value} AS ${identifier(column.meta.name)}`).join(', ');
  return copied(warehouse, `SELECT ${select} FROM ${readAs(source, types)}`, target);
}

/**
 * As `copyCsv`, for files whose values are not plain: words for nothing, units, other forms of time, decimal
 * commas. What cannot be read is marked in the column `lost`; in a column whose values reject their row it is
 * an error.
 */
export async function copyCsvTolerantly(
  warehouse: Warehouse,
  source: FastSource,
  target: string,
): Promise<number> {
  const planned = positions(source).map(({ column, name }) => ({ column, name, rule: spoolRule(column) }));
  const read = planned.map(({ rule, name }) => `${name}, ${textSql(rule, name)} AS v${name}`);
  const values = planned.map(({ column, name }) => `v${name} AS ${identifier(column.meta.name)}`);
  const judged = planned.filter(({ rule }) => rule.kind !== 'text');
  const isUnread = judged.map(({ rule, name }) => `, ${unreadableSql(rule, name, `v${name}`)} AS u${name}`);
  const marks = judged.map(({ column, name }) => {
    const outcome = rejects(column.meta) ? FAIL : literal(lostMark(column.meta.name));
    return `CASE WHEN u${name} THEN ${outcome} END`;
  });
  const isAnyUnread = ['FALSE', ...judged.map(({ name }) => `u${name}`)].join(' OR ');
  const lost = `CASE WHEN ${isAnyUnread} THEN concat(${["''", ...marks].join(', ')}) END AS ${LOST}`;
  return copied(
    warehouse,
    `SELECT ${[...values, lost].join(', ')} FROM (SELECT *${isUnread.join('')}
       FROM (SELECT ${read.join(', ')} FROM ${readAs(source, new Map())}))`,
    target,
  );
}
