/** Writes one file of the run directory from one SQL statement. The statement's ORDER BY is total. */
import { createHash } from 'node:crypto';
import { createReadStream, createWriteStream, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { CSV_COLUMNS, type CsvFile, ID_COLUMNS } from '../../contracts/run.ts';
import { type Cell, csvLine } from '../../reports/csv/csv.ts';
import { type EvidenceLine, evidenceLine } from '../../reports/json/evidence-line.ts';
import { literal } from '../warehouse/sql-text.ts';
import type { Warehouse } from '../warehouse/warehouse.ts';

/** The SQL of this folder, by path inside it. */
export function publishSql(name: string): string {
  return readFileSync(new URL(`./${name}.sql`, import.meta.url), 'utf8');
}

interface Streamed {
  names: string[];
  /** Rows chunk by chunk, so that no file is ever held whole in memory. */
  chunks: AsyncIterable<Cell[][]>;
}

async function stream(warehouse: Warehouse, sql: string, snapshot: number): Promise<Streamed> {
  const names = (await warehouse.describe(sql)).map(({ name }) => name);
  async function* chunks() {
    for await (const { columns, rowCount } of warehouse.stream<Cell[]>(sql, { snapshot }))
      yield Array.from({ length: rowCount }, (_, row) => columns.map((column) => column[row]!));
  }
  return { names, chunks: chunks() };
}

async function write(path: string, text: AsyncIterable<string>): Promise<void> {
  await pipeline(Readable.from(text), createWriteStream(path));
}

/** A CSV file of the contract: columns by name, whatever order the statement returns them in. */
export async function writeCsv(
  folder: string,
  file: CsvFile,
  snapshot: number,
  warehouse: Warehouse,
): Promise<void> {
  const columns: readonly string[] = CSV_COLUMNS[file];
  const sql = publishSql(`files/${file.replace(/\.csv$/, '')}`);
  const { names, chunks } = await stream(warehouse, sql, snapshot);
  const missing = columns.find((column) => !names.includes(column));
  if (missing !== undefined) throw new Error(`${file}: the statement lacks ${missing}`);
  const order = columns.map((column) => names.indexOf(column));
  const ids = new Set(columns.flatMap((column, i) => (ID_COLUMNS.has(column) ? [i] : [])));
  async function* lines() {
    yield csvLine(columns);
    for await (const rows of chunks) {
      yield rows
        .map((row) =>
          csvLine(
            order.map((i) => row[i] ?? null),
            ids,
          ),
        )
        .join('');
    }
  }
  await write(join(folder, file), lines());
}

export async function writeEvidence(folder: string, snapshot: number, warehouse: Warehouse): Promise<void> {
  const { names, chunks } = await stream(warehouse, publishSql('files/evidence'), snapshot);
  async function* lines() {
    for await (const rows of chunks) {
      const text = rows.map((row) => {
        const entries = row.map((cell, i) => [names[i]!, cell] as const);
        return evidenceLine(Object.fromEntries(entries) as unknown as EvidenceLine);
      });
      yield text.join('');
    }
  }
  await write(join(folder, 'evidence.ndjson'), lines());
}

/**
 * A Parquet file by DuckDB's writer. On several threads the boundaries of its row groups depend on timing, so
 * it writes on one, in the statement's order; the caller's number of threads is put back.
 */
export async function writeParquet(folder: string, file: string, warehouse: Warehouse): Promise<void> {
  const sql = publishSql(`parquet/${file.replace(/\.parquet$/, '')}`);
  const { threads } = await warehouse.row<{ threads: number }>(
    "SELECT CAST(current_setting('threads') AS INTEGER) AS threads",
  );
  await warehouse.run('SET threads = 1; SET preserve_insertion_order = true');
  try {
    await warehouse.run(
      `COPY (${sql}) TO ${literal(join(folder, file))} (FORMAT parquet, COMPRESSION zstd, ROW_GROUP_SIZE 122880)`,
    );
  } finally {
    await warehouse.run(`SET threads = ${threads}; SET preserve_insertion_order = false`);
  }
}

/** SHA-256 and size of a file, read in pieces. */
export async function digestOf(path: string): Promise<{ bytes: number; sha256: string }> {
  const hash = createHash('sha256');
  let bytes = 0;
  for await (const piece of createReadStream(path)) {
    hash.update(piece as Buffer);
    bytes += (piece as Buffer).length;
  }
  return { bytes, sha256: hash.digest('hex') };
}
