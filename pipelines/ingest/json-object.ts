/**
 * One JSON object as the values at the paths that are asked for. A reader of our own, since `JSON.parse` rounds whole
 * numbers beyond 2^53, takes the last of two equal keys in silence, and DuckDB's readers die of deep nesting.
 */

export type Scalar =
  | { type: 'string' | 'number' | 'boolean'; text: string }
  /** An object or array where a column was asked for. */
  | { type: 'nested'; text: '' }
  | null;

/** The paths below a place; a path's parts are keys of objects or, of arrays, positions from 0. */
export interface PathTree {
  /** What the value at this very place is called; undefined where nobody asks for it. */
  name?: string;
  /** True at the array whose elements are rows. */
  isRows?: boolean;
  children: Map<string, PathTree>;
}

export type JsonObject =
  | {
      ok: true;
      /** Every key of the object itself, nested values included. */
      top: ReadonlyMap<string, Scalar>;
      /** Values at paths of more than one part, by the name that the tree gives them. */
      deep: ReadonlyMap<string, Scalar>;
      /** Paths beside those that are asked for. */
      beside: ReadonlySet<string>;
      /** Text of each row, where the tree marks an array of rows: undefined when the object has none there. */
      rows?: string[];
    }
  | { ok: false; code: 'R_JSON' | 'R_JSON_KEY'; column: string };

const SPACE = /[ \t\r\n]*/y;
const STRING = /"[^"\\\x00-\x1f]*(?:\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4})[^"\\\x00-\x1f]*)*"/y;
const NUMBER = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/y;
const WORD = /true|false|null/y;

const MALFORMED = { ok: false, code: 'R_JSON', column: '' } as const;
const NESTED = { type: 'nested', text: '' } as const;

export function pathTree(): PathTree {
  return { children: new Map() };
}

/** The place at `path`, made where it is not there yet. */
export function placeAt(tree: PathTree, path: readonly string[]): PathTree {
  let place = tree;
  for (const part of path) {
    const next = place.children.get(part) ?? pathTree();
    place.children.set(part, next);
    place = next;
  }
  return place;
}

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
    for (;;) {
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

interface Found {
  top: Map<string, Scalar>;
  deep: Map<string, Scalar>;
  beside: Set<string>;
  rows?: string[];
}

type Fault = Extract<JsonObject, { ok: false }>;

/** Reads the value at a place of the tree into `found`; gives a scalar, NESTED, or what is wrong with it. */
function readPlace(cursor: Cursor, place: PathTree | undefined, path: string, found: Found): Scalar | Fault {
  const { next } = cursor;
  const malformed = { ok: false, code: 'R_JSON', column: path.slice(0, 80) } as const;
  if (place?.isRows && next !== '[') return cursor.scalar() === null ? null : malformed;
  if (next !== '{' && next !== '[') {
    const scalar = cursor.scalar();
    return scalar === undefined ? malformed : scalar;
  }
  let isSound: Fault | boolean;
  if (place?.isRows && next === '[') isSound = readRows(cursor, found);
  else if (place === undefined || place.children.size === 0) isSound = cursor.skip();
  else
    isSound =
      next === '{' ? readMembers(cursor, place, path, found) : readElements(cursor, place, path, found);
  if (isSound === true) return NESTED;
  return isSound === false ? malformed : isSound;
}

function isFault(value: Scalar | Fault): value is Fault {
  return value !== null && 'ok' in value;
}

function readMembers(cursor: Cursor, tree: PathTree, path: string, found: Found): Fault | boolean {
  const seen = new Set<string>();
  if (!cursor.mark('{')) return false;
  if (cursor.mark('}')) return true;
  do {
    const key = cursor.key();
    if (key === undefined) return false;
    const below = `${path}.${key}`;
    if (seen.has(key)) return { ok: false, code: 'R_JSON_KEY', column: below.slice(0, 80) };
    seen.add(key);
    const place = tree.children.get(key);
    const value = readPlace(cursor, place, below, found);
    if (isFault(value)) return value;
    if (place?.name !== undefined) found.deep.set(place.name, value);
    else if (place === undefined) found.beside.add(below);
  } while (cursor.mark(','));
  return cursor.mark('}');
}

function readElements(cursor: Cursor, tree: PathTree, path: string, found: Found): Fault | boolean {
  if (!cursor.mark('[')) return false;
  if (cursor.mark(']')) return true;
  let index = 0;
  do {
    const place = tree.children.get(String(index++));
    const value = readPlace(cursor, place, path, found);
    if (isFault(value)) return value;
    if (place?.name !== undefined) found.deep.set(place.name, value);
  } while (cursor.mark(','));
  return cursor.mark(']');
}

function readRows(cursor: Cursor, found: Found): boolean {
  const rows: string[] = [];
  found.rows = rows;
  if (!cursor.mark('[')) return false;
  if (cursor.mark(']')) return true;
  do {
    const row = cursor.slice();
    if (row === undefined) return false;
    rows.push(row);
  } while (cursor.mark(','));
  return cursor.mark(']');
}

const NO_PATHS = pathTree();

/** Reads an object; numbers keep their digits as text, keys are data and never properties (`__proto__` included). */
export function readObject(text: string, tree: PathTree = NO_PATHS): JsonObject {
  const cursor = new Cursor(text);
  const found: Found = { top: new Map(), deep: new Map(), beside: new Set() };
  if (!cursor.mark('{')) return MALFORMED;
  if (!cursor.mark('}')) {
    do {
      const key = cursor.key();
      if (key === undefined) return MALFORMED;
      const place = tree.children.get(key);
      const value = readPlace(cursor, place, key, found);
      if (isFault(value)) return value;
      if (found.top.has(key)) return { ok: false, code: 'R_JSON_KEY', column: key.slice(0, 80) };
      found.top.set(key, value);
      if (place?.name !== undefined) found.deep.set(place.name, value);
    } while (cursor.mark(','));
    if (!cursor.mark('}')) return MALFORMED;
  }
  return cursor.isAtEnd ? { ok: true, ...found } : MALFORMED;
}

/** The value that a column's source names: the key as it stands, else the path. Null where there is none. */
export function valueAt(object: Extract<JsonObject, { ok: true }>, source: string): Scalar {
  return object.top.get(source) ?? object.deep.get(source) ?? null;
}
