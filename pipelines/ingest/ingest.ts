/**
 * Ingest: from the bytes of a dataset folder to the tables `loaded.*`. The only stage that meets hostile
 * input.
 */
import { LARGE_TABLES, NETWORK_TIME, TABLE_NAMES, type TableName } from '../../contracts/dataset.ts';
import { GhostcardError, REJECT_CODES, type RejectCode } from '../../contracts/errors.ts';
import { identifier, literal } from '../warehouse/sql-text.ts';
import type { Warehouse } from '../warehouse/warehouse.ts';
import { checkSignal } from './checksum.ts';
import { checkFolder, discover } from './discover.ts';
import type { GzipLimits } from './gzip.ts';
import { ignoredColumns } from './ignored-columns.ts';
import type { Day } from './inspect.ts';
import { Ledger } from './ledger.ts';
import { loadTables } from './load-tables.ts';
import { checkListing, checkRows, type Manifest, readManifest, verifySideFiles } from './manifest.ts';
import { type Mapping, readMapping } from './mapping.ts';
import { listOrphans } from './orphans.ts';
import { readingValues } from './parquet.ts';
import { createRawViews } from './raw-views.ts';
import { checkUnchanged, type ReadFile, readFile } from './read-file.ts';
import { recordFacts } from './record.ts';
import type { IngestReport } from './report.ts';
import type { SourceFile } from './source.ts';

export interface IngestOptions {
  dataset: string;
  /** Folder for spool and ledger; a later run in it reads no finished file again. */
  workspace: string;
  /** UTC epoch ms; default: the newest network time. */
  snapshot?: number;
  gzip?: GzipLimits;
}

export interface IngestEffects {
  warehouse: Warehouse;
  progress(event: { stage: 'ingest'; subject: string; done: number; total: number }): void;
  signal?: AbortSignal;
}

/**
 * Loads a dataset. `loaded.<table>` holds every table of the contract with all its columns, times as UTC
 * epoch ms; large tables are views over Parquet. What was refused, counted, listed or read as NULL stands in
 * `loaded.rejected`, `file`, `present`, `extra`, `column_value`, `lost_owner`, `orphan`, `file_day` and
 * `dataset`, and in the report. The result depends on the files alone, not on threads or on how often the run
 * was resumed.
 *
 * @throws E_DATASET_MISSING, E_TABLE_MISSING, E_TABLE_AMBIGUOUS, E_TABLE_EMPTY, E_MANIFEST, E_MAPPING,
 * E_CONSERVATION,
 * E_INTERRUPTED, E_USAGE for a snapshot before the first account, and for a file E_FILE_UNREADABLE,
 * E_FILE_EMPTY, E_FILE_FORM, E_JSON_CORRUPT, E_GZIP_CORRUPT, E_GZIP_BOMB, E_PARQUET_CORRUPT, E_HEADER,
 * E_COLUMN_TYPE.
 */
export async function ingest(options: IngestOptions, effects: IngestEffects): Promise<IngestReport> {
  const { warehouse } = effects;
  checkFolder(options.dataset);
  const mapping = readMapping(options.dataset);
  const manifest = readManifest(options.dataset);
  const { files, unread, unknown } = discover(options.dataset, mapping);
  mapping.checkFound(files.map(({ relative }) => relative));
  const brings = (name: TableName) => files.some(({ table }) => table === name);
  // Offers of machines whose owners nobody names: there is supply to count, and nobody to judge.
  const ownerless = !brings('accounts') && brings('listings');
  if (!brings('accounts') && !ownerless) throw noAccounts(options.dataset);
  if (manifest) {
    const paths = files.map(({ relative }) => relative);
    checkListing(manifest, paths, [...unread.map(({ file }) => file), ...unknown]);
    await verifySideFiles(manifest, options.dataset, paths);
  }
  // Spool files keep the order of their source: the place of a row is its line.
  await warehouse.run('SET preserve_insertion_order = true');
  try {
    const readings = await readAll(options, effects, mapping, { manifest, files });
    const loaded = await loadTables(warehouse, readings, effects.signal);
    for (const reading of readings) checkUnchanged(reading.file, reading);
    if (manifest)
      checkRows(
        manifest,
        loaded.files.filter(({ table }) => mapping.of(table).rows === undefined),
      );
    if (!ownerless && loaded.rows('accounts') === 0) throw await emptyAccounts(warehouse, files);
    const present = new Set(readings.map(({ file }) => file.table));
    const newestAt = await newestTime(warehouse, loaded.days, present);
    const report: IngestReport = {
      files: loaded.files,
      tables: presentColumns(readings),
      extra: ignoredColumns(readings),
      unread,
      unknown,
      orphans: await readingValues(files, () => listOrphans(warehouse, present)),
      values: loaded.values,
      sealed: manifest !== undefined,
      newestAt,
      snapshot: options.snapshot ?? newestAt,
      mapping: { present: mapping.present, sha256: mapping.sha256 },
    };
    await recordFacts(warehouse, report, loaded.days);
    await createRawViews(warehouse, report.snapshot ?? 0);
    const { accounts } = await warehouse.row<{ accounts: number }>(
      'SELECT count(*) AS accounts FROM raw.accounts',
    );
    if (!ownerless && Number(accounts) === 0) throw snapshotTooEarly(report);
    return report;
  } finally {
    await warehouse.run('SET preserve_insertion_order = false');
  }
}

async function readAll(
  { dataset, workspace, gzip }: IngestOptions,
  { warehouse, progress, signal }: IngestEffects,
  mapping: Mapping,
  { manifest, files }: { manifest: Manifest | undefined; files: readonly SourceFile[] },
): Promise<ReadFile[]> {
  const reader = { warehouse, ledger: new Ledger(workspace), manifest, gzip, signal };
  const readings: ReadFile[] = [];
  for (const [done, file] of files.entries()) {
    checkSignal(signal, dataset);
    progress({ stage: 'ingest', subject: file.relative, done, total: files.length });
    readings.push(await readFile(reader, file, mapping.of(file.table)));
  }
  progress({ stage: 'ingest', subject: dataset, done: files.length, total: files.length });
  return readings;
}

/** Contract columns that any file of a table has, in contract order. */
function presentColumns(readings: readonly ReadFile[]): IngestReport['tables'] {
  const tables: IngestReport['tables'] = {};
  for (const table of TABLE_NAMES) {
    const own = readings.filter(({ file }) => file.table === table);
    if (own.length === 0) continue;
    const seen = new Set(own.flatMap(({ typed }) => typed.columns.map(({ column }) => column)));
    tables[table] = own[0]!.planned.map(({ meta }) => meta.name).filter((name) => seen.has(name));
  }
  return tables;
}

async function newestTime(
  warehouse: Warehouse,
  days: Array<{ days: readonly Day[] }>,
  present: ReadonlySet<TableName>,
): Promise<number | null> {
  const newest = days.map((file) => file.days.at(-1)?.newest);
  for (const [table, clock] of Object.entries(NETWORK_TIME) as [TableName, string][]) {
    if (!present.has(table) || LARGE_TABLES.has(table)) continue;
    const row = await warehouse.row<{ newest: number | null }>(
      `SELECT max(${identifier(clock)}) AS newest FROM loaded.${identifier(table)}`,
    );
    newest.push(row.newest ?? undefined);
  }
  const known = newest.filter((at) => at !== undefined);
  return known.length === 0 ? null : Math.max(...known);
}

/**
 * The time that an audit is made as of. @throws E_USAGE where neither the command nor the dataset names one.
 */
export function snapshotOf({ snapshot }: IngestReport): number {
  if (snapshot !== null) return snapshot;
  throw new GhostcardError('E_USAGE', {
    subject: '--snapshot',
    expected: 'at least one network time in the dataset',
    got: 'none',
    todo: 'Give --snapshot TIME, the time that the dataset was taken.',
  });
}

function snapshotTooEarly({ snapshot, newestAt }: IngestReport): GhostcardError {
  const time = (at: number | null) => (at === null ? 'none' : new Date(at).toISOString());
  return new GhostcardError('E_USAGE', {
    subject: '--snapshot',
    expected: 'a time by which at least one account was open',
    got: `${time(snapshot)}; the newest network time is ${time(newestAt)}`,
    todo: 'Give a later time, or none for the newest network time.',
  });
}

function noAccounts(dataset: string): GhostcardError {
  return new GhostcardError('E_TABLE_MISSING', {
    subject: dataset,
    expected:
      'the table accounts (accounts.parquet, accounts.csv, …), or listings for a count of what is on offer',
    got: 'other tables only',
    todo: 'Add the table, or map a file to it in ghostcard.yaml (docs/dataset-mapping.md).',
  });
}

interface Refused {
  file: string;
  line: number;
  column: string;
  code: RejectCode;
  expected: string;
}

async function emptyAccounts(warehouse: Warehouse, files: readonly SourceFile[]): Promise<GhostcardError> {
  const own = files.filter(({ table }) => table === 'accounts').map(({ relative }) => literal(relative));
  const first = await warehouse.rows<Refused>(
    `SELECT file, line, "column", code, expected FROM loaded.rejected WHERE file IN (${own.join(', ')})
     ORDER BY file, line, code, "column" LIMIT 1`,
  );
  const why = first.map(
    ({ file, line, column, code, expected }) =>
      `; the first refused is ${file} line ${line}${column ? `, ${column}` : ''}: ${REJECT_CODES[code]} (${code}); expected ${expected}`,
  );
  return new GhostcardError('E_TABLE_EMPTY', {
    subject: 'accounts',
    expected: 'at least one row',
    got: `none that could be loaded${why.join('')}`,
    todo: 'Correct the export, or map its columns and units in ghostcard.yaml (docs/dataset-mapping.md).',
  });
}
