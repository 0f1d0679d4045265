/** Tiny drawn worlds in a scratch folder, and what differs between two of them. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll } from 'vitest';
import { columnsOf, type TableName } from '../contracts/dataset.ts';
import {
  type DrawnWorld,
  type GrammarOptions,
  populateGrammar,
} from '../fixtures/worlds/grammar/populate.ts';
import { type GrammarWorldOptions, writeGrammarWorld } from '../fixtures/worlds/grammar/write.ts';
import { openWarehouse, type Warehouse } from '../pipelines/warehouse/warehouse.ts';

export interface DrawnTiny {
  folder: string;
  /** One digest for all files of a table. */
  digests: ReadonlyMap<string, string>;
}

const TINY = {
  seed: 5,
  accounts: 24,
  sybilShare: 0.2,
  fakeShare: 0,
  kinds: ['home', 'cafe'],
  intervalS: 7200,
  days: 3,
};

const file = ({ folder }: DrawnTiny, table: string) =>
  table === 'truth'
    ? `'${folder}/truth.csv'`
    : `'${folder}/data/${table}${['heartbeats', 'pings'].includes(table) ? '/*' : ''}.parquet'`;

/** A small world in memory in which everybody is honest and the network says what is so. */
export const honestWorld = (options: Partial<GrammarOptions> & Pick<GrammarOptions, 'window'>): DrawnWorld =>
  populateGrammar({
    seed: 1,
    accounts: 60,
    sybilShare: 0,
    fakeShare: 0,
    holdOut: [],
    lies: [],
    intervalS: 3600,
    ...options,
  });

/** Writes tiny worlds and asks about them, for one file of tests; the folder goes when its tests end. */
export class DrawnWorlds {
  readonly #root = mkdtempSync(join(tmpdir(), 'ghostcard-drawn-'));
  #warehouse: Warehouse | undefined;
  #made = 0;

  constructor() {
    beforeAll(async () => {
      this.#warehouse = await openWarehouse({ path: ':memory:', threads: 1, memory: '1GB' });
    });
    afterAll(() => {
      this.#warehouse?.close();
      rmSync(this.#root, { recursive: true });
    });
  }

  async write(options: Partial<GrammarWorldOptions> = {}): Promise<DrawnTiny> {
    const folder = join(this.#root, String(this.#made++));
    const places = { out: join(folder, 'data'), labels: join(folder, 'truth.csv') };
    const { files } = await writeGrammarWorld({ ...TINY, ...options, ...places });
    const digests = new Map<string, string>();
    for (const { file, sha256 } of files) {
      const table = file.replace(/[./].*/, '');
      digests.set(table, `${digests.get(table) ?? ''}${sha256}`);
    }
    return { folder, digests };
  }

  /** A number asked of a world's tables, named by `{table}`; `{truth}` is the truth. */
  async number(world: DrawnTiny, sql: string): Promise<number> {
    const named = sql.replace(/\{(\w+)\}/g, (_, table) => file(world, table));
    const row = await this.#warehouse?.row<Record<string, number>>(named);
    return Number(Object.values(row ?? {})[0]);
  }

  /**
   * Tables by account or machine in which rows of those subjects of `before` differ of whose truth `condition`
   * holds. Who came by whose code is drawn among all, and left out.
   */
  async ownRowsThatDiffer(before: DrawnTiny, after: DrawnTiny, condition: string): Promise<string[]> {
    const found: string[] = [];
    for (const table of before.digests.keys()) {
      const names = columnsOf(table as TableName).map(({ name }) => name);
      const owner = ['device_id', 'account_id'].find((name) => names.includes(name));
      if (!owner) continue;
      const subjects = `SELECT subject_id FROM ${file(before, 'truth')} WHERE ${condition}`;
      const columns = table === 'accounts' ? '* EXCLUDE (referrer_id)' : '*';
      const rows = (world: DrawnTiny) =>
        `(SELECT ${columns} FROM ${file(world, table)} WHERE ${owner} IN (${subjects}))`;
      const differ = await this.number(
        after,
        `SELECT count(*)::INTEGER FROM ((FROM ${rows(before)} EXCEPT ALL FROM ${rows(after)})
         UNION ALL (FROM ${rows(after)} EXCEPT ALL FROM ${rows(before)}))`,
      );
      if (differ > 0) found.push(table);
    }
    return found.sort();
  }
}

/** Tables of which the bytes differ. */
export function tablesThatDiffer(before: DrawnTiny, after: DrawnTiny): string[] {
  return [...new Set([...before.digests.keys(), ...after.digests.keys()])]
    .filter((table) => before.digests.get(table) !== after.digests.get(table))
    .sort();
}
