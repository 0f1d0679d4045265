/** The grains: one SQL file each, with what it reads and the hash of everything that decides its rows. */
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import type { TableName } from '../../contracts/dataset.ts';
import { sqlFiles, tablesRead } from '../warehouse/sql-files.ts';
import { dependencyOrder } from '../warehouse/sql-order.ts';
import { parameterNames, type Warehouse } from '../warehouse/warehouse.ts';

export interface Grain {
  name: string;
  sql: string;
  /** Tables that its SQL reads, as `schema.table`, sorted. */
  reads: readonly string[];
  /** The large table whose days the grain stands on, directly or through another grain. */
  source: TableName;
  /** False for a grain over all days at once, which is small and rebuilt whole. */
  daily: boolean;
  /** SHA-256 of its SQL, the SQL of the grains it reads, and the macros. */
  hash: string;
}

/** Every `.sql` file of this folder, each after the grains that it reads. */
export async function readGrains(warehouse: Warehouse): Promise<Grain[]> {
  const macros = readFileSync(new URL('../warehouse/macros.sql', import.meta.url), 'utf8');
  const files = await Promise.all(
    sqlFiles(new URL('./', import.meta.url)).map(async (file) => ({
      ...file,
      reads: await tablesRead(warehouse, file.sql),
    })),
  );
  const grains = new Map<string, Grain>();
  for (const { name, sql, reads } of dependencyOrder('rollup_all', files)) {
    const finer = reads.map((table) => grains.get(table)).filter((grain) => grain !== undefined);
    const loaded = reads.find((table) => table.startsWith('loaded.'));
    const source = (loaded?.slice('loaded.'.length) ?? finer[0]?.source) as TableName | undefined;
    if (!source) throw new Error(`the grain ${name} reads neither a loaded table nor a grain`);
    const text = [macros, sql, ...finer.map((grain) => grain.hash)].join('\0');
    const daily = [...parameterNames(sql)].some((parameter) => parameter.startsWith('from_'));
    const hash = createHash('sha256').update(text).digest('hex');
    grains.set(`rollup_all.${name}`, { name, sql, reads, source, daily, hash });
  }
  return [...grains.values()];
}
