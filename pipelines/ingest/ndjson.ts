/** A JSON file into typed Parquet, row by row, by the same grammar of values as CSV. */
import type { Warehouse } from '../warehouse/warehouse.ts';
import { CleanCsv } from './clean-csv.ts';
import { MAX_FIELD_BYTES, type Refusal } from './csv-record.ts';
import type { Scalar } from './json-cursor.ts';
import { type JsonObject, type PathTree, readObject, valueAt } from './json-object.ts';
import { type JsonRow, jsonRows, type Layout, textOf, treeOf } from './json-records.ts';
import type { PlannedColumn } from './mapped.ts';
import { listedOwner, ownerSource } from './owner.ts';
import { headerError, MAX_COLUMNS } from './plan.ts';
import { RejectLog } from './reject-log.ts';
import type { TextFile, TypedFile } from './source.ts';
import { spoolColumn, typeRow } from './typed-row.ts';
import { spoolRule } from './value-rule.ts';
import { type Parsed, parseValue } from './values.ts';

export interface NdjsonJob {
  file: TextFile;
  layout: Layout;
  planned: readonly PlannedColumn[];
  base: string;
  check: () => void;
}

const REFUSED: Readonly<Record<'R_JSON' | 'R_JSON_KEY', string>> = {
  R_JSON: 'a JSON object',
  R_JSON_KEY: 'each key once',
};

function parseScalar(column: PlannedColumn, scalar: Scalar): Parsed {
  const { parse, mapping } = column;
  if (scalar === null) return { ok: true, text: null };
  if (scalar.type === 'nested')
    return { ok: false, code: 'R_TYPE', expected: 'a string, number or boolean, no object or array' };
  if (scalar.type === 'boolean' && parse !== 'boolean' && !mapping?.words) {
    return { ok: false, code: 'R_TYPE', expected: parse };
  }
  if (Buffer.byteLength(scalar.text) > MAX_FIELD_BYTES) {
    return { ok: false, code: 'R_FIELD_SIZE', expected: 'fields of at most 64 KiB' };
  }
  if (scalar.text.includes('\0')) return { ok: false, code: 'R_NUL', expected: 'no NUL' };
  if (/\p{Surrogate}/u.test(scalar.text)) return { ok: false, code: 'R_ENCODING', expected: 'UTF-8' };
  const rule = spoolRule(column);
  // A JSON number has a point, whatever mark the file's strings have.
  const isPointed = rule.comma && scalar.type === 'number';
  return parseValue(rule, isPointed ? scalar.text.replace('.', ',') : scalar.text);
}

type Values = Extract<JsonObject, { ok: true }>;

function valuesOf({ line, refusal }: JsonRow, tree: PathTree): Values | Refusal {
  if (refusal) return refusal;
  const text = textOf(line);
  if (typeof text !== 'string') return text;
  const object = readObject(text, tree);
  return object.ok ? object : { code: object.code, column: object.column, expected: REFUSED[object.code] };
}

/** Notes the names that columns ask for in `seen` and the others, at most 256 of them, in `extra`. */
class Names {
  readonly seen = new Set<string>();
  readonly extra = new Set<string>();
  readonly #known: ReadonlySet<string>;
  readonly #tree: PathTree;

  constructor(sources: readonly string[], tree: PathTree) {
    this.#known = new Set(sources);
    this.#tree = tree;
  }

  note({ top, deep, beside }: Values, around: JsonRow['around']): void {
    for (const name of around.keys()) this.seen.add(name);
    for (const name of deep.keys()) this.seen.add(name);
    for (const name of top.keys()) {
      if (this.#known.has(name)) this.seen.add(name);
      else if (!this.#tree.children.has(name)) this.#list(name);
    }
    for (const name of beside) this.#list(name);
  }

  #list(name: string): void {
    if (this.extra.size < MAX_COLUMNS) this.extra.add(name);
  }
}

/**
 * Columns that no row names are absent. Names that the contract does not know are listed, at most 256 of
 * them; nested values that no column asks for are passed over.
 *
 * @throws E_HEADER when a required column is in no row of a file that has objects, or no value has the array
 * of rows;
 * E_JSON_CORRUPT, E_INTERRUPTED.
 */
export async function typeNdjson(warehouse: Warehouse, job: NdjsonJob): Promise<TypedFile> {
  const { file, layout, planned, base } = job;
  const clean = new CleanCsv(`${base}.0.parquet.csv`, planned);
  const log = new RejectLog(`${base}.rejected.csv`);
  const owner = ownerSource(planned);
  const sources = planned.map(({ source }) => source);
  const tree = treeOf(sources);
  const names = new Names(sources, tree);
  let rowsIn = 0;
  try {
    for await (const batch of jsonRows(file.relative, file.path, layout, sources)) {
      job.check();
      for (const row of batch) {
        const { line, around } = row;
        rowsIn++;
        const object = valuesOf(row, tree);
        if (!('top' in object)) {
          log.add(line, object);
          continue;
        }
        names.note(object, around);
        const scalarAt = (source: string) => around.get(source) ?? valueAt(object, source);
        const typed = typeRow(planned, (column) => parseScalar(column, scalarAt(column.source)));
        if ('code' in typed) log.add(line, typed, listedOwner(scalarAt(owner)?.text));
        else clean.add(line.number, typed);
      }
      await Promise.all([clean.flush(), log.flush()]);
    }
  } finally {
    await Promise.all([clean.close(), log.close()]);
  }
  const { seen, extra } = names;
  const absent = planned.find(({ meta, source }) => meta.required && !seen.has(source));
  if (absent && seen.size > 0) {
    clean.remove();
    throw headerError(file.relative, `the key ${absent.source} in its objects`, [...seen].sort().join(', '));
  }
  const target = `${base}.0.parquet`;
  if (clean.rows > 0) await clean.toParquet(warehouse, target);
  clean.remove();
  const present = planned.filter(({ source }) => seen.has(source));
  return {
    parts: clean.rows > 0 ? [{ path: target, rows: clean.rows, lost: true }] : [],
    columns: present.map(spoolColumn),
    layout,
    rowsIn,
    rejectedRows: log.rows,
    ...(log.rows > 0 ? { rejectedLog: log.path } : {}),
    extra: [...extra].sort(),
  };
}
