/** The one look at the values of a file of a large table: footers where they suffice, else a scan of single columns. */
import { readFileSync } from 'node:fs';
import { NETWORK_TIME } from '../../contracts/dataset.ts';
import type { Warehouse } from '../warehouse/warehouse.ts';
import { LINE } from './clean-csv.ts';
import { type ColumnSql, columnSql, faultSql } from './expression.ts';
import type { PlannedColumn } from './plan.ts';
import { rangeOf } from './ranges.ts';
import type { PartColumn, SourceFile, TypedFile } from './source.ts';
import { identifier, readParquet } from './sql-text.ts';

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
  /** Optional values read as NULL, per column. */
  nulled: Record<string, number>;
}

/** FROM clause over the parts of a file; each row has its `line` when `lines` is asked for. */
export function partsFrom({ parts, columns }: TypedFile, lines: boolean): string {
  const numbered = parts.filter(({ firstLine }) => firstLine === undefined);
  // Parts that the slow path wrote have a column more.
  if (!lines && (numbered.length === 0 || numbered.length === parts.length)) {
    return readParquet(parts.map(({ path }) => path));
  }
  const sources = new Set(columns.map(({ source }) => source).filter((source) => source !== ''));
  const names = [...sources].map((source) => `${identifier(source)}, `).join('');
  const selects = parts.map(({ path, firstLine }) =>
    firstLine === undefined
      ? `SELECT ${names}${LINE} AS line FROM ${readParquet([path])}`
      : `SELECT ${names}file_row_number + ${firstLine} AS line FROM ${readParquet([path], true)}`,
  );
  return `(${selects.join(' UNION ALL ')})`;
}

interface Stats {
  name: string;
  nulls: number | null;
  nonempty: boolean;
  /** True when every value is NULL. */
  hollow: boolean;
  low: number | null;
  high: number | null;
}

/**
 * Whether the footers already prove that no value of the column is absent (if required) or senseless. Bounds of
 * floating point are trusted only where DuckDB wrote them, since it gives none where NaN or an infinity stands; other
 * writers leave NaN out of theirs.
 */
function isProven(
  planned: PlannedColumn,
  { source, type }: PartColumn,
  perPart: Stats[][],
  isSpool: boolean,
): boolean {
  const { meta, mapping } = planned;
  if (mapping) return false;
  const range = rangeOf(meta.name, meta.kind);
  return perPart.every((stats) => {
    const found = stats.find(({ name }) => name === source);
    if (!found) return false;
    if (meta.required && found.nulls !== 0) return false;
    if (meta.kind === 'text') return !meta.oneOf && (!meta.required || found.nonempty);
    if (meta.kind === 'boolean') return true;
    if (!meta.required && found.hollow) return true;
    if (!range || !(isSpool ? /INT|DOUBLE/ : /INT|TIMESTAMP/).test(type)) return false;
    return found.low !== null && found.high !== null && found.low >= range.low && found.high <= range.high;
  });
}

/** Text without empty values needs no conversion: a filter on the bare column reaches the file's own index. */
function hasNoEmptyText(
  { meta, mapping }: PlannedColumn,
  { source }: PartColumn,
  perPart: Stats[][],
): boolean {
  const isBare = meta.kind === 'text' && meta.fallback === undefined && !mapping;
  return isBare && perPart.every((stats) => stats.some(({ name, nonempty }) => name === source && nonempty));
}

/** Columns whose values must be looked at, and what looking finds. */
export async function inspect(
  warehouse: Warehouse,
  file: SourceFile,
  typed: TypedFile,
  planned: readonly PlannedColumn[],
): Promise<Inspected> {
  const byName = new Map(planned.map((column) => [column.meta.name, column]));
  const perPart = await Promise.all(typed.parts.map(({ path }) => warehouse.rows<Stats>(STATS, { path })));
  const suspects: ColumnSql[] = [];
  const columns = typed.columns.map((part) => {
    const column = byName.get(part.column)!;
    const sql = columnSql(column, part);
    if (isProven(column, part, perPart, file.form !== 'parquet')) {
      const value = hasNoEmptyText(column, part, perPart) ? identifier(part.source) : sql.typed;
      return { ...sql, value, nonsense: undefined };
    }
    suspects.push(sql);
    return sql;
  });
  const nulled: Record<string, number> = { ...typed.nulled };
  const result: Inspected = { file, typed, columns, fault: 'NULL', faults: 0, nulled };
  const fault = faultSql(suspects);
  const counted = suspects.filter(({ required, nonsense }) => !required && nonsense);
  if (typed.parts.length === 0 || suspects.length === 0) return result;
  const counts = counted.map(({ nonsense }, i) => `count(*) FILTER (WHERE ${nonsense}) AS n${i}`);
  const found = await warehouse.row<Record<string, number>>(
    `SELECT ${[`count(${fault}) AS faults`, ...counts].join(', ')} FROM ${partsFrom(typed, false)}`,
  );
  result.faults = found.faults!;
  if (result.faults > 0) result.fault = fault;
  for (const [i, { name }] of counted.entries()) {
    const n = found[`n${i}`]!;
    if (n > 0) nulled[name] = (nulled[name] ?? 0) + n;
    const column = columns.find((each) => each.name === name)!;
    if (n === 0) Object.assign(column, { value: column.typed, nonsense: undefined });
  }
  return result;
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
  const isClear = column.value === column.typed && /BIGINT|TIMESTAMP/.test(part.type);
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
