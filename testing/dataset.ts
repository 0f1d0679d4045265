/**
 * Folders of bytes for the tests of ingest, each in a scratch folder of its own that goes when its test ends.
 */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach } from 'vitest';
import { type IngestEffects, type IngestOptions, ingest } from '../pipelines/ingest/ingest.ts';
import type { IngestReport } from '../pipelines/ingest/report.ts';
import { createSchema } from '../pipelines/warehouse/schema.ts';
import { openWarehouse, type Warehouse } from '../pipelines/warehouse/warehouse.ts';

export const ACCOUNTS = 'account_id,email,created_at\na1,a@x.io,2024-04-01T00:00:00.000Z\n';

export interface TestDataset {
  folder: string;
  warehouse: Warehouse;
  /** Writes files into the dataset, by relative path. */
  write(files: Readonly<Record<string, string | Buffer>>): void;
  ingest(options?: Partial<IngestOptions>, effects?: Partial<IngestEffects>): Promise<IngestReport>;
  /** `code line column` of every rejected row, in order. */
  rejected(): Promise<string[]>;
  /** `table.column kept empty lost` of every column with a lost value, in order. */
  lost(): Promise<string[]>;
  close(): void;
}

let opened: TestDataset[] = [];
afterEach(() => {
  for (const each of opened) each.close();
  opened = [];
});

export async function testDataset(
  files: Readonly<Record<string, string | Buffer>> = {},
): Promise<TestDataset> {
  const root = mkdtempSync(join(tmpdir(), 'ghostcard-ingest-'));
  const folder = join(root, 'dataset');
  mkdirSync(folder);
  const warehouse = await openWarehouse({ path: ':memory:', threads: 2, memory: '1GB' });
  await createSchema(warehouse);
  const made: TestDataset = {
    folder,
    warehouse,
    write(more) {
      for (const [relative, bytes] of Object.entries(more)) {
        mkdirSync(dirname(join(folder, relative)), { recursive: true });
        writeFileSync(join(folder, relative), bytes);
      }
    },
    ingest: (options = {}, effects = {}) =>
      ingest(
        { dataset: folder, workspace: join(root, 'workspace'), ...options },
        { warehouse, progress() {}, ...effects },
      ),
    async rejected() {
      const rows = await warehouse.rows<{ code: string; line: number; column: string }>(
        'SELECT code, line, "column" FROM loaded.rejected ORDER BY file, line',
      );
      return rows.map(({ code, line, column }) => `${code} ${line} ${column}`.trim());
    },
    async lost() {
      const rows = await warehouse.rows<{ name: string }>(
        `SELECT concat_ws(' ', table_name || '.' || column_name, kept, empty, lost) AS name
         FROM loaded.column_value WHERE lost > 0 ORDER BY table_name, file, column_name`,
      );
      return rows.map(({ name }) => name);
    },
    close() {
      warehouse.close();
      rmSync(root, { recursive: true, force: true });
    },
  };
  made.write(files);
  opened.push(made);
  return made;
}
