/**
 * The one look at the values of a file of a large table: footers where they suffice, else a scan of single
 * columns.
 */
import { readFileSync } from 'node:fs';
import { NETWORK_TIME } from '../../contracts/dataset.ts';
import { identifier } from '../warehouse/sql-text.ts';
import type { Warehouse } from '../warehouse/warehouse.ts';
import { LINE, LOST } from './clean-csv.ts';
import { type ColumnSql, columnSql, faultSql, readsAs, withFallback } from './expression.ts';
import type { PlannedColumn } from './mapped.ts';
import { rangeOf } from './ranges.ts';
import type { Part, PartColumn, SourceFile, TypedFile } from './source.ts';
import { readParquet } from './sql-text.ts';
import { ruleOf } from './value-rule.ts';

const STATS = readFileSync(new URL('./parquet-stats.sql', import.meta.url), 'utf8');
const DAYS = readFileSync(new URL('./parquet-days.sql', import.meta.url), 'utf8');

/** Rows of one UTC day (days since 1970-01-01) and the newest network time among them, epoch ms. */
export interface Day {
  day: number;
  rows: number;
  newest: number;
}

/** A file of which the values are known. */
export interface Inspected {
  file: SourceFile;
  typed: TypedFile;
  columns: ColumnSql[];
  /** SQL that names why a row is refused; NULL for good rows. */
  fault: string;
  /** Rows that `fault` refuses. */
  faults: number;
  /**
   * Values that stand in each column, per contract column, where no value is lost; undefined where some may
   * be, or where rows are refused: then the rows have to be counted.
   */
  kept: Readonly<Record<string, number>> | undefined;
}

/**
 * FROM clause over the parts of a file. With `row`, each row has its `line` and the marks of its lost values
 * (`lost`, NULL for none).
 */
export function partsFrom({ parts, columns }: TypedFile, row: boolean): string {
  const shapes = new Set(parts.map(shapeOf));
  // Parts that the slow or the tolerant path wrote have columns more.
  if (!row && shapes.size <= 1) return readParquet(parts.map(({ path }) => path));
  // A constant of the mapping stands in no part, two columns may read one.
  const sources = new Set(columns.map(({ source }) => source).filter((source) => source !== ''));
  const names = [...sources].map(identifier);
  const selects = parts.map((part) => {
    const { path, firstLine } = part;
    const line = firstLine === undefined ? LINE : `file_row_number + ${firstLine}`;
    const lost = part.lost ? LOST : 'CAST(NULL AS VARCHAR)';
    const more = row ? [`${line} AS ${LINE}`, `${lost} AS ${LOST}`] : [];
    const all = [...names, ...more].join(', ') || 'NULL AS nothing';
    return `SELECT ${all} FROM ${readParquet([path], row && firstLine !== undefined)}`;
  });
  return `(${selects.join(' UNION ALL ')})`;
}

/** Which columns a part has beside those of its file; equal for parts that one reader takes together. */
export function shapeOf({ firstLine, lost }: Part): string {
  return `${firstLine === undefined ? LINE : ''} ${lost ? LOST : ''}`;
}

interface Stats {
  name: string;
  nulls: number | null;
  nonempty: boolean;
  least: string | null;
  greatest: string | null;
  /** True when every value is NULL. */
  hollow: boolean;
  low: number | null;
  high: number | null;
}

/**
 * Whether the footers already prove that no value of the column is absent (if required) or senseless. Bounds
 * of floating point are trusted only where DuckDB wrote them, since it gives none where NaN or an infinity
 * stands; other writers leave NaN out of theirs.
 */
function isProven(
  planned: PlannedColumn,
  { source, type, raw }: PartColumn,
  perPart: Stats[][],
  isSpool: boolean,
): boolean {
  const { meta, mapping } = planned;
  if (mapping) return false;
  const range = rangeOf(meta.name, meta.kind);
  return perPart.every((stats) => {
    const found = stats.find(({ name }) => name === source);
    if (!found) return false;
    if (found.nulls === null || (meta.required && found.nulls !== 0)) return false;
    if (meta.kind === 'text') return !meta.oneOf && found.nonempty && (!raw || holdsNoWord(planned, found));
    if (!meta.required && found.hollow) return true;
    if (raw) return false;
    if (meta.kind === 'boolean') return true;
    if (!range || !(isSpool ? /INT|DOUBLE/ : /INT|TIMESTAMP/).test(type)) return false;
    return found.low !== null && found.high !== null && found.low >= range.low && found.high <= range.high;
  });
}

/**
 * Whether the bounds of a text column leave no room for a word that stands for nothing: all begin with [ or
 * \.
 */
function holdsNoWord(planned: PlannedColumn, { hollow, least, greatest }: Stats): boolean {
  const { nothing, nulls } = ruleOf(planned);
  if (hollow || (nothing === undefined && nulls.length === 0)) return true;
  return nulls.length === 0 && least !== null && greatest !== null && (least > ']' || greatest < '[');
}

/**
 * Text that is loaded as it stands needs no conversion: a filter on the bare column reaches the file's own
 * index.
 */
const isBareText = ({ meta, mapping }: PlannedColumn) =>
  meta.kind === 'text' && !meta.oneOf && !mapping?.words;

/** Columns whose values must be looked at, and what looking finds. */
export async function inspect(
  warehouse: Warehouse,
  file: SourceFile,
  typed: TypedFile,
  planned: readonly PlannedColumn[],
): Promise<Inspected> {
  const byName = new Map(planned.map((column) => [column.meta.name, column]));
  const perPart = await Promise.all(typed.parts.map(({ path }) => warehouse.rows<Stats>(STATS, { path })));
  const rows = typed.parts.reduce((sum, part) => sum + part.rows, 0);
  const kept: Record<string, number> = {};
  const suspects: { part: PartColumn; sql: ColumnSql }[] = [];
  const columns = typed.columns.map((part) => {
    const column = byName.get(part.column)!;
    const sql = columnSql(column, part);
    if (!isProven(column, part, perPart, file.form !== 'parquet')) {
      suspects.push({ part, sql });
      return sql;
    }
    const nulls = perPart.flat().filter(({ name }) => name === part.source);
    kept[sql.name] = nulls.reduce((sum, stats) => sum - stats.nulls!, rows);
    return clearOf(sql, column, part);
  });
  const result: Inspected = { file, typed, columns, fault: 'NULL', faults: 0, kept };
  if (typed.parts.length === 0) return result;
  const marks = perPart.flat().filter(({ name }) => name === LOST);
  if (marks.some(({ hollow }) => !hollow)) result.kept = undefined;
  if (suspects.length === 0) return result;
  const fault = faultSql(suspects.map(({ sql }) => sql));
  const counts = suspects.flatMap(({ part, sql }, i) => [
    `count(${sql.judged}) AS kept${i}`,
    `count(${readsAs(part)}) AS there${i}`,
  ]);
  const found = await warehouse.row<Record<string, number>>(
    `SELECT ${[`count(${fault}) AS faults`, ...counts].join(', ')} FROM ${partsFrom(typed, false)}`,
  );
  result.faults = found.faults!;
  if (result.faults > 0) result.fault = fault;
  for (const [i, { part, sql }] of suspects.entries()) {
    kept[sql.name] = found[`kept${i}`]!;
    if (kept[sql.name] === found[`there${i}`]) {
      columns[typed.columns.indexOf(part)] = clearOf(sql, byName.get(sql.name)!, part);
    } else if (sql.nonsense) result.kept = undefined;
  }
  if (result.faults > 0) result.kept = undefined;
  return result;
}

/** The column of a file in which every value that stands there is kept. */
function clearOf(sql: ColumnSql, column: PlannedColumn, part: PartColumn): ColumnSql {
  const typed = isBareText(column) ? readsAs(part) : sql.typed;
  return { ...sql, typed, judged: typed, value: withFallback(typed, column.meta), nonsense: undefined };
}

interface GroupDays {
  first_day: number | null;
  last_day: number | null;
  newest: number;
  rows: number;
  nulls: number | null;
}

/** Good rows per day of a file, in order of the days. */
export async function daysOf(
  warehouse: Warehouse,
  { file, typed, columns, fault, faults }: Inspected,
): Promise<Day[]> {
  const clock = NETWORK_TIME[file.table];
  const column = columns.find(({ name }) => name === clock);
  const part = typed.columns.find(({ column: name }) => name === clock);
  if (!column || !part || typed.parts.length === 0) return [];
  // Bounds of numbers in a unit of the mapping are no times.
  const isTime = /TIMESTAMP/.test(part.type) || column.typed === readsAs(part);
  const isClear = column.value === column.typed && isTime;
  if (faults === 0 && isClear && typed.parts.length === 1) {
    const groups = await warehouse.rows<GroupDays>(DAYS, { path: typed.parts[0]!.path, column: part.source });
    if (
      groups.every(
        (group) => group.nulls === 0 && group.first_day !== null && group.first_day === group.last_day,
      )
    ) {
      const days = new Map<number, Day>();
      for (const { first_day, rows, newest } of groups) {
        const day = days.get(first_day!) ?? { day: first_day!, rows: 0, newest };
        days.set(first_day!, { day: day.day, rows: day.rows + rows, newest: Math.max(day.newest, newest) });
      }
      return [...days.values()].sort((a, b) => a.day - b.day);
    }
  }
  return warehouse.rows<Day>(
    `SELECT ${column.value} // 86400000 AS day, count(*) AS rows, max(${column.value}) AS newest
     FROM ${partsFrom(typed, false)} WHERE (${fault}) IS NULL AND ${column.value} IS NOT NULL GROUP BY 1 ORDER BY 1`,
  );
}
