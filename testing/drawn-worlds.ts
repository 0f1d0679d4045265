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

const allSubjects = (world: DrawnTiny) => ({
  accounts: `SELECT account_id FROM ${file(world, 'accounts')}`,
  devices: `SELECT device_id FROM ${file(world, 'devices')}`,
});

/** Subjects of whose truth a condition holds. */
export const subjectsBy = (condition: string) => (world: DrawnTiny) => {
  const of = (type: string) =>
    `SELECT subject_id FROM '${world.folder}/truth.csv' WHERE subject_type = '${type}' AND ${condition}`;
  return { accounts: of('account'), devices: of('device') };
};

/** Tables by account or machine in which rows of the subjects of `before`, or of those given, differ. */
export async function ownRowsThatDiffer(
  before: DrawnTiny,
  after: DrawnTiny,
  of: (world: DrawnTiny) => { accounts: string; devices: string } = allSubjects,
): Promise<string[]> {
  const warehouse = await openWarehouse({ path: ':memory:', threads: 1, memory: '1GB' });
  const { accounts, devices } = of(before);
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
          WHERE ${owner} IN (${owner === 'device_id' ? devices : accounts}))`;
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

/** One row of a query over a world's tables, named by `{table}`; `{truth}` is the truth. */
export async function asked<T>(world: DrawnTiny, sql: string): Promise<T> {
  const warehouse = await openWarehouse({ path: ':memory:', threads: 1, memory: '1GB' });
  const named = (table: string) => (table === 'truth' ? `'${world.folder}/truth.csv'` : file(world, table));
  try {
    return await warehouse.row<T>(sql.replace(/\{(\w+)\}/g, (_, table) => named(table)));
  } finally {
    warehouse.close();
  }
}
