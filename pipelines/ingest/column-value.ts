/** `loaded.column_value`: per file and column how many values were kept, were nothing, and were lost. */
import type { TableName } from '../../contracts/dataset.ts';
import { GhostcardError } from '../../contracts/errors.ts';
import { identifier, literal } from '../warehouse/sql-text.ts';
import type { Warehouse } from '../warehouse/warehouse.ts';
import type { ColumnSql } from './expression.ts';
import { partsFrom } from './inspect.ts';
import type { LargeFile } from './large-table.ts';
import { stageOf } from './small-table.ts';
import type { TypedFile } from './source.ts';
import { lostMark } from './typed-row.ts';

/**
 * Counts of one column of one file: `kept` + `empty` + `lost` = rows of the file that were loaded or
 * duplicate.
 */
export interface ColumnValue {
  file: string;
  table: TableName;
  column: string;
  kept: number;
  empty: number;
  lost: number;
}

type Counts = Record<string, number>;

/** @throws E_CONSERVATION where more values are kept and lost than there are rows. */
function columnValue(
  { file, table, column }: Pick<ColumnValue, 'file' | 'table' | 'column'>,
  rows: number,
  kept: number,
  lost: number,
): ColumnValue {
  if (kept + lost <= rows) return { file, table, column, kept, empty: rows - kept - lost, lost };
  throw new GhostcardError('E_CONSERVATION', {
    subject: `${file}, column ${column}`,
    expected: `${rows} values`,
    got: `${kept} kept, ${lost} lost`,
    todo: 'The file is damaged, or this is a defect: please report it with the file.',
  });
}

const hasMark = (column: string) => `contains(lost, ${literal(lostMark(column))})`;

/** True in SQL over `partsFrom(…, true)` where the value of the column is lost. */
export function isLost({ name, rejects, nonsense }: ColumnSql): string {
  return nonsense && !rejects ? `(coalesce(${hasMark(name)}, FALSE) OR ${nonsense})` : hasMark(name);
}

/**
 * Counts of a file of a large table: by the footers where nothing is lost or refused, else by one aggregate.
 */
export async function countLarge(warehouse: Warehouse, large: LargeFile): Promise<ColumnValue[]> {
  const { file, typed, columns, kept, refusal, refused } = large;
  const names = columns.map(({ name }) => ({ file: file.relative, table: file.table, column: name }));
  const held = typed.parts.reduce((sum, { rows }) => sum + rows, 0);
  if (held === 0) return names.map((name) => columnValue(name, 0, 0, 0));
  if (kept && refused === 0) return names.map((name) => columnValue(name, held, kept[name.column]!, 0));
  const counts = columns.flatMap((column, i) => [
    `count(${column.judged}) AS kept${i}`,
    `count(*) FILTER (WHERE ${isLost(column)}) AS lost${i}`,
  ]);
  const found = await warehouse.row<Counts>(
    `SELECT count(*) AS held, ${counts.join(', ')} FROM ${partsFrom(typed, true)} WHERE (${refusal}) IS NULL`,
  );
  return names.map((name, i) => columnValue(name, found.held!, found[`kept${i}`]!, found[`lost${i}`]!));
}

/**
 * Counts of the files of a small table, after its stage was judged. A value of a derived row that gave way to
 * another of the same key is lost: nothing reads it.
 */
export async function countStaged(
  warehouse: Warehouse,
  table: TableName,
  files: ReadonlyArray<{ position: number; file: string; typed: TypedFile }>,
): Promise<ColumnValue[]> {
  const names = [...new Set(files.flatMap(({ typed }) => typed.columns.map(({ column }) => column)))];
  const counts = names.flatMap((name, i) => [
    `count(${identifier(name)}) FILTER (WHERE NOT contains(unsaid || overruled, ${literal(lostMark(name))})) AS kept${i}`,
    `count(*) FILTER (WHERE contains(lost || overruled, ${literal(lostMark(name))})) AS lost${i}`,
  ]);
  const found = await warehouse.rows<Counts>(
    `SELECT file_position AS position, ${['count(*) AS held', ...counts].join(', ')} FROM ${stageOf(table)}
     WHERE fault IS NULL OR fault = 'duplicate' GROUP BY file_position`,
  );
  const byPosition = new Map(found.map((each) => [each.position, each]));
  return files.flatMap(({ position, file, typed }) =>
    typed.columns.map(({ column }) => {
      const [own, i] = [byPosition.get(position), names.indexOf(column)];
      return columnValue(
        { file, table, column },
        own?.held ?? 0,
        own?.[`kept${i}`] ?? 0,
        own?.[`lost${i}`] ?? 0,
      );
    }),
  );
}
