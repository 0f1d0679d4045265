/**
 * Lines of a text file with their numbers, whatever their bytes; none is held beyond the size of a record.
 */
import { createHash, type Hash } from 'node:crypto';
import { open } from 'node:fs/promises';

const CHUNK_BYTES = 2 ** 20;
const LF = 10;
const CR = 13;

/** The largest record. */
export const MAX_RECORD_BYTES = 2 ** 20;

export interface Line {
  /** Counted from 1. */
  number: number;
  /** Without its line break (LF or CRLF); of an oversized line the first 256 bytes. */
  bytes: Buffer;
  /** Present when the line is larger than a record may be. */
  oversize?: { bytes: number; sha256: string };
}

export interface Span {
  start: number;
  end: number;
  firstLine: number;
}

class LongLine {
  readonly #hash: Hash = createHash('sha256');
  readonly #head: Buffer;
  #bytes = 0;

  constructor(start: Buffer) {
    this.#head = Buffer.from(start.subarray(0, 256));
    this.add(start);
  }

  add(bytes: Buffer): void {
    this.#hash.update(bytes);
    this.#bytes += bytes.length;
  }

  line(number: number): Line {
    return { number, bytes: this.#head, oversize: { bytes: this.#bytes, sha256: this.#hash.digest('hex') } };
  }
}

function line(number: number, bytes: Buffer, limit: number): Line {
  const trimmed = bytes[bytes.length - 1] === CR ? bytes.subarray(0, -1) : bytes;
  if (trimmed.length > limit) return new LongLine(trimmed).line(number);
  return { number, bytes: trimmed };
}

/**
 * Lines of `path` from byte `start` to `end`, in batches, none held beyond `limit` bytes. The bytes of a
 * batch are valid until the next.
 */
export async function* linesOf(
  path: string,
  { start, end, firstLine }: Span,
  limit = MAX_RECORD_BYTES,
): AsyncGenerator<Line[]> {
  const handle = await open(path);
  let number = firstLine;
  let tail: Buffer = Buffer.alloc(0);
  let long: LongLine | undefined;
  try {
    for (let position = start; position < end; ) {
      const buffer = Buffer.allocUnsafe(Math.min(CHUNK_BYTES, end - position));
      const { bytesRead } = await handle.read(buffer, 0, buffer.length, position);
      if (bytesRead === 0) break;
      position += bytesRead;
      const chunk = buffer.subarray(0, bytesRead);
      const batch: Line[] = [];
      let from = 0;
      for (let at = chunk.indexOf(LF); at >= 0; at = chunk.indexOf(LF, from)) {
        const piece = chunk.subarray(from, at);
        from = at + 1;
        if (long) {
          long.add(piece);
          batch.push(long.line(number++));
          long = undefined;
        } else {
          batch.push(line(number++, tail.length > 0 ? Buffer.concat([tail, piece]) : piece, limit));
          tail = Buffer.alloc(0);
        }
      }
      const rest = chunk.subarray(from);
      if (long) long.add(rest);
      else if (tail.length + rest.length > limit + 1) {
        long = new LongLine(Buffer.concat([tail, rest]));
        tail = Buffer.alloc(0);
      } else tail = Buffer.concat([tail, rest]);
      if (batch.length > 0) yield batch;
    }
    if (long) yield [long.line(number)];
    else if (tail.length > 0) yield [line(number, tail, limit)];
  } finally {
    await handle.close();
  }
}

const HEAD_BYTES = 256;

/**
 * A record as `rejected.csv` shows it: printable ASCII, other bytes as \xNN, cut at 256 with size and
 * SHA-256.
 */
export function printable(record: Line | Buffer): string {
  const [bytes, oversize] = Buffer.isBuffer(record) ? [record, undefined] : [record.bytes, record.oversize];
  const head = bytes.subarray(0, HEAD_BYTES).toString('latin1');
  const shown = head.replace(/[^\x20-\x7e]|\\/g, (char) =>
    char === '\\' ? '\\\\' : `\\x${char.charCodeAt(0).toString(16).padStart(2, '0')}`,
  );
  if (!oversize && bytes.length <= HEAD_BYTES) return shown;
  const size = oversize?.bytes ?? bytes.length;
  const sha256 = oversize?.sha256 ?? createHash('sha256').update(bytes).digest('hex');
  return `${shown}… (${size} bytes, sha256 ${sha256})`;
}
