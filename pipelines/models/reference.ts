/** Loads `reference.*`: the catalogue data that ships with ghostcard. */
import { readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { Warehouse } from '../warehouse/warehouse.ts';

const CATALOGUE = new URL('../../fixtures/catalog/', import.meta.url);

/**
 * One table per CSV of `fixtures/catalog/`, named after the file. Column types are sniffed here and only
 * here: the files are ours, and a test pins the resulting types.
 */
export async function loadReference(warehouse: Warehouse): Promise<void> {
  await warehouse.run('CREATE SCHEMA IF NOT EXISTS reference');
  const folder = fileURLToPath(CATALOGUE);
  const names = readdirSync(folder).filter((name) => name.endsWith('.csv'));
  for (const name of names.sort()) {
    await warehouse.run(
      `CREATE OR REPLACE TABLE reference."${name.slice(0, -4)}" AS SELECT * FROM read_csv($path, header = true, sample_size = -1)`,
      { path: folder + name },
    );
  }
}
