/** Ingests fuzzed files and holds the reader's counts against those by which the files were made. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { ingest } from '../../pipelines/ingest/ingest.ts';
import { createSchema } from '../../pipelines/warehouse/schema.ts';
import { openWarehouse } from '../../pipelines/warehouse/warehouse.ts';
import { type FuzzedFile, fuzzedFile } from './file.ts';

/** What one file came to, by its making or by the reader: the same text for the same counts. */
type Ledger = Map<string, string>;

export interface Totals {
  files: number;
  rows: { in: number; loaded: number; duplicate: number; rejected: number };
  values: { in: number; kept: number; empty: number; lost: number };
  /** `FILE: made …, read …` of every file whose counts differ. */
  wrong: string[];
}

/** Files of a dataset: a folder per table and form, so that no table comes in two forms. */
const BATCH = 100;

const described = (
  rowsIn: number,
  rejected: number,
  columns: ReadonlyArray<readonly [string, number, number, number]>,
) => JSON.stringify([rowsIn, rejected, [...columns].sort(([a], [b]) => (a < b ? -1 : 1))]);

async function readBatch(files: readonly { path: string; bytes: Buffer }[], totals: Totals): Promise<Ledger> {
  const root = mkdtempSync(join(tmpdir(), 'ghostcard-conservation-'));
  const warehouse = await openWarehouse({ path: ':memory:', threads: 2, memory: '1GB' });
  try {
    await createSchema(warehouse);
    const dataset = join(root, 'dataset');
    for (const { path, bytes } of files) {
      mkdirSync(join(dataset, path, '..'), { recursive: true });
      writeFileSync(join(dataset, path), bytes);
    }
    writeFileSync(join(dataset, 'accounts.csv'), 'account_id,created_at\na1,2024-05-01T00:00:00Z\n');
    const report = await ingest(
      { dataset, workspace: join(root, 'workspace') },
      { warehouse, progress() {} },
    );
    const ledger: Ledger = new Map();
    for (const { file, rowsIn, loaded, duplicate, rejected } of report.files) {
      if (file === 'accounts.csv') continue;
      const values = report.values.filter((value) => value.file === file);
      ledger.set(
        file,
        described(
          rowsIn,
          rejected,
          values.map(({ column, kept, empty, lost }) => [column, kept, empty, lost]),
        ),
      );
      totals.rows.in += rowsIn;
      totals.rows.loaded += loaded;
      totals.rows.duplicate += duplicate;
      totals.rows.rejected += rejected;
      totals.values.in += values.length * (loaded + duplicate);
      for (const { kept, empty, lost } of values) {
        totals.values.kept += kept;
        totals.values.empty += empty;
        totals.values.lost += lost;
      }
    }
    return ledger;
  } finally {
    warehouse.close();
    rmSync(root, { recursive: true, force: true });
  }
}

function madeAs({ expected }: FuzzedFile): string {
  const columns = Object.entries(expected.columns).map(
    ([name, { kept, empty, lost }]) => [name, kept, empty, lost] as const,
  );
  return described(expected.rowsIn, expected.rejected, columns);
}

/** Makes `files` files from a seed and reads them in datasets of a hundred. */
export async function conserve(files: number, seed: number): Promise<Totals> {
  const totals: Totals = {
    files,
    rows: { in: 0, loaded: 0, duplicate: 0, rejected: 0 },
    values: { in: 0, kept: 0, empty: 0, lost: 0 },
    wrong: [],
  };
  for (const form of ['csv', 'ndjson'] as const) {
    const count = form === 'csv' ? Math.ceil(files * 0.7) : Math.floor(files * 0.3);
    const made = fc.sample(
      fuzzedFile.filter((file) => file.form === form),
      { seed, numRuns: count },
    );
    for (let start = 0; start < count; start += BATCH) {
      const batch = made.slice(start, start + BATCH).map((file, i) => {
        const path = `${file.table}/${start + i}.${file.form}`;
        return { path, bytes: file.bytes(start + i), made: madeAs(file) };
      });
      const read = await readBatch(batch, totals);
      for (const { path, made: expected } of batch) {
        const got = read.get(path);
        if (got !== expected) totals.wrong.push(`${path}: made ${expected}, read ${got}`);
      }
    }
  }
  return totals;
}
