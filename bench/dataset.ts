/**
 * The bench's dataset: an ordinary fleet made by SQL from range and hash, one Parquet file of heartbeats per
 * day.
 */
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { literal } from '../pipelines/warehouse/sql-text.ts';
import { openWarehouse } from '../pipelines/warehouse/warehouse.ts';

/** 2024-04-18, in days since 1970. */
const FIRST_DAY = 19_831;

export interface Scale {
  devices: number;
  days: number;
}

/** Messages of a scale: one per device each two minutes. */
export function heartbeatsOf({ devices, days }: Scale): number {
  return devices * days * 720;
}

/** Makes the dataset once; later calls find it whole. Returns its folder. */
export async function makeDataset(cache: string, { devices, days }: Scale, memory: string): Promise<string> {
  const folder = join(cache, `heartbeats-${devices}x${days}`);
  const finished = `${folder}.finished`;
  if (existsSync(finished)) return folder;
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(join(folder, 'heartbeats'), { recursive: true });
  const warehouse = await openWarehouse({ path: ':memory:', threads: 2, memory, temp: join(cache, 'spill') });
  const write = async (statement: string, path: string, day: number) => {
    const sql = readFileSync(new URL(`./${statement}.sql`, import.meta.url), 'utf8');
    await warehouse.run(
      `COPY (${sql}) TO ${literal(join(folder, path))} (FORMAT parquet, COMPRESSION zstd)`,
      { devices, day },
    );
  };
  try {
    for (const table of ['accounts', 'devices', 'gpus', 'points']) {
      await write(`make-${table}`, `${table}.parquet`, FIRST_DAY);
    }
    for (let i = 0; i < days; i++) {
      const name = new Date((FIRST_DAY + i) * 86_400_000).toISOString().slice(0, 10);
      await write('make-heartbeats', `heartbeats/${name}.parquet`, FIRST_DAY + i);
    }
  } finally {
    warehouse.close();
  }
  writeFileSync(finished, '');
  return folder;
}
