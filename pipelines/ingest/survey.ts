/**
 * The look that a text file gets before any parser: native passes over its bytes, in one reading together
 * with the checksum. It counts records independently of every parser and says which parts of the file the
 * fast path may be trusted with.
 */
import { isUtf8 } from 'node:buffer';
import { quotesInPlace } from './quotes.ts';

/** Bytes of a segment, the unit that falls back to the slow path. */
const SEGMENT_BYTES = 16 * 2 ** 20;
/** Where no line is longer, no field is too long either (R_FIELD_SIZE). */
const LONG_LINE = 64 * 2 ** 10;

const LF = 10;
const CR = 13;

/** A run of whole lines. */
export interface Segment {
  start: number;
  end: number;
  /** Number of the first line, counted from 1. */
  firstLine: number;
  lines: number;
  /** Lines that end in CRLF. */
  crlf: number;
  /** NUL, bytes that are not UTF-8, a long line, a quote out of place or a lone carriage return. */
  dirty: boolean;
  /**
   * Digits joined by `_`, or a space after `T`: DuckDB's casts read more into these than the contract allows.
   */
  lenient: boolean;
}

export class Surveyor {
  readonly segments: Segment[] = [];
  /** First line without its line break, at most 64 KiB of it. */
  firstLine: Buffer | undefined;
  readonly #delimiter: string | undefined;
  #open: Segment = newSegment(0, 1);
  #tail: Buffer = Buffer.alloc(0);
  #insideLongLine = false;

  /** `delimiter` of a CSV file; undefined for NDJSON, where quotes are not looked at. */
  constructor(delimiter?: string) {
    this.#delimiter = delimiter;
  }

  /** Takes the next bytes of the file; the buffer may be reused afterwards. */
  push(chunk: Buffer): void {
    const first = chunk.indexOf(LF);
    if (first < 0) {
      this.#keep(Buffer.concat([this.#tail, chunk]));
      return;
    }
    let from = 0;
    if (this.#tail.length > 0 || this.#insideLongLine) {
      from = first + 1;
      this.#take(Buffer.concat([this.#tail, chunk.subarray(0, from)]));
    }
    const end = chunk.lastIndexOf(LF) + 1;
    if (end > from) this.#take(chunk.subarray(from, end));
    this.#keep(Buffer.from(chunk.subarray(end)));
  }

  /** Closes the last segment and returns all of them. */
  finish(): Segment[] {
    if (this.#tail.length > 0 || this.#insideLongLine) {
      this.#take(this.#tail);
      this.#open.lines++;
      if (this.#open.crlf > 0) this.#open.crlf++;
    }
    if (this.#open.end > this.#open.start) this.segments.push(this.#open);
    return this.segments;
  }

  /** Keeps the start of a line for the next chunk, but not more of it than a record may hold. */
  #keep(tail: Buffer): void {
    if (tail.length <= LONG_LINE) {
      this.#tail = tail;
      return;
    }
    this.firstLine ??= Buffer.from(tail.subarray(0, LONG_LINE));
    this.#insideLongLine = true;
    this.#open.dirty = true;
    this.#open.end += tail.length;
    this.#tail = Buffer.alloc(0);
  }

  #take(lines: Buffer): void {
    const segment = this.#open;
    if (this.firstLine === undefined) {
      const end = lines.indexOf(LF);
      this.firstLine = Buffer.from(lines.subarray(0, Math.min(end < 0 ? lines.length : end, LONG_LINE)));
    }
    this.#insideLongLine = false;
    segment.end += lines.length;
    for (let at = lines.indexOf(LF); at >= 0; at = lines.indexOf(LF, at + 1)) segment.lines++;
    if (lines.includes(CR)) {
      const crlf = pairs(lines);
      segment.crlf += crlf.paired;
      if (crlf.alone) segment.dirty = true;
    }
    segment.dirty ||=
      lines.includes(0) ||
      !isUtf8(lines) ||
      hasLongLine(lines) ||
      (this.#delimiter !== undefined && !quotesInPlace(lines, this.#delimiter));
    segment.lenient ||= lines.includes('T ') || joinsDigits(lines);
    if (segment.end - segment.start >= SEGMENT_BYTES) {
      this.segments.push(segment);
      this.#open = newSegment(segment.end, segment.firstLine + segment.lines);
    }
  }
}

function newSegment(start: number, firstLine: number): Segment {
  return { start, end: start, firstLine, lines: 0, crlf: 0, dirty: false, lenient: false };
}

function pairs(bytes: Buffer): { paired: number; alone: boolean } {
  let paired = 0;
  let alone = false;
  for (let at = bytes.indexOf(CR); at >= 0; at = bytes.indexOf(CR, at + 1)) {
    if (bytes[at + 1] === LF) paired++;
    // A last line without a line feed may end in a carriage return.
    else if (at + 1 < bytes.length) alone = true;
  }
  return { paired, alone };
}

function hasLongLine(bytes: Buffer): boolean {
  let start = 0;
  while (bytes.length - start > LONG_LINE) {
    const end = bytes.lastIndexOf(LF, start + LONG_LINE);
    if (end < start) return true;
    start = end + 1;
  }
  return false;
}

function joinsDigits(bytes: Buffer): boolean {
  const isDigit = (byte: number | undefined) => byte !== undefined && byte >= 0x30 && byte <= 0x39;
  for (let at = bytes.indexOf(0x5f); at >= 0; at = bytes.indexOf(0x5f, at + 1)) {
    if (isDigit(bytes[at - 1]) && isDigit(bytes[at + 1])) return true;
  }
  return false;
}
