/** Tiny drawn worlds in a scratch folder, and what differs between two of them. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll } from 'vitest';
import { columnsOf, type TableName } from '../contracts/dataset.ts';
import { type GrammarWorldOptions, writeGrammarWorld } from '../fixtures/worlds/grammar/write.ts';
import { openWarehouse } from '../pipelines/warehouse/warehouse.ts';

export interface DrawnTiny {
  folder: string;
  /** One digest for all files of a table. */
  digests: ReadonlyMap<string, string>;
}

const TINY = { seed: 5, accounts: 24, sybilShare: 0.2, intervalS: 3600, days: 3 } as const;

/** A writer of tiny worlds; the folder goes when the tests of the file end. */
export function drawnWorlds(): (options?: Partial<GrammarWorldOptions>) => Promise<DrawnTiny> {
  const root = mkdtempSync(join(tmpdir(), 'ghostcard-drawn-'));
  afterAll(() => rmSync(root, { recursive: true }));
  let made = 0;
  return async (options = {}) => {
    const folder = join(root, String(made++));
    const { files } = await writeGrammarWorld({
      ...TINY,
      ...options,
      out: join(folder, 'data'),
      labels: join(folder, 'truth.csv'),
    });
    const digests = new Map<string, string>();
    for (const { file, sha256 } of files) {
      const table = file.replace(/[./].*/, '');
      digests.set(table, `${digests.get(table) ?? ''}${sha256}`);
    }
    return { folder, digests };
  };
}

/** Tables of which the bytes differ. */
export function tablesThatDiffer(before: DrawnTiny, after: DrawnTiny): string[] {
  return [...new Set([...before.digests.keys(), ...after.digests.keys()])]
    .filter((table) => before.digests.get(table) !== after.digests.get(table))
    .sort();
}

const file = ({ folder }: DrawnTiny, table: string) =>
  `'${folder}/data/${table}${['heartbeats', 'pings'].includes(table) ? '/*' : ''}.parquet'`;

/** Tables by account or machine in which rows of the subjects of `before`, or of those given, differ. */
export async function ownRowsThatDiffer(
  before: DrawnTiny,
  after: DrawnTiny,
  of: { accounts: string; devices: string } = {
    accounts: `SELECT account_id FROM ${file(before, 'accounts')}`,
    devices: `SELECT device_id FROM ${file(before, 'devices')}`,
  },
): Promise<string[]> {
  const warehouse = await openWarehouse({ path: ':memory:', threads: 1, memory: '1GB' });
  const found: string[] = [];
  try {
    for (const table of before.digests.keys()) {
      const names = columnsOf(table as TableName).map(({ name }) => name);
      const owner = names.includes('device_id')
        ? 'device_id'
        : names.includes('account_id')
          ? 'account_id'
          : null;
      if (owner === null) continue;
      const rows = (world: DrawnTiny) =>
        `(SELECT * FROM ${file(world, table)}
          WHERE ${owner} IN (${owner === 'device_id' ? of.devices : of.accounts}))`;
      const both = `(FROM ${rows(before)} EXCEPT ALL FROM ${rows(after)})
        UNION ALL (FROM ${rows(after)} EXCEPT ALL FROM ${rows(before)})`;
      const { differ } = await warehouse.row<{ differ: number }>(
        `SELECT count(*)::INTEGER AS differ FROM (${both})`,
      );
      if (differ > 0) found.push(table);
    }
  } finally {
    warehouse.close();
  }
  return found.sort();
}

/** One row of a query over a world's tables, named by `{table}`. */
export async function asked<T>(world: DrawnTiny, sql: string): Promise<T> {
  const warehouse = await openWarehouse({ path: ':memory:', threads: 1, memory: '1GB' });
  try {
    return await warehouse.row<T>(sql.replace(/\{(\w+)\}/g, (_, table) => file(world, table)));
  } finally {
    warehouse.close();
  }
}
