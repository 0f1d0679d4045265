/**
 * Contract Parquet is read where it lies: its footer is checked against the contract, its rows are not
 * copied.
 */
import { closeSync, constants, fstatSync, openSync, readSync, rmSync, symlinkSync } from 'node:fs';
import { resolve } from 'node:path';
import type { ColumnKind } from '../../contracts/dataset.ts';
import { GhostcardError } from '../../contracts/errors.ts';
import { identifier } from '../warehouse/sql-text.ts';
import type { Warehouse } from '../warehouse/warehouse.ts';
import { numericNulls } from './expression.ts';
import type { PlannedColumn } from './mapped.ts';
import { nestedFields } from './parquet-paths.ts';
import { matchColumns } from './plan.ts';
import type { PartColumn, SourceFile, TypedFile } from './source.ts';
import { readParquet } from './sql-text.ts';

const INTEGER = /^U?(?:TINYINT|SMALLINT|INTEGER|BIGINT|HUGEINT)$/;
const REAL = /^(?:FLOAT|DOUBLE|DECIMAL\(.*\))$/;
const TIMESTAMP = /^TIMESTAMP(?:_S|_MS|_NS| WITH TIME ZONE)?$/;

function isAllowed(kind: ColumnKind, type: string, isEpoch: boolean): boolean {
  if (type === 'VARCHAR') return true; // read by the grammar of values
  if (kind === 'text') return false;
  if (kind === 'boolean') return type === 'BOOLEAN';
  if (kind === 'time') return isEpoch ? INTEGER.test(type) || REAL.test(type) : TIMESTAMP.test(type);
  return isNumber(type);
}

const isNumber = (type: string) => INTEGER.test(type) || REAL.test(type);

/** A path that DuckDB cannot take for a pattern: the file's own, or a link of ours that leads to it. */
export function plainPath(absolute: string, link: string): string {
  const path = resolve(absolute);
  if (!/[*?[\]{}\\]/.test(path)) return path;
  rmSync(link, { force: true });
  symlinkSync(path, link);
  return link;
}

export function corruptParquet(subject: string, got: string, cause?: unknown): GhostcardError {
  return new GhostcardError(
    'E_PARQUET_CORRUPT',
    { subject, expected: 'a Parquet file', got, todo: 'Fetch the file again or export it anew.' },
    { cause },
  );
}

/**
 * Runs what reads the values of files; DuckDB's failure on a damaged page becomes E_PARQUET_CORRUPT, while
 * want of memory or disk stays what it is.
 */
export async function readingValues<T>(files: readonly SourceFile[], run: () => Promise<T>): Promise<T> {
  try {
    return await run();
  } catch (error) {
    const suspects = files.filter(({ form }) => form === 'parquet').map(({ relative }) => relative);
    const message = (error as Error).message;
    if (error instanceof GhostcardError || suspects.length === 0) throw error;
    if (/out of memory|no space|interrupt|could not (?:write|create)/i.test(message)) throw error;
    throw corruptParquet(suspects.join(', '), message.split('\n')[0]!.slice(0, 200), error);
  }
}

/** The four bytes that open and close every Parquet file, seen before DuckDB opens it. */
function checkMagic(file: SourceFile): void {
  const handle = openSync(file.absolute, constants.O_RDONLY | constants.O_NOFOLLOW);
  try {
    const { size } = fstatSync(handle);
    const magic = Buffer.alloc(8);
    if (size >= 12) {
      readSync(handle, magic, 0, 4, 0);
      readSync(handle, magic, 4, 4, size - 4);
    }
    if (magic.toString('latin1') !== 'PAR1PAR1')
      throw corruptParquet(file.relative, `${size} bytes without its magic`);
  } finally {
    closeSync(handle);
  }
}

/**
 * The file as its own single part. A column of a wrong type passes when it holds no value at all: writers
 * without a type for an all-empty column choose INTEGER.
 *
 * @throws E_PARQUET_CORRUPT, E_HEADER, E_COLUMN_TYPE
 */
export async function typeParquet(
  warehouse: Warehouse,
  file: SourceFile,
  planned: readonly PlannedColumn[],
  link: string,
): Promise<TypedFile> {
  checkMagic(file);
  const path = plainPath(file.absolute, link);
  const from = readParquet([path]);
  const shape = await describe(warehouse, path).catch((error: Error) => {
    if (error instanceof GhostcardError) throw error;
    throw corruptParquet(file.relative, error.message.split('\n')[0]!.slice(0, 200), error);
  });
  const types = new Map(shape.columns.map(({ name, type }) => [name, type]));
  const nested = await nestedFields(warehouse, path, planned, types);
  const match = matchColumns(file.relative, planned, [...types.keys(), ...nested.keys()]);
  const opened = new Set([...nested.values()].map(({ column }) => column));
  const columns: PartColumn[] = [];
  for (const { meta, source, mapping } of match.present) {
    const field = nested.get(source);
    const type = field?.type ?? types.get(source)!;
    const hasWords = mapping?.words !== undefined && (INTEGER.test(type) || type === 'BOOLEAN');
    if (hasWords || isAllowed(meta.kind, type, mapping?.unit !== undefined)) {
      const read = field ? { source: field.column, sql: field.sql } : { source };
      const raw = hasWords || type === 'VARCHAR';
      const sentinels = isNumber(type) && numericNulls(mapping).length > 0;
      columns.push({
        column: meta.name,
        ...read,
        type,
        ...(raw ? { raw } : {}),
        ...(sentinels ? { sentinels } : {}),
      });
      continue;
    }
    const { n } = await warehouse.row<{ n: number }>(
      `SELECT count(${field?.sql ?? identifier(source)}) AS n FROM ${from}`,
    );
    if (n > 0 || meta.required) {
      throw new GhostcardError('E_COLUMN_TYPE', {
        subject: `${file.relative}, column ${source}`,
        expected: meta.kind === 'time' ? 'TIMESTAMP' : meta.kind,
        got: type,
        todo: 'Export the column with the contract type, or name its unit in ghostcard.yaml.',
      });
    }
  }
  return {
    parts: [{ path, rows: shape.rows, firstLine: 1 }],
    columns,
    rowsIn: shape.rows,
    rejectedRows: 0,
    extra: match.extra.filter((name) => !opened.has(name)),
  };
}

async function describe(warehouse: Warehouse, path: string) {
  const columns = await warehouse.describe(`SELECT * FROM ${readParquet([path])}`);
  const { rows } = await warehouse.row<{ rows: number }>(
    'SELECT CAST(sum(num_rows) AS BIGINT) AS rows FROM parquet_file_metadata($path)',
    { path },
  );
  return { columns, rows };
}
