/**
 * Opens a finished run directory, and nothing else: every file is checked against the manifest before it is
 * believed.
 */
import { existsSync, lstatSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import type { DetectorMeta } from '../../contracts/detector.ts';
import { GhostcardError } from '../../contracts/errors.ts';
import {
  DETECTORS_FILE,
  MANIFEST_FILE,
  PARQUET_FILES,
  type RunManifest,
  RunManifestSchema,
} from '../../contracts/run.ts';
import { literal } from '../warehouse/sql-text.ts';
import { openWarehouse, type Params } from '../warehouse/warehouse.ts';
import { locateRun } from './run-folder.ts';
import { digestOf } from './write-files.ts';

export interface Run {
  folder: string;
  manifest: RunManifest;
  detectors: Readonly<Record<string, DetectorMeta>>;
  /** Rows of a query over the Parquet files, each a table named after its file. */
  rows<T>(sql: string, params?: Params): Promise<T[]>;
  close(): void;
}

function refuse(subject: string, expected: string, got: string, cause?: unknown): never {
  throw new GhostcardError(
    'E_RUN',
    { subject, expected, got, todo: 'Name the --out folder of a finished audit, or run the audit again.' },
    { cause },
  );
}

/** The manifest of a run directory. Throws E_RUN. */
export function readManifest(folder: string): RunManifest {
  const path = join(folder, MANIFEST_FILE);
  if (!existsSync(path)) refuse(folder, `a run directory with ${MANIFEST_FILE}`, 'none');
  let parsed: unknown;
  try {
    parsed = JSON.parse(readFileSync(path, 'utf8'));
  } catch (error) {
    refuse(path, 'JSON', (error as Error).message, error);
  }
  const manifest = RunManifestSchema.safeParse(parsed);
  if (manifest.success) return manifest.data;
  const issue = manifest.error.issues[0]!;
  return refuse(path, 'a manifest of this version', `${issue.path.join('.')}: ${issue.message}`);
}

async function verifyOutputs(folder: string, manifest: RunManifest): Promise<void> {
  const listed = new Set(manifest.outputs.map(({ file }) => file));
  for (const file of [DETECTORS_FILE, ...PARQUET_FILES]) {
    if (!listed.has(file))
      refuse(join(folder, file), 'a file that the manifest lists', 'a manifest without it');
  }
  for (const { file, bytes, sha256 } of manifest.outputs) {
    const path = join(folder, file);
    if (file !== basename(file) || file.startsWith('.'))
      refuse(path, 'a plain file name', JSON.stringify(file));
    if (!lstatSync(path, { throwIfNoEntry: false })?.isFile()) refuse(path, 'a regular file', 'none');
    const found = await digestOf(path);
    if (found.bytes !== bytes || found.sha256 !== sha256) {
      refuse(path, `SHA-256 ${sha256} of ${bytes} bytes`, `${found.sha256} of ${found.bytes} bytes`);
    }
  }
}

/** A path as a pattern that only itself matches. */
export function parquetPattern(path: string): string {
  return path.replace(/[[*?]/g, '[$&]');
}

/**
 * Opens a run. Throws E_RUN when it is not one, or when a file of it is missing or changed. The caller closes
 * it.
 */
export async function openRun(path: string): Promise<Run> {
  const folder = locateRun(path);
  const manifest = readManifest(folder);
  await verifyOutputs(folder, manifest);
  const warehouse = await openWarehouse({ path: ':memory:', threads: 1, memory: '1GB' });
  try {
    for (const file of PARQUET_FILES) {
      const pattern = literal(parquetPattern(join(folder, file)));
      await warehouse.run(
        `CREATE VIEW "${basename(file, '.parquet')}" AS SELECT * FROM read_parquet(${pattern})`,
      );
    }
    const detectors = JSON.parse(readFileSync(join(folder, DETECTORS_FILE), 'utf8')) as Run['detectors'];
    return { folder, manifest, detectors, rows: warehouse.rows, close: warehouse.close };
  } catch (error) {
    warehouse.close();
    throw error;
  }
}
