/**
 * Quarantined rows of one file, written as they are found: an attacker may send more of them than memory
 * holds.
 */

import { once } from 'node:events';
import { createWriteStream, type WriteStream } from 'node:fs';
import type { Refusal } from './csv-record.ts';
import { type Line, printable } from './lines.ts';

/** Columns of the log, all text but the line; no cell holds a line break, since `bytes` is printable and `owner` is
 * free of control characters. */
export const LOG_COLUMNS = [
  { name: 'line', type: 'BIGINT' },
  { name: 'column', type: 'VARCHAR' },
  { name: 'code', type: 'VARCHAR' },
  { name: 'expected', type: 'VARCHAR' },
  { name: 'bytes', type: 'VARCHAR' },
  { name: 'owner', type: 'VARCHAR' },
] as const;

const quoted = (text: string) => `"${text.replaceAll('"', '""')}"`;

export class RejectLog {
  rows = 0;
  readonly path: string;
  #stream: WriteStream | undefined;

  constructor(path: string) {
    this.path = path;
  }

  /** `owner` is the id of who the row belongs to, '' where it names nobody. */
  add(line: Line, refusal: Refusal, owner = ''): void {
    if (!this.#stream) {
      this.#stream = createWriteStream(this.path);
      this.#stream.on('error', () => {});
    }
    const cells = [refusal.column, refusal.code, refusal.expected, printable(line), owner].map(quoted);
    this.#stream.write(`${line.number},${cells.join(',')}\n`);
    this.rows++;
  }

  /** Lets the disk catch up. */
  async flush(): Promise<void> {
    if (this.#stream?.errored) throw this.#stream.errored;
    if (this.#stream?.writableNeedDrain) await once(this.#stream, 'drain');
  }

  async close(): Promise<void> {
    const stream = this.#stream;
    if (!stream) return;
    stream.end();
    if (!stream.closed) await once(stream, 'close');
    if (stream.errored) throw stream.errored;
  }
}
