/** An NDJSON file into typed Parquet, line by line, by the same grammar of values as CSV. */
import type { Warehouse } from '../warehouse/warehouse.ts';
import { CleanCsv } from './clean-csv.ts';
import { MAX_FIELD_BYTES, type Refusal, refuseBytes } from './csv-record.ts';
import { type FlatObject, parseFlatObject, type Scalar } from './json-line.ts';
import { type Line, linesOf } from './lines.ts';
import { listedOwner, ownerSource } from './owner.ts';
import { headerError, MAX_COLUMNS, type PlannedColumn } from './plan.ts';
import { RejectLog } from './reject-log.ts';
import type { TextFile, TypedFile } from './source.ts';
import { spoolColumn, typeRow } from './typed-row.ts';
import { spoolRule } from './value-rule.ts';
import { type Parsed, parseValue } from './values.ts';

export interface NdjsonJob {
  file: TextFile;
  planned: readonly PlannedColumn[];
  base: string;
  check: () => void;
}

const REFUSED: Readonly<Record<'R_JSON' | 'R_JSON_KEY', string>> = {
  R_JSON: 'a JSON object of strings, numbers, booleans and nulls',
  R_JSON_KEY: 'each key once',
};

function parseScalar(column: PlannedColumn, scalar: Scalar): Parsed {
  const { parse, mapping } = column;
  if (scalar === null) return { ok: true, text: null };
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

function readObject(line: Line): Extract<FlatObject, { ok: true }> | Refusal {
  const refusal = refuseBytes(line);
  if (refusal) return refusal;
  const text = line.bytes.toString('utf8');
  const object = parseFlatObject(line.number === 1 ? text.replace(/^\ufeff/, '') : text);
  return object.ok ? object : { code: object.code, column: object.column, expected: REFUSED[object.code] };
}

/**
 * Columns that no line names are absent. Names that the contract does not know are listed, at most 256 of them.
 *
 * @throws E_HEADER when a required column is in no line of a file that has objects; E_INTERRUPTED.
 */
export async function typeNdjson(warehouse: Warehouse, job: NdjsonJob): Promise<TypedFile> {
  const { file, planned, base } = job;
  const clean = new CleanCsv(`${base}.0.parquet.csv`, planned);
  const log = new RejectLog(`${base}.rejected.csv`);
  const owner = ownerSource(planned);
  const known = new Set(planned.map(({ source }) => source));
  const seen = new Set<string>();
  const extra = new Set<string>();
  let rowsIn = 0;
  try {
    for await (const batch of linesOf(file.path, { start: 0, end: Number.MAX_SAFE_INTEGER, firstLine: 1 })) {
      job.check();
      for (const line of batch) {
        if (line.bytes.length === 0) continue;
        rowsIn++;
        const object = readObject(line);
        if (!('values' in object)) {
          log.add(line, object);
          continue;
        }
        const { values } = object;
        for (const name of values.keys()) {
          if (known.has(name)) seen.add(name);
          else if (extra.size < MAX_COLUMNS) extra.add(name);
        }
        const typed = typeRow(planned, (column) => parseScalar(column, values.get(column.source) ?? null));
        if ('code' in typed) log.add(line, typed, listedOwner(values.get(owner)?.text));
        else clean.add(line.number, typed);
      }
      await Promise.all([clean.flush(), log.flush()]);
    }
  } finally {
    await Promise.all([clean.close(), log.close()]);
  }
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
    rowsIn,
    rejectedRows: log.rows,
    ...(log.rows > 0 ? { rejectedLog: log.path } : {}),
    extra: [...extra].sort(),
  };
}
