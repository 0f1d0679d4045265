/** Names of the columns of Parquet files, from their footers. */
import { join } from 'node:path';
import { literal } from '../warehouse/sql-text.ts';
import { openWarehouse } from '../warehouse/warehouse.ts';
import type { Sample } from './sample.ts';

/**
 * Fills `names` of the Parquet samples; a file that cannot be read keeps none, and the audit will say why.
 */
export async function parquetColumns(dataset: string, samples: readonly Sample[]): Promise<Sample[]> {
  if (!samples.some(({ form }) => form === 'parquet')) return [...samples];
  const warehouse = await openWarehouse({ path: ':memory:', threads: 1, memory: '256MB' });
  try {
    const filled: Sample[] = [];
    for (const sample of samples) {
      filled.push(sample.form === 'parquet' ? { ...sample, names: await namesOf(sample.files[0]!) } : sample);
    }
    return filled;
  } finally {
    warehouse.close();
  }

  async function namesOf(file: string): Promise<string[]> {
    try {
      // DuckDB would read these marks of a name as a pattern.
      if (/[*?[\]]/.test(join(dataset, file))) return [];
      const path = literal(join(dataset, file));
      const rows = await warehouse.describe(`SELECT * FROM read_parquet(${path})`);
      return rows.map(({ name }) => name);
    } catch {
      return [];
    }
  }
}
