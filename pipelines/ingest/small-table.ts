/**
 * The tables that fit in the warehouse: staged with file and line, judged, cleared of repeated keys, loaded.
 */
import { columnsOf, keysOf, NETWORK_TIME, type TableName } from '../../contracts/dataset.ts';
import { identifier, literal } from '../warehouse/sql-text.ts';
import type { Warehouse } from '../warehouse/warehouse.ts';
import { LINE, LOST } from './clean-csv.ts';
import { absentValue, columnSql, faultSql } from './expression.ts';
import { type Day, partsFrom } from './inspect.ts';
import { dropLoaded } from './large-table.ts';
import type { PlannedColumn } from './mapped.ts';
import type { TypedFile } from './source.ts';
import { lostMark } from './typed-row.ts';

/** A file of the table; `position` is its place in the order of the dataset's paths. */
export interface StagedFile {
  position: number;
  typed: TypedFile;
}

export const stageOf = (table: TableName) => identifier(`stage_${table}`);

/**
 * Stages all files of a table: contract columns, `file_position`, `line`, `lost`, `unsaid` and `overruled`
 * (marks of columns whose value is lost, stands on the contract's fallback, or gave way to an earlier row of
 * its key) and `fault` (`CODE column`, NULL for good rows).
 */
export async function stageTable(
  warehouse: Warehouse,
  table: TableName,
  files: readonly StagedFile[],
  planned: readonly PlannedColumn[],
): Promise<void> {
  const byName = new Map(planned.map((column) => [column.meta.name, column]));
  const selects: string[] = [];
  for (const { position, typed } of files) {
    if (typed.parts.length === 0) continue;
    const columns = typed.columns.map((part) => columnSql(byName.get(part.column)!, part));
    const values = planned.map((column) => {
      const sql = columns.find(({ name }) => name === column.meta.name)?.value ?? absentValue(column);
      return `${sql} AS ${identifier(column.meta.name)}`;
    });
    const lost = columns.flatMap(({ name, rejects, nonsense }) =>
      nonsense && !rejects ? [marked(name, nonsense)] : [],
    );
    const fallbacks = columns.filter(({ name }) => byName.get(name)!.meta.fallback !== undefined);
    const unsaid = fallbacks.map(({ name, judged }) => marked(name, `(${judged}) IS NULL`));
    selects.push(
      `SELECT ${position} AS file_position, ${LINE}, ${marks([LOST, ...lost])} AS lost, ${marks(unsaid)} AS unsaid,
         '' AS overruled, ${values.join(', ')}, ${faultSql(columns)} AS fault FROM ${partsFrom(typed, true)}`,
    );
  }
  const body = selects.length > 0 ? selects.join(' UNION ALL ') : emptyStage(planned);
  // Rows stand in the order of files and lines, and so do those of `loaded` below.
  await warehouse.run(`CREATE OR REPLACE TEMP TABLE ${stageOf(table)} AS ${body}`);
}

const marked = (name: string, condition: string) =>
  `CASE WHEN ${condition} THEN ${literal(lostMark(name))} END`;
/** All marks of a row in one text; SQL's `concat` leaves out NULLs. */
const marks = (each: readonly string[]) => `concat(${["''", ...each].join(', ')})`;

function emptyStage(planned: readonly PlannedColumn[]): string {
  const values = planned.map((column) => `${absentValue(column)} AS ${identifier(column.meta.name)}`);
  return `SELECT 0 AS file_position, CAST(0 AS BIGINT) AS line, '' AS lost, '' AS unsaid, '' AS overruled,
    ${values.join(', ')},
    CAST(NULL AS VARCHAR) AS fault WHERE FALSE`;
}

/** Good staged rows per day of the network's time, per file position when `byFile`. */
export async function stagedDays(warehouse: Warehouse, table: TableName): Promise<Day[]> {
  const clock = NETWORK_TIME[table];
  if (!clock) return [];
  return warehouse.rows<Day>(
    `SELECT ${identifier(clock)} // 86400000 AS day, count(*) AS rows, max(${identifier(clock)}) AS newest
     FROM ${stageOf(table)} WHERE fault IS NULL AND ${identifier(clock)} IS NOT NULL GROUP BY 1 ORDER BY 1`,
  );
}

export interface FileCounts {
  position: number;
  loaded: number;
  duplicate: number;
  refused: number;
}

/**
 * Judges keys and the future, and creates `loaded.<table>` in the order of files and lines. The first row of
 * a key stays; equal later ones are duplicates, others are refused. The stage keeps `fault` for the listing.
 */
export async function loadStaged(
  warehouse: Warehouse,
  table: TableName,
  cutoff: number,
  distinct = false,
): Promise<FileCounts[]> {
  const stage = stageOf(table);
  const clock = NETWORK_TIME[table];
  if (clock && Number.isFinite(cutoff)) {
    await warehouse.run(
      `UPDATE ${stage} SET fault = 'R_FUTURE ${clock}' WHERE fault IS NULL AND ${identifier(clock)} > ${cutoff}`,
    );
  }
  const keys = keysOf(table).map((key) => keySql(table, key));
  if (distinct) await keepFirst(warehouse, table, keys);
  else if (keys.length > 0) await judgeKeys(warehouse, table, keys);
  const columns = columnsOf(table).map(({ name }) => identifier(name));
  await dropLoaded(warehouse, table);
  await warehouse.run(
    `CREATE TABLE loaded.${identifier(table)} AS SELECT ${columns.join(', ')} FROM ${stage} WHERE fault IS NULL`,
  );
  return warehouse.rows<FileCounts>(
    `SELECT file_position AS position, count(*) FILTER (WHERE fault IS NULL) AS loaded,
       count(*) FILTER (WHERE fault = 'duplicate') AS duplicate,
       count(*) FILTER (WHERE fault <> 'duplicate') AS refused
     FROM ${stage} GROUP BY ALL ORDER BY ALL`,
  );
}

/** A column of the key as SQL. A card without an index is known by its uuid, else by its place on the bus. */
function keySql(table: TableName, key: string): string {
  if (table !== 'gpus' || key !== 'gpu_index') return identifier(key);
  return 'coalesce(CAST(gpu_index AS VARCHAR), gpu_uuid, pci_bus_id)';
}

async function judgeKeys(warehouse: Warehouse, table: TableName, keys: readonly string[]): Promise<void> {
  const stage = stageOf(table);
  const { repeated } = await warehouse.row<{ repeated: number }>(
    `SELECT count(*) AS repeated FROM (
       SELECT 1 FROM ${stage} WHERE fault IS NULL GROUP BY ${keys.join(', ')} HAVING count(*) > 1)`,
  );
  if (repeated === 0) return;
  const content = columnsOf(table).map(({ name }) => identifier(name));
  const order = 'ORDER BY file_position, line';
  await warehouse.run(
    `UPDATE ${stage} AS target SET fault = repeat.fault FROM (
       SELECT file_position, line,
         CASE WHEN place = 1 THEN NULL WHEN content IS NOT DISTINCT FROM first_content THEN 'duplicate'
           ELSE 'R_KEY_CONFLICT ${keysOf(table).at(-1)}' END AS fault
       FROM (
         SELECT file_position, line, content, first_value(content) OVER one_key AS first_content,
           row_number() OVER one_key AS place
         FROM (SELECT *, row(${content.join(', ')}) AS content FROM ${stage} WHERE fault IS NULL)
         WINDOW one_key AS (PARTITION BY ${keys.join(', ')} ${order})
       )
     ) AS repeat
     WHERE repeat.fault IS NOT NULL AND target.file_position = repeat.file_position AND target.line = repeat.line`,
  );
}

/**
 * Of a table that is derived: the first row of a key stays, later ones are duplicates, and so are rows
 * without a key, which derive nothing. Values of later rows that the first row does not say are marked in
 * `overruled`. Without keys the first row of equal content stays.
 */
async function keepFirst(warehouse: Warehouse, table: TableName, keys: readonly string[]): Promise<void> {
  const stage = stageOf(table);
  const keyless = keysOf(table).map((name) => literal(`R_REQUIRED ${name}`));
  if (keyless.length > 0) {
    await warehouse.run(`UPDATE ${stage} SET fault = 'duplicate' WHERE fault IN (${keyless.join(', ')})`);
  }
  const columns = columnsOf(table);
  const one = keys.length > 0 ? keys : columns.map(({ name }) => identifier(name));
  const overruled = columns.filter(({ key }) => !key).map(({ name }) => overrules(name));
  await warehouse.run(
    `UPDATE ${stage} AS target SET fault = 'duplicate', overruled = repeat.overruled FROM (
       SELECT file_position, line, row_number() OVER one_key AS place, ${marks(overruled)} AS overruled
       FROM ${stage} WHERE fault IS NULL
       WINDOW one_key AS (PARTITION BY ${one.join(', ')} ORDER BY file_position, line)
     ) AS repeat
     WHERE repeat.place > 1 AND target.file_position = repeat.file_position AND target.line = repeat.line`,
  );
}

/** The mark of a column whose value is there and is not that of the first row of `one_key`. */
function overrules(name: string): string {
  const value = identifier(name);
  const isSaid = `${value} IS NOT NULL AND NOT contains(unsaid, ${literal(lostMark(name))})`;
  return marked(name, `${isSaid} AND ${value} IS DISTINCT FROM first_value(${value}) OVER one_key`);
}

export async function dropStage(warehouse: Warehouse, table: TableName): Promise<void> {
  await warehouse.run(`DROP TABLE IF EXISTS ${stageOf(table)}`);
}

/** SQL over the refused staged rows of a file: `line`, `fault`. */
export function stagedFaults(table: TableName, position: number): string {
  return `SELECT line, fault FROM ${stageOf(table)} WHERE file_position = ${position} AND fault IS NOT NULL AND fault <> 'duplicate'`;
}
