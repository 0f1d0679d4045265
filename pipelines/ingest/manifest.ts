/** `MANIFEST.csv`: the list of files, sizes, checksums and row counts that seals a dataset. */
import { lstatSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'csv-parse/sync';
import { GhostcardError } from '../../contracts/errors.ts';
import { readThrough } from './checksum.ts';
import { SIDE_FILES } from './discover.ts';
import type { FileReport } from './source.ts';

interface Entry {
  bytes: string;
  sha256: string;
  rows: string;
}

export type Manifest = ReadonlyMap<string, Entry>;

const NAME = 'MANIFEST.csv';

function mismatch(subject: string, expected: string, got: string): GhostcardError {
  return new GhostcardError('E_MANIFEST', {
    subject,
    expected,
    got,
    todo: 'Fetch the dataset again from its publisher, or ask for a new MANIFEST.csv.',
  });
}

/**
 * Reads the manifest; undefined when there is none.
 *
 * @throws E_MANIFEST when it is no CSV with the columns file, bytes, sha256, rows, or names a file twice.
 */
export function readManifest(dataset: string): Manifest | undefined {
  const path = join(dataset, NAME);
  const stats = lstatSync(path, { throwIfNoEntry: false });
  if (stats === undefined) return undefined;
  if (!stats.isFile()) throw mismatch(NAME, 'a regular file', 'a link, pipe or device');
  let records: Record<string, string>[];
  try {
    records = parse(readFileSync(path), { columns: true, bom: true, skip_empty_lines: true });
  } catch (error) {
    throw mismatch(NAME, 'a CSV file', (error as Error).message);
  }
  const entries = new Map<string, Entry>();
  for (const { file, bytes, sha256, rows } of records) {
    if (file === undefined || bytes === undefined || sha256 === undefined || rows === undefined) {
      throw mismatch(NAME, 'the columns file, bytes, sha256, rows', Object.keys(records[0]!).join(', '));
    }
    if (entries.has(file)) throw mismatch(file, 'one line', `two lines in ${NAME}`);
    entries.set(file, { bytes, sha256: sha256.toLowerCase(), rows });
  }
  return entries;
}

/** Every listed file must exist and every table file must be listed. @throws E_MANIFEST */
export function checkListing(manifest: Manifest, files: readonly string[], others: readonly string[]): void {
  const present = new Set<string>([...files, ...others, ...SIDE_FILES]);
  for (const file of manifest.keys()) {
    if (!present.has(file)) throw mismatch(file, `the file that ${NAME} lists`, 'no such file');
  }
  for (const file of files) {
    if (!manifest.has(file)) throw mismatch(file, `a line in ${NAME}`, 'none');
  }
}

/** Size and checksum, before anything parses the file. @throws E_MANIFEST */
export function checkIdentity(manifest: Manifest, file: string, bytes: number, sha256: string): void {
  const entry = manifest.get(file);
  if (entry === undefined) return;
  if (entry.bytes !== String(bytes)) throw mismatch(file, `${entry.bytes} bytes`, `${bytes} bytes`);
  if (entry.sha256 !== sha256) throw mismatch(file, `sha256 ${entry.sha256}`, `sha256 ${sha256}`);
}

/** Row counts, once counted. @throws E_MANIFEST */
export function checkRows(manifest: Manifest, reports: readonly FileReport[]): void {
  for (const { file, rowsIn } of reports) {
    const rows = manifest.get(file)?.rows;
    if (rows !== undefined && rows !== String(rowsIn)) throw mismatch(file, `${rows} rows`, `${rowsIn} rows`);
  }
}

/** Listed files that are no tables, a mapping among them, must match as well. @throws E_MANIFEST */
export async function verifySideFiles(
  manifest: Manifest,
  dataset: string,
  tableFiles: readonly string[],
): Promise<void> {
  const read = new Set(tableFiles);
  for (const relative of manifest.keys()) {
    if (read.has(relative)) continue;
    const { bytes, sha256 } = await readThrough({ relative, absolute: join(dataset, relative) });
    checkIdentity(manifest, relative, bytes, sha256);
  }
}
