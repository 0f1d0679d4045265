/**
 * One line of NDJSON as a flat object. A reader of our own, since `JSON.parse` rounds whole numbers beyond 2^53, takes
 * the last of two equal keys in silence, and DuckDB's readers die of deep nesting.
 */

export type Scalar = { type: 'string' | 'number' | 'boolean'; text: string } | null;

export type FlatObject =
  | { ok: true; values: ReadonlyMap<string, Scalar> }
  | { ok: false; code: 'R_JSON' | 'R_JSON_KEY'; column: string };

const SPACE = /[ \t\r\n]*/y;
const STRING = /"[^"\\\x00-\x1f]*(?:\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4})[^"\\\x00-\x1f]*)*"/y;
const NUMBER = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/y;
const WORD = /true|false|null/y;

const MALFORMED = { ok: false, code: 'R_JSON', column: '' } as const;

class Cursor {
  #at = 0;
  readonly #text: string;

  constructor(text: string) {
    this.#text = text;
  }

  take(pattern: RegExp): string | undefined {
    pattern.lastIndex = this.#at;
    const match = pattern.exec(this.#text);
    if (!match) return undefined;
    this.#at = pattern.lastIndex;
    return match[0];
  }

  /** Takes one character, with the white space before and after it. */
  mark(char: string): boolean {
    this.take(SPACE);
    if (this.#text[this.#at] !== char) return false;
    this.#at++;
    this.take(SPACE);
    return true;
  }

  string(): string | undefined {
    const quoted = this.take(STRING);
    if (quoted === undefined) return undefined;
    return quoted.includes('\\') ? (JSON.parse(quoted) as string) : quoted.slice(1, -1);
  }

  /** A string, number, boolean or null; undefined for anything else, nested values included. */
  scalar(): Scalar | undefined {
    const string = this.string();
    if (string !== undefined) return { type: 'string', text: string };
    const word = this.take(WORD);
    if (word !== undefined) return word === 'null' ? null : { type: 'boolean', text: word };
    const number = this.take(NUMBER);
    return number === undefined ? undefined : { type: 'number', text: number };
  }

  get isAtEnd(): boolean {
    this.take(SPACE);
    return this.#at === this.#text.length;
  }
}

/** Reads a line; numbers keep their digits as text, keys are data and never properties (`__proto__` included). */
export function parseFlatObject(text: string): FlatObject {
  const cursor = new Cursor(text);
  const values = new Map<string, Scalar>();
  if (!cursor.mark('{')) return MALFORMED;
  if (!cursor.mark('}')) {
    do {
      const key = cursor.string();
      if (key === undefined || !cursor.mark(':')) return MALFORMED;
      const value = cursor.scalar();
      if (value === undefined) return { ok: false, code: 'R_JSON', column: key.slice(0, 80) };
      if (values.has(key)) return { ok: false, code: 'R_JSON_KEY', column: key.slice(0, 80) };
      values.set(key, value);
    } while (cursor.mark(','));
    if (!cursor.mark('}')) return MALFORMED;
  }
  return cursor.isAtEnd ? { ok: true, values } : MALFORMED;
}
