/** The tables that fit in the warehouse: staged with file and line, judged, cleared of repeated keys, loaded. */
import { columnsOf, keysOf, NETWORK_TIME, type TableName } from '../../contracts/dataset.ts';
import type { Warehouse } from '../warehouse/warehouse.ts';
import { absentValue, type ColumnSql, columnSql, faultSql } from './expression.ts';
import { type Day, partsFrom } from './inspect.ts';
import { dropLoaded } from './large-table.ts';
import type { PlannedColumn } from './plan.ts';
import type { TypedFile } from './source.ts';
import { identifier } from './sql-text.ts';

/** A file of the table; `position` is its place in the order of the dataset's paths. */
export interface StagedFile {
  position: number;
  typed: TypedFile;
}

const stageOf = (table: TableName) => identifier(`stage_${table}`);

/**
 * Stages all files of a table: contract columns, `file_position`, `line` and `fault` (`CODE column`, NULL for good
 * rows). Returns how many optional values were read as NULL, per column.
 */
export async function stageTable(
  warehouse: Warehouse,
  table: TableName,
  files: readonly StagedFile[],
  planned: readonly PlannedColumn[],
): Promise<Record<string, number>> {
  const nulled: Record<string, number> = {};
  const add = (name: string, n: number) => {
    if (n > 0) nulled[name] = (nulled[name] ?? 0) + n;
  };
  const byName = new Map(planned.map((column) => [column.meta.name, column]));
  const selects: string[] = [];
  for (const { position, typed } of files) {
    for (const [name, n] of Object.entries(typed.nulled)) add(name, n);
    if (typed.parts.length === 0) continue;
    const columns = typed.columns.map((part) => columnSql(byName.get(part.column)!, part));
    const values = planned.map((column) => {
      const sql = columns.find(({ name }) => name === column.meta.name)?.value ?? absentValue(column);
      return `${sql} AS ${identifier(column.meta.name)}`;
    });
    const from = partsFrom(typed, true);
    selects.push(
      `SELECT ${position} AS file_position, line, ${values.join(', ')}, ${faultSql(columns)} AS fault FROM ${from}`,
    );
    for (const [name, n] of await countNonsense(warehouse, columns, from)) add(name, n);
  }
  const body = selects.length > 0 ? selects.join(' UNION ALL ') : emptyStage(planned);
  // Rows stand in the order of files and lines, and so do those of `loaded` below.
  await warehouse.run(`CREATE OR REPLACE TEMP TABLE ${stageOf(table)} AS ${body}`);
  return nulled;
}

function emptyStage(planned: readonly PlannedColumn[]): string {
  const values = planned.map((column) => `${absentValue(column)} AS ${identifier(column.meta.name)}`);
  return `SELECT 0 AS file_position, CAST(0 AS BIGINT) AS line, ${values.join(', ')}, CAST(NULL AS VARCHAR) AS fault WHERE FALSE`;
}

async function countNonsense(warehouse: Warehouse, columns: readonly ColumnSql[], from: string) {
  const counted = columns.filter(({ required, nonsense }) => !required && nonsense);
  if (counted.length === 0) return [];
  const counts = counted.map(({ nonsense }, i) => `count(*) FILTER (WHERE ${nonsense}) AS n${i}`);
  const row = await warehouse.row<Record<string, number>>(`SELECT ${counts.join(', ')} FROM ${from}`);
  return counted.map(({ name }, i) => [name, row[`n${i}`]!] as const);
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
 * Judges keys and the future, and creates `loaded.<table>` in the order of files and lines. The first row of a key
 * stays; equal later ones are duplicates, others are refused. The stage keeps `fault` for the listing.
 */
export async function loadStaged(
  warehouse: Warehouse,
  table: TableName,
  cutoff: number,
): Promise<FileCounts[]> {
  const stage = stageOf(table);
  const clock = NETWORK_TIME[table];
  if (clock && Number.isFinite(cutoff)) {
    await warehouse.run(
      `UPDATE ${stage} SET fault = 'R_FUTURE ${clock}' WHERE fault IS NULL AND ${identifier(clock)} > ${cutoff}`,
    );
  }
  const keys = keysOf(table).map((key) => keySql(table, key));
  if (keys.length > 0) await judgeKeys(warehouse, table, keys);
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

export async function dropStage(warehouse: Warehouse, table: TableName): Promise<void> {
  await warehouse.run(`DROP TABLE IF EXISTS ${stageOf(table)}`);
}

/** SQL over the refused staged rows of a file: `line`, `fault`. */
export function stagedFaults(table: TableName, position: number): string {
  return `SELECT line, fault FROM ${stageOf(table)} WHERE file_position = ${position} AND fault IS NOT NULL AND fault <> 'duplicate'`;
}
