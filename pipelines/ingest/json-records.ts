/** The rows of a JSON file: its lines or elements, or the elements of an array inside each of them. */
import { type Refusal, refuseBytes } from './csv-record.ts';
import type { Form } from './file-form.ts';
import type { Scalar } from './json-cursor.ts';
import { elementsOf, shapeOf } from './json-elements.ts';
import { elementsFrom, type PathTree, pathTree, placeAt, readObject } from './json-object.ts';
import { type Line, linesOf, MAX_RECORD_BYTES } from './lines.ts';
import { headerError } from './plan.ts';

/** How the rows of a JSON file stand in it. */
export interface Layout {
  shape: 'lines' | 'array' | 'documents';
  /** Path of the array, within each value, whose elements are the rows. */
  rows?: string;
}

export interface JsonRow {
  /** Numbered by line or by element; through all rows of the file where they stand in arrays inside. */
  line: Line;
  /** Values around the row's array, by the `^.` paths that name them. */
  around: ReadonlyMap<string, Scalar>;
  /** Why a value that should hold rows was not taken apart; it counts as one row. */
  refusal?: Refusal;
}

/** The largest value whose rows stand in an array inside it: an answer of an API is one. */
const MAX_DOCUMENT_BYTES = 64 * 2 ** 20;
/** Rows of a value that are held apart from it at a time. */
const BATCH_ROWS = 1000;

const ALONE: ReadonlyMap<string, Scalar> = new Map();

/** @throws E_FILE_EMPTY, E_JSON_CORRUPT for a `.json` file without an array or object. */
export async function layoutOf(
  file: { relative: string; form: Form },
  path: string,
  rows: string | undefined,
): Promise<Layout> {
  const shape = file.form.startsWith('ndjson') ? 'lines' : await shapeOf(file.relative, path);
  return { shape, ...(rows === undefined ? {} : { rows }) };
}

/** The text of a value, or why it has none. */
export function textOf(line: Line): string | Refusal {
  return refuseBytes(line) ?? line.bytes.toString('utf8').replace(/^\ufeff/, '');
}

async function* valuesOf(relative: string, path: string, { shape, rows }: Layout): AsyncGenerator<Line[]> {
  const limit = rows === undefined ? MAX_RECORD_BYTES : MAX_DOCUMENT_BYTES;
  if (shape !== 'lines') return yield* elementsOf(relative, path, shape, limit);
  const whole = { start: 0, end: Number.MAX_SAFE_INTEGER, firstLine: 1 };
  for await (const batch of linesOf(path, whole, limit)) {
    yield batch.filter(({ bytes, oversize }) => bytes.length > 0 || oversize !== undefined);
  }
}

/** Where the array of rows stands, and the values around it: each `^` goes up one object from the array. */
function treeAround(rows: string, sources: readonly string[]): PathTree {
  const tree = pathTree();
  const path = rows.split('.');
  placeAt(tree, path).isRows = true;
  for (const source of sources) {
    const parts = source.split('.');
    const up = parts.findIndex((part) => part !== '^');
    if (up < 1 || up > path.length) continue;
    placeAt(tree, [...path.slice(0, path.length - up), ...parts.slice(up)]).name = source;
  }
  return tree;
}

interface Exploded {
  text: string;
  /** Where the array of rows begins; undefined when the value has none. */
  rowsAt: number | undefined;
  around: ReadonlyMap<string, Scalar>;
}

function explode(line: Line, tree: PathTree): Exploded | Refusal {
  if (line.oversize)
    return {
      code: 'R_RECORD_SIZE',
      column: '',
      expected: 'at most 64 MiB around its rows; write one row a line',
    };
  const text = textOf(line);
  if (typeof text !== 'string') return text;
  const object = readObject(text, tree);
  if (!object.ok)
    return { code: object.code, column: object.column, expected: 'a JSON object around an array' };
  return { text, rowsAt: object.rowsAt, around: object.deep };
}

function row(text: string, number: number, around: JsonRow['around']): JsonRow {
  const bytes = Buffer.from(text);
  if (bytes.length <= MAX_RECORD_BYTES) return { line: { number, bytes }, around };
  const expected = 'a row of at most 1 MiB';
  return { line: { number, bytes }, around, refusal: { code: 'R_RECORD_SIZE', column: '', expected } };
}

/**
 * The rows of a file in batches, whose bytes are valid until the next. `sources` are the columns' paths.
 *
 * @throws E_JSON_CORRUPT, E_HEADER when no value of the file has the array of rows.
 */
export async function* jsonRows(
  relative: string,
  path: string,
  layout: Layout,
  sources: readonly string[] = [],
): AsyncGenerator<JsonRow[]> {
  if (layout.rows === undefined) {
    for await (const batch of valuesOf(relative, path, layout))
      yield batch.map((line) => ({ line, around: ALONE }));
    return;
  }
  const tree = treeAround(layout.rows, sources);
  let number = 0;
  let isFound = false;
  for await (const batch of valuesOf(relative, path, layout)) {
    for (const line of batch) {
      const exploded = explode(line, tree);
      if ('code' in exploded) {
        isFound = true;
        yield [{ line: { ...line, number: ++number }, around: ALONE, refusal: exploded }];
        continue;
      }
      const { text, rowsAt, around } = exploded;
      if (rowsAt === undefined) continue;
      isFound = true;
      let rows: JsonRow[] = [];
      for (const element of elementsFrom(text, rowsAt)) {
        rows.push(row(element, ++number, around));
        if (rows.length < BATCH_ROWS) continue;
        yield rows;
        rows = [];
      }
      if (rows.length > 0) yield rows;
    }
  }
  if (!isFound) throw headerError(relative, `the array ${layout.rows} in its objects`, 'none');
}

/** The columns' paths of more than one part, for `readObject`. */
export function treeOf(sources: readonly string[]): PathTree {
  const tree = pathTree();
  for (const source of sources) {
    const parts = source.split('.');
    if (parts.length > 1 && parts[0] !== '^') placeAt(tree, parts).name = source;
  }
  return tree;
}
