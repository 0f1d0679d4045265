/** One source file from bytes to typed Parquet, once: by its receipt where an earlier run read it. */
import { lstatSync, rmSync } from 'node:fs';
import { GhostcardError } from '../../contracts/errors.ts';
import type { Warehouse } from '../warehouse/warehouse.ts';
import { checkSignal, type Identity, readThrough } from './checksum.ts';
import { typeCsv } from './csv.ts';
import { GZIP_LIMITS, type GzipLimits, gunzipTo } from './gzip.ts';
import { type Ledger, receiptKey } from './ledger.ts';
import { checkIdentity, type Manifest } from './manifest.ts';
import type { TableMapping } from './mapping.ts';
import { typeNdjson } from './ndjson.ts';
import { plainPath, typeParquet } from './parquet.ts';
import { type PlannedColumn, plan } from './plan.ts';
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

/**
 * Reads a file. Its checksum is compared with the manifest before anything parses it.
 *
 * @throws every E_ code of input files; see docs/errors.md.
 */
export async function readFile(reader: Reader, file: SourceFile, mapping: TableMapping): Promise<ReadFile> {
  const { warehouse, ledger, manifest, signal } = reader;
  const isGzip = file.form.endsWith('.gz');
  const delimiter = file.form.startsWith('csv') ? mapping.delimiter : undefined;
  const surveyor = new Surveyor(delimiter);
  const see = (chunk: Buffer) => surveyor.push(chunk);
  const isPlainText = !isGzip && file.form !== 'parquet';
  const identity = await readThrough(file, isPlainText ? see : undefined, signal);
  if (manifest) checkIdentity(manifest, file.relative, identity.bytes, identity.sha256);
  const planned = plan(file.table, mapping);
  const key = receiptKey(file, identity.sha256, mapping.hash);
  const base = ledger.base(key);
  const result = { file, planned, base, ...identity };
  const check = () => checkSignal(signal, file.relative);
  if (file.form === 'parquet') {
    return { ...result, typed: await typeParquet(warehouse, file, planned, `${base}.link.parquet`) };
  }
  const known = ledger.find(key);
  if (known) return { ...result, typed: known };
  const link = `${base}.link`;
  const path = isGzip ? `${base}.plain` : plainPath(file.absolute, link);
  try {
    if (isGzip) await gunzipTo({ ...file, bytes: identity.bytes }, path, see, reader.gzip ?? GZIP_LIMITS);
    const text: TextFile = {
      relative: file.relative,
      path,
      segments: surveyor.finish(),
      firstLine: surveyor.firstLine,
    };
    const typed =
      delimiter === undefined
        ? await typeNdjson(warehouse, { file: text, planned, base, check })
        : await typeCsv(warehouse, { file: text, planned, delimiter, base, check });
    checkUnchanged(file, identity);
    checkConservation(file, typed);
    ledger.record(key, typed);
    return { ...result, typed };
  } finally {
    for (const scratch of isGzip ? [path] : [link]) rmSync(scratch, { force: true });
  }
}
