/** The values of a JSON file, one after another, whatever their bytes; none is held beyond a limit. */
import { createHash, type Hash } from 'node:crypto';
import { open } from 'node:fs/promises';
import { GhostcardError } from '../../contracts/errors.ts';
import type { Line } from './lines.ts';

const CHUNK_BYTES = 2 ** 20;
const HEAD_BYTES = 256;
const [LF, QUOTE, COMMA, OPEN_ARRAY, BACKSLASH, CLOSE_ARRAY, OPEN_OBJECT, CLOSE_OBJECT] = [
  10, 34, 44, 91, 92, 93, 123, 125,
];

function isSpace(byte: number): boolean {
  return byte === 32 || (byte >= 9 && byte <= 13 && byte !== 11 && byte !== 12);
}

/**
 * Where the brackets and quotes of JSON stand; anything but its structure is left to whoever reads the
 * values.
 */
class Depth {
  depth = 0;
  isString = false;
  #isEscaped = false;

  step(byte: number): void {
    if (this.isString) {
      if (this.#isEscaped) this.#isEscaped = false;
      else if (byte === BACKSLASH) this.#isEscaped = true;
      else if (byte === QUOTE) this.isString = false;
    } else if (byte === QUOTE) this.isString = true;
    else if (byte === OPEN_ARRAY || byte === OPEN_OBJECT) this.depth++;
    else if (byte === CLOSE_ARRAY || byte === CLOSE_OBJECT) this.depth--;
  }
}

/** The bytes of one value as they come in; beyond the limit only its size and checksum. */
class Gathered {
  #pieces: Buffer[] = [];
  #bytes = 0;
  #hash: Hash | undefined;
  #head: Buffer = Buffer.alloc(0);
  readonly #limit: number;

  constructor(limit: number) {
    this.#limit = limit;
  }

  add(piece: Buffer): void {
    this.#bytes += piece.length;
    if (this.#hash) {
      this.#hash.update(piece);
      return;
    }
    this.#pieces.push(piece);
    if (this.#bytes <= this.#limit) return;
    this.#hash = createHash('sha256');
    this.#head = Buffer.from(Buffer.concat(this.#pieces).subarray(0, HEAD_BYTES));
    for (const held of this.#pieces) this.#hash.update(held);
    this.#pieces = [];
  }

  take(number: number): Line {
    const sha256 = this.#hash?.digest('hex');
    const bytes = this.#pieces.length === 1 ? this.#pieces[0]! : Buffer.concat(this.#pieces);
    const oversize = sha256 === undefined ? undefined : { bytes: this.#bytes, sha256 };
    const head = this.#head;
    this.#pieces = [];
    this.#bytes = 0;
    this.#hash = undefined;
    this.#head = Buffer.alloc(0);
    return oversize ? { number, bytes: head, oversize } : { number, bytes: trimmed(bytes) };
  }
}

function trimmed(bytes: Buffer): Buffer {
  let [start, end] = [0, bytes.length];
  while (start < end && isSpace(bytes[start]!)) start++;
  while (end > start && isSpace(bytes[end - 1]!)) end--;
  return bytes.subarray(start, end);
}

export function corruptJson(subject: string, got: string): GhostcardError {
  return new GhostcardError('E_JSON_CORRUPT', {
    subject,
    expected: 'one whole JSON array, or objects',
    got,
    todo: 'Fetch the file again or export it anew; nothing of it was loaded.',
  });
}

async function* chunksOf(path: string): AsyncGenerator<Buffer> {
  const handle = await open(path);
  try {
    for (let position = 0; ; ) {
      const buffer = Buffer.allocUnsafe(CHUNK_BYTES);
      const { bytesRead } = await handle.read(buffer, 0, buffer.length, position);
      if (bytesRead === 0) return;
      const isMarked = position === 0 && buffer.subarray(0, 3).equals(BOM);
      yield buffer.subarray(isMarked ? 3 : 0, bytesRead);
      position += bytesRead;
    }
  } finally {
    await handle.close();
  }
}

const BOM = Buffer.from('\ufeff');

/**
 * How a `.json` file stands: `array` of values, `lines` with a value each, or `documents`, objects on several
 * lines. The first line tells.
 *
 * @throws E_FILE_EMPTY without any value, E_JSON_CORRUPT where no array or object begins.
 */
export async function shapeOf(relative: string, path: string): Promise<'array' | 'lines' | 'documents'> {
  const at = new Depth();
  let isBegun = false;
  for await (const chunk of chunksOf(path)) {
    for (const byte of chunk) {
      if (!isBegun && isSpace(byte)) continue;
      if (!isBegun && byte === OPEN_ARRAY) return 'array';
      if (!isBegun && byte !== OPEN_OBJECT)
        throw corruptJson(relative, `${JSON.stringify(String.fromCharCode(byte))} at its start`);
      isBegun = true;
      if (byte === LF) return at.depth === 0 ? 'lines' : 'documents';
      at.step(byte);
    }
  }
  if (isBegun) return at.depth === 0 ? 'lines' : 'documents';
  throw new GhostcardError('E_FILE_EMPTY', {
    subject: relative,
    expected: 'a JSON array or objects',
    got: 'no value',
    todo: 'Export the table again; a table without rows is [].',
  });
}

/** Cuts the chunks of a file into its elements. */
class Cutter {
  readonly #relative: string;
  readonly #isArray: boolean;
  readonly #gathered: Gathered;
  readonly #at = new Depth();
  #number = 0;
  /** Something stands in the element that is open, or a comma before it. */
  #isBegun = false;
  #isClosed = false;

  constructor(relative: string, isArray: boolean, limit: number) {
    this.#relative = relative;
    this.#isArray = isArray;
    this.#gathered = new Gathered(limit);
  }

  /** The elements that end in a chunk. @throws E_JSON_CORRUPT */
  push(chunk: Buffer): Line[] {
    const ended: Line[] = [];
    let from = 0;
    for (let i = 0; i < chunk.length; i++) {
      const byte = chunk[i]!;
      if (this.#at.depth === 0) {
        if (isSpace(byte)) continue;
        this.#checkOpener(byte);
        from = this.#isArray ? i + 1 : i;
      }
      if (!this.#ends(byte)) continue;
      this.#gathered.add(chunk.subarray(from, this.#isArray ? i : i + 1));
      from = i + 1;
      if (this.#isBegun || byte === COMMA) ended.push(this.#gathered.take(++this.#number));
      this.#isBegun = byte === COMMA;
    }
    if (this.#at.depth > 0) this.#gathered.add(chunk.subarray(from));
    return ended;
  }

  /** @throws E_JSON_CORRUPT when a bracket is still open. */
  finish(): void {
    if (this.#at.depth > 0) throw corruptJson(this.#relative, 'a file that ends before its last bracket');
  }

  #checkOpener(byte: number): void {
    if (!this.#isClosed && byte === (this.#isArray ? OPEN_ARRAY : OPEN_OBJECT)) return;
    throw corruptJson(this.#relative, `${JSON.stringify(String.fromCharCode(byte))} after its end`);
  }

  /** Takes a byte; true when an element ends at it. */
  #ends(byte: number): boolean {
    const inner = this.#isArray ? 1 : 0;
    const outside = this.#at.depth;
    this.#at.step(byte);
    if (outside === inner && inner === 1 && byte === COMMA && !this.#at.isString) return true;
    if (outside >= inner && !isSpace(byte) && this.#at.depth > 0) this.#isBegun = true;
    if (this.#at.depth > 0) return false;
    if (this.#isArray && byte === CLOSE_OBJECT)
      throw corruptJson(this.#relative, '} where its array should close');
    this.#isClosed = this.#isArray;
    return true;
  }
}

/**
 * The elements of a file's one array, or its objects one after another, numbered from 1, in batches. What
 * stands between two separators is an element, whether it is JSON or not; of one larger than `limit` bytes
 * only the head is given.
 *
 * @throws E_JSON_CORRUPT when the array or an object does not close, or something follows.
 */
export async function* elementsOf(
  relative: string,
  path: string,
  shape: 'array' | 'documents',
  limit: number,
): AsyncGenerator<Line[]> {
  const cutter = new Cutter(relative, shape === 'array', limit);
  for await (const chunk of chunksOf(path)) {
    const ended = cutter.push(chunk);
    if (ended.length > 0) yield ended;
  }
  cutter.finish();
}
