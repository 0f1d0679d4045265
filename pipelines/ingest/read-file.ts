/** One source file from bytes to typed Parquet, once: by its receipt where an earlier run read it. */
import { lstatSync, rmSync } from 'node:fs';
import { GhostcardError } from '../../contracts/errors.ts';
import type { Warehouse } from '../warehouse/warehouse.ts';
import { checkSignal, type Identity, readThrough } from './checksum.ts';
import { typeCsv } from './csv.ts';
import { isGzip, isJson, separatorOf } from './file-form.ts';
import { fixedColumns } from './fixed-columns.ts';
import { GZIP_LIMITS, type GzipLimits, gunzipTo } from './gzip.ts';
import { layoutOf } from './json-records.ts';
import { type Ledger, receiptKey } from './ledger.ts';
import { checkIdentity, type Manifest } from './manifest.ts';
import type { PlannedColumn, TableMapping } from './mapped.ts';
import { typeNdjson } from './ndjson.ts';
import { plainPath, typeParquet } from './parquet.ts';
import { plan } from './plan.ts';
import type { SourceFile, TextFile, TypedFile } from './source.ts';
import { Surveyor } from './survey.ts';

export interface Reader {
  warehouse: Warehouse;
  ledger: Ledger;
  manifest: Manifest | undefined;
  gzip?: GzipLimits;
  signal?: AbortSignal;
}

export interface ReadFile extends Identity {
  file: SourceFile;
  typed: TypedFile;
  planned: readonly PlannedColumn[];
  /** Equal for readings of equal bytes to equal rows. */
  key: string;
  /** The table holds what its rows derive: later rows of a key are duplicates. */
  distinct: boolean;
  /** Path in the spool under which further scratch files of this file may stand. */
  base: string;
}

/** The file must still be what was read. @throws E_FILE_UNREADABLE */
export function checkUnchanged(file: SourceFile, { bytes, modified }: Identity): void {
  const stats = lstatSync(file.absolute, { throwIfNoEntry: false });
  if (stats?.isFile() && stats.size === bytes && stats.mtimeMs === modified) return;
  throw new GhostcardError('E_FILE_UNREADABLE', {
    subject: file.relative,
    expected: 'a file that does not change while it is read',
    got: stats ? 'another size or time' : 'no file',
    todo: 'Wait until the file is complete and run again.',
  });
}

/** Row counts of the parts and the log must give the count of the lines. @throws E_CONSERVATION */
function checkConservation(file: SourceFile, { parts, rowsIn, rejectedRows }: TypedFile): void {
  const accounted = parts.reduce((sum, { rows }) => sum + rows, rejectedRows);
  if (accounted === rowsIn) return;
  throw new GhostcardError('E_CONSERVATION', {
    subject: file.relative,
    expected: `${rowsIn} rows`,
    got: `${accounted} typed or rejected`,
    todo: 'This is a defect: please report it with the file.',
  });
}

/** The separator of a text file; undefined for JSON and Parquet. */
function delimiterOf({ form }: SourceFile, mapping: TableMapping): string | undefined {
  const usual = separatorOf(form);
  if (usual === undefined) return undefined;
  return mapping.delimiter ?? (usual === ',' ? mapping.defaults?.delimiter : undefined) ?? usual;
}

/** @throws E_MAPPING when rows are asked for inside a form that nests nothing. */
function checkRows({ relative, form }: SourceFile, { rows }: TableMapping): void {
  if (rows === undefined || isJson(form)) return;
  throw new GhostcardError('E_MAPPING', {
    subject: relative,
    expected: `a JSON file, in which rows: ${rows} can stand`,
    got: form,
    todo: 'Remove rows from the table in ghostcard.yaml, or name a JSON file.',
  });
}

/**
 * Reads a file for its table. Its checksum is compared with the manifest before anything parses it.
 *
 * @throws every E_ code of input files; see docs/errors.md.
 */
export async function readFile(reader: Reader, file: SourceFile, mapping: TableMapping): Promise<ReadFile> {
  const { warehouse, ledger, manifest, signal } = reader;
  checkRows(file, mapping);
  const delimiter = delimiterOf(file, mapping);
  const surveyor = new Surveyor(delimiter);
  const see = (chunk: Buffer) => surveyor.push(chunk);
  const isPacked = isGzip(file.form);
  const isPlainText = !isPacked && file.form !== 'parquet';
  const identity = await readThrough(file, isPlainText ? see : undefined, signal);
  if (manifest) checkIdentity(manifest, file.relative, identity.bytes, identity.sha256);
  const planned = plan(file.table, mapping);
  const fixed = fixedColumns(file, planned);
  const own = planned.filter(({ origin }) => origin === 'file');
  const key = receiptKey(file, identity.sha256, mapping.hash, fixed);
  const base = ledger.base(key);
  const result = { file, planned, key, distinct: mapping.distinct === true, base, ...identity };
  const whole = (typed: TypedFile): ReadFile => ({
    ...result,
    typed: { ...typed, columns: [...typed.columns, ...fixed] },
  });
  const check = () => checkSignal(signal, file.relative);
  if (file.form === 'parquet') return whole(await typeParquet(warehouse, file, own, `${base}.link.parquet`));
  const known = ledger.find(key);
  if (known) return whole(known);
  const link = `${base}.link`;
  const path = isPacked ? `${base}.plain` : plainPath(file.absolute, link);
  try {
    if (isPacked) await gunzipTo({ ...file, bytes: identity.bytes }, path, see, reader.gzip ?? GZIP_LIMITS);
    const text: TextFile = {
      relative: file.relative,
      path,
      segments: surveyor.finish(),
      firstLine: surveyor.firstLine,
    };
    const job = { file: text, planned: own, base, check };
    const typed =
      delimiter === undefined
        ? await typeNdjson(warehouse, { ...job, layout: await layoutOf(file, path, mapping.rows) })
        : await typeCsv(warehouse, { ...job, delimiter });
    checkUnchanged(file, identity);
    checkConservation(file, typed);
    ledger.record(key, typed);
    return whole(typed);
  } finally {
    for (const scratch of isPacked ? [path] : [link]) rmSync(scratch, { force: true });
  }
}
