/**
 * One JSON object as the values at the paths that are asked for. A reader of our own, since `JSON.parse`
 * rounds whole numbers beyond 2^53, takes the last of two equal keys in silence, and DuckDB's readers die of
 * deep nesting.
 */
import { Cursor, type Scalar } from './json-cursor.ts';

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
      /** Where the array of rows begins that the tree marks; undefined when the object has none there. */
      rowsAt: number | undefined;
    }
  | { ok: false; code: 'R_JSON' | 'R_JSON_KEY'; column: string };

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

type Fault = Extract<JsonObject, { ok: false }>;

/** What has been read; most objects are flat, so `deep` and `beside` are made when they are needed. */
class Found {
  readonly top = new Map<string, Scalar>();
  deep: Map<string, Scalar> | undefined;
  beside: Set<string> | undefined;
  rowsAt: number | undefined;

  keep(place: PathTree | undefined, value: Scalar): void {
    if (place?.name === undefined) return;
    this.deep ??= new Map();
    this.deep.set(place.name, value);
  }

  pass(path: string): void {
    this.beside ??= new Set();
    this.beside.add(path);
  }
}

function malformed(path: string): Fault {
  return { ok: false, code: 'R_JSON', column: path.slice(0, 80) };
}

/** Reads the value at a place of the tree into `found`; gives a scalar, NESTED, or what is wrong with it. */
function readPlace(cursor: Cursor, place: PathTree | undefined, path: string, found: Found): Scalar | Fault {
  const { next } = cursor;
  if (next !== '{' && next !== '[') {
    const scalar = cursor.scalar();
    return scalar === undefined || (place?.isRows && scalar !== null) ? malformed(path) : scalar;
  }
  const sound = readNested(cursor, next, place, path, found);
  return sound === true ? NESTED : sound === false ? malformed(path) : sound;
}

/** True for a nested value that could be read or passed over. */
function readNested(
  cursor: Cursor,
  next: '{' | '[',
  place: PathTree | undefined,
  path: string,
  found: Found,
): Fault | boolean {
  if (place?.isRows) {
    found.rowsAt = cursor.at;
    return next === '[' && cursor.skip();
  }
  if (place === undefined || place.children.size === 0) return cursor.skip();
  return next === '{' ? readMembers(cursor, place, path, found) : readElements(cursor, place, path, found);
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
    found.keep(place, value);
    if (place === undefined) found.pass(below);
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
    found.keep(place, value);
  } while (cursor.mark(','));
  return cursor.mark(']');
}

const NO_PATHS = pathTree();
const NO_VALUES: ReadonlyMap<string, Scalar> = new Map();
const NO_NAMES: ReadonlySet<string> = new Set();

/**
 * Reads an object; numbers keep their digits as text, keys are data and never properties (`__proto__`
 * included).
 */
export function readObject(text: string, tree: PathTree = NO_PATHS): JsonObject {
  const cursor = new Cursor(text);
  const found = new Found();
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
      found.keep(place, value);
    } while (cursor.mark(','));
    if (!cursor.mark('}')) return MALFORMED;
  }
  if (!cursor.isAtEnd) return MALFORMED;
  const { top, deep = NO_VALUES, beside = NO_NAMES, rowsAt } = found;
  return { ok: true, top, deep, beside, rowsAt };
}

/**
 * The texts of an array's elements, which `readObject` has passed over and found sound, from its bracket at
 * `at`.
 */
export function* elementsFrom(text: string, at: number): Generator<string> {
  const cursor = new Cursor(text, at);
  if (!cursor.mark('[') || cursor.mark(']')) return;
  do yield cursor.slice()!;
  while (cursor.mark(','));
}

/** The value that a column's source names: the key as it stands, else the path. Null where there is none. */
export function valueAt(object: Extract<JsonObject, { ok: true }>, source: string): Scalar {
  return object.top.get(source) ?? object.deep.get(source) ?? null;
}
