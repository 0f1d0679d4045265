/**
 * Large account-only datasets from many small worlds: other people and other operators in each, never copies.
 * Accounts, engagement and transfers; the truth lies beside the folder, as `.labels.parquet`.
 */
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { populate } from '../fixtures/worlds/registry.ts';
import { writeSmallTables } from '../fixtures/worlds/render.ts';
import { DAY } from '../fixtures/worlds/spec.ts';
import { WorldWriter } from '../fixtures/worlds/writer.ts';
import { literal, literals } from '../pipelines/warehouse/sql-text.ts';
import { openWarehouse } from '../pipelines/warehouse/warehouse.ts';

const TABLES = ['accounts', 'engagement', 'transfers'] as const;
const WINDOW = { start: Date.UTC(2025, 2, 10), end: Date.UTC(2025, 2, 10) + 3 * DAY };

/** Where the parts of a seed and their truth lie. */
const partOf = (cache: string, seed: number) => join(cache, 'parts', String(seed));

/**
 * Makes the world `sybils` of one seed below `cache`, once, without its machines. Returns its number of
 * accounts.
 */
export async function makePart(cache: string, seed: number): Promise<number> {
  const folder = partOf(cache, seed);
  const finished = `${folder}.finished`;
  if (existsSync(finished)) return Number(readFileSync(finished, 'utf8'));
  const world = populate('sybils', { seed, scale: 1, window: WINDOW, intervalS: 3600 });
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  const writer = await WorldWriter.open();
  try {
    await writeSmallTables(writer, world, TABLES, false);
    await writer.write(TABLES, folder, WINDOW, 'parquet', new Set());
    await writer.writeLabels(folder, 'labels.parquet', 'parquet');
  } finally {
    writer.close();
  }
  writeFileSync(finished, String(world.accounts.length));
  return world.accounts.length;
}

/** Parts from seed 3001 on until there are at least `accounts`. */
async function parts(
  cache: string,
  accounts: number,
  progress: (made: number) => void,
): Promise<{ seeds: number[]; made: number }> {
  const seeds: number[] = [];
  let made = 0;
  while (made < accounts) {
    const seed = 3001 + seeds.length;
    made += await makePart(cache, seed);
    seeds.push(seed);
    progress(made);
  }
  return { seeds, made };
}

export interface AccountDataset {
  folder: string;
  labels: string;
  accounts: number;
}

/** A dataset of at least `accounts` accounts, made once. Whole worlds only: no operator is cut. */
export async function makeAccountDataset(
  cache: string,
  accounts: number,
  progress: (made: number) => void = () => {},
): Promise<AccountDataset> {
  const folder = join(cache, `accounts-${accounts}`);
  const labels = `${folder}.labels.parquet`;
  const { seeds, made } = await parts(cache, accounts, progress);
  if (existsSync(labels)) return { folder, labels, accounts: made };
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  const sql = readFileSync(new URL('./join-accounts.sql', import.meta.url), 'utf8');
  const files = (table: string) => seeds.map((seed) => join(partOf(cache, seed), `${table}.parquet`));
  const list = (table: string) =>
    `read_parquet(${literals(files(table))}, union_by_name = true, filename = 'part')`;
  const warehouse = await openWarehouse({
    path: ':memory:',
    threads: 2,
    memory: '4GiB',
    temp: join(cache, 'spill'),
  });
  const copy = (from: string, order: string, target: string) =>
    warehouse.run(
      `COPY (SELECT * FROM (${from}) ORDER BY ${order}) TO ${literal(target)} (FORMAT parquet, COMPRESSION zstd)`,
    );
  try {
    await warehouse.run(`CREATE VIEW joined AS SELECT * FROM ${list('accounts')}`);
    await copy(sql, 'account_id', join(folder, 'accounts.parquet'));
    await copy(
      `SELECT * EXCLUDE (part) FROM ${list('engagement')}`,
      'ALL',
      join(folder, 'engagement.parquet'),
    );
    await copy(`SELECT * EXCLUDE (part) FROM ${list('transfers')}`, 'ALL', join(folder, 'transfers.parquet'));
    const truth = `SELECT * EXCLUDE (part, operator), concat(parse_path(part)[-2], '/', operator) AS operator
      FROM ${list('labels')} WHERE subject_type = 'account'`;
    await copy(truth, 'subject_id', `${labels}.part`);
  } finally {
    warehouse.close();
  }
  renameSync(`${labels}.part`, labels);
  return { folder, labels, accounts: made };
}
