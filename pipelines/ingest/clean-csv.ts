/**
 * What the slow paths write: records that were read and typed one by one, as a CSV file of our own making,
 * which DuckDB then turns into Parquet. Each row carries its line and what it lost.
 */

import { once } from 'node:events';
import { createWriteStream, rmSync, type WriteStream } from 'node:fs';
import { SQL_TYPE } from '../../contracts/dataset.ts';
import { identifier } from '../warehouse/sql-text.ts';
import type { Warehouse } from '../warehouse/warehouse.ts';
import type { PlannedColumn } from './mapped.ts';
import { copyToParquet, readCsv } from './sql-text.ts';
import type { TypedRow } from './typed-row.ts';

const FLUSH_CHARS = 2 ** 20;

/** Spool name of a row's line; no contract column has it. */
export const LINE = 'line';
/**
 * Spool name of the marks of a row's lost values (typed-row.ts), NULL where none is lost; no contract column
 * has it.
 */
export const LOST = 'lost';

export class CleanCsv {
  rows = 0;
  readonly path: string;
  readonly #columns: readonly PlannedColumn[];
  readonly #stream: WriteStream;
  #pending = '';

  constructor(path: string, columns: readonly PlannedColumn[]) {
    this.path = path;
    this.#columns = columns;
    this.#stream = createWriteStream(path);
    // Surfaces in flush and close, which await the stream.
    this.#stream.on('error', () => {});
  }

  /** Adds a record: canonical text per column, null for NULL. */
  add(line: number, { values, lost }: TypedRow): void {
    let record = `${line},${lost ?? ''}`;
    for (let i = 0; i < this.#columns.length; i++) {
      const value = values[i] ?? null;
      record += ',';
      if (value === null) continue;
      record += this.#columns[i]!.parse === 'text' ? `"${value.replaceAll('"', '""')}"` : value;
    }
    this.#pending += `${record}\n`;
    this.rows++;
  }

  /** Writes what has gathered, if it is much. */
  async flush(): Promise<void> {
    if (this.#pending.length < FLUSH_CHARS) return;
    await this.#write();
  }

  async #write(): Promise<void> {
    if (this.#stream.errored) throw this.#stream.errored;
    const text = this.#pending;
    this.#pending = '';
    if (text !== '' && !this.#stream.write(text)) await once(this.#stream, 'drain');
  }

  async close(): Promise<void> {
    await this.#write();
    this.#stream.end();
    if (!this.#stream.closed) await once(this.#stream, 'close');
    if (this.#stream.errored) throw this.#stream.errored;
  }

  remove(): void {
    rmSync(this.path, { force: true });
  }

  /** Types the closed file into Parquet. Quoted fields may hold line breaks (NDJSON), so one thread reads. */
  async toParquet(warehouse: Warehouse, target: string): Promise<void> {
    const names = this.#columns.map(({ meta, parse }) => ({ name: meta.name, type: SQL_TYPE[parse] }));
    const read = readCsv({
      path: this.path,
      columns: [{ name: LINE, type: 'BIGINT' }, { name: LOST, type: 'VARCHAR' }, ...names],
      header: false,
      delimiter: ',',
      newline: '\n',
      parallel: false,
    });
    const columns = [LINE, LOST, ...names.map(({ name }) => name)].map(identifier).join(', ');
    await warehouse.run(copyToParquet(`SELECT ${columns} FROM ${read}`, target));
  }
}
