/**
 * Records that stand on several lines, which the contract forbids: a text with a line break in it, written by
 * a correct CSV writer. Each line alone would refuse the first and the last of them and load what stands
 * between, so that whoever chose the text would add rows of others' devices. All lines of such a record are
 * refused.
 *
 * A lone quote must not take rows with it either. Lines after an open quote are refused only when the record
 * closes as RFC 4180 has it, with the file's number of fields, within the size of a field. Beyond SHORT_RUN
 * lines two lone quotes are the better reading where the first and the last line are whole rows when their
 * quotes are taken for letters.
 */
import { MAX_FIELD_BYTES } from './csv-record.ts';
import type { Line } from './lines.ts';

const QUOTE = 34;

/**
 * Two lone quotes in one column, this few lines apart, cost the lines between; the bytes do not tell them
 * apart.
 */
export const SHORT_RUN = 16;

/** A line with what stands around it known. */
export interface JudgedLine {
  line: Line;
  /** It is one of several lines of one record. */
  broken: boolean;
}

interface Walk {
  /** Delimiters outside quotes. */
  delimiters: number;
  isOpen: boolean;
}

/** Reads a line on from where the last one ended; undefined when a quote is out of place. */
function walk(bytes: Buffer, separator: number, before: Walk): Walk | undefined {
  let place: 'start' | 'bare' | 'quoted' | 'closed' = before.isOpen ? 'quoted' : 'start';
  let { delimiters } = before;
  for (let at = 0; at < bytes.length; at++) {
    const byte = bytes[at]!;
    if (place === 'quoted') {
      if (byte !== QUOTE) continue;
      if (bytes[at + 1] === QUOTE) at++;
      else place = 'closed';
    } else if (byte === separator) {
      delimiters++;
      place = 'start';
    } else if (place === 'start') place = byte === QUOTE ? 'quoted' : 'bare';
    else if (place === 'closed' || byte === QUOTE) return undefined;
  }
  return { delimiters, isOpen: place === 'quoted' };
}

const NOTHING: Walk = { delimiters: 0, isOpen: false };

/**
 * Holds lines back from one that leaves a quote open until it is known whether it closes; linear, at most 64
 * KiB held.
 */
export class OpenQuote {
  readonly #width: number;
  readonly #separator: number;
  #held: Line[] = [];
  #bytes = 0;
  #at: Walk = NOTHING;

  constructor(width: number, delimiter: string) {
    this.#width = width;
    this.#separator = delimiter.charCodeAt(0);
  }

  /** False when no line is held back. */
  get isOpen(): boolean {
    return this.#held.length > 0;
  }

  /** Takes the next line; gives those that are decided, in order. */
  push(line: Line): JudgedLine[] {
    if (!this.isOpen) {
      if (line.oversize || !line.bytes.includes(QUOTE)) return [{ line, broken: false }];
      const at = walk(line.bytes, this.#separator, NOTHING);
      if (!at?.isOpen) return [{ line, broken: false }];
      this.#at = at;
      this.#hold(line);
      return [];
    }
    const at =
      line.oversize || this.#bytes + line.bytes.length > MAX_FIELD_BYTES
        ? undefined
        : walk(line.bytes, this.#separator, this.#at);
    if (at?.isOpen) {
      this.#at = at;
      this.#hold(line);
      return [];
    }
    if (at && this.#isOneRecord(at, line)) {
      this.#hold(line);
      return this.#release(true);
    }
    // Only a line with an odd number of quotes opens one, and such a line ends the run: none of those held
    // does.
    const before = this.#release(false);
    return [...before, ...this.push(line)];
  }

  /** Gives the lines still held: their quote never closed. */
  finish(): JudgedLine[] {
    return this.#release(false);
  }

  #hold(line: Line): void {
    this.#held.push({ ...line, bytes: Buffer.from(line.bytes) });
    this.#bytes += line.bytes.length + 1;
  }

  #release(broken: boolean): JudgedLine[] {
    const lines = this.#held.map((line) => ({ line, broken }));
    this.#held = [];
    this.#bytes = 0;
    return lines;
  }

  #isOneRecord({ delimiters }: Walk, last: Line): boolean {
    const trailing = last.bytes.at(-1) === this.#separator ? 1 : 0;
    const fits = delimiters + 1 === this.#width || delimiters + 1 - trailing === this.#width;
    if (!fits || this.#held.length < SHORT_RUN) return fits;
    return !(this.#isWhole(this.#held[0]!) && this.#isWhole(last));
  }

  /** As many delimiters as a row has, whatever its quotes. */
  #isWhole({ bytes }: Line): boolean {
    return bytes.reduce((sum, byte) => sum + (byte === this.#separator ? 1 : 0), 1) === this.#width;
  }
}
