/** Reads JSON text from left to right, token by token, whatever stands in it. */

export type Scalar =
  | { type: 'string' | 'number' | 'boolean'; text: string }
  /** An object or array where a column was asked for. */
  | { type: 'nested'; text: '' }
  | null;

const SPACE = /[ \t\r\n]*/y;
const STRING = /"[^"\\\x00-\x1f]*(?:\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4})[^"\\\x00-\x1f]*)*"/y;
const NUMBER = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/y;
const WORD = /true|false|null/y;

/** Deeper values are refused; a stack of this many brackets is small beside a record. */
const MAX_DEPTH = 2 ** 20;

export class Cursor {
  #at: number;
  readonly #text: string;

  constructor(text: string, at = 0) {
    this.#text = text;
    this.#at = at;
  }

  get at(): number {
    return this.#at;
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

  key(): string | undefined {
    const key = this.string();
    return key !== undefined && this.mark(':') ? key : undefined;
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

  /** Passes over any value, however deep, without recursion; false where it is no JSON. */
  skip(): boolean {
    const open: string[] = [];
    while (open.length <= MAX_DEPTH) {
      if (this.mark('{')) {
        if (!this.mark('}')) {
          open.push('}');
          if (this.key() === undefined) return false;
          continue;
        }
      } else if (this.mark('[')) {
        if (!this.mark(']')) {
          open.push(']');
          continue;
        }
      } else if (this.scalar() === undefined) return false;
      while (open.length > 0 && this.mark(open.at(-1)!)) open.pop();
      if (open.length === 0) return true;
      if (!this.mark(',')) return false;
      if (open.at(-1) === '}' && this.key() === undefined) return false;
    }
    return false;
  }

  /** The text of a value that `skip` passes over. */
  slice(): string | undefined {
    const start = this.#at;
    return this.skip() ? this.#text.slice(start, this.#at).trimEnd() : undefined;
  }

  get next(): string | undefined {
    return this.#text[this.#at];
  }

  get isAtEnd(): boolean {
    this.take(SPACE);
    return this.#at === this.#text.length;
  }
}
