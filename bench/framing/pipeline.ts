/**
 * The stages of an audit in one process and in memory, on tables that can be put together again and again.
 */
import {
  columnsOf,
  type InputTableName,
  SQL_TYPE,
  TABLE_NAMES,
  type TableName,
} from '../../contracts/dataset.ts';
import type { Policy } from '../../contracts/policy.ts';
import { cluster } from '../../pipelines/cluster/cluster.ts';
import { derive } from '../../pipelines/derive.ts';
import { detect } from '../../pipelines/detect/detect.ts';
import { type Detector, loadDetectors } from '../../pipelines/detect/registry.ts';
import { appendLoaded } from '../../pipelines/ingest/load-rows.ts';
import { createRawViews } from '../../pipelines/ingest/raw-views.ts';
import { judge } from '../../pipelines/judge/judge.ts';
import { loadPolicy } from '../../pipelines/judge/policy.ts';
import { loadReference } from '../../pipelines/models/reference.ts';
import { type Model, planModels, quietEffects } from '../../pipelines/models/run.ts';
import { createSchema } from '../../pipelines/warehouse/schema.ts';
import { literals } from '../../pipelines/warehouse/sql-text.ts';
import { openWarehouse, type Warehouse } from '../../pipelines/warehouse/warehouse.ts';
import type { Rows } from '../../testing/framing/rows.ts';

export interface Verdict {
  verdict: string;
  points: number;
  risk: number;
  reasons: string;
}

export interface Verdicts {
  accounts: Map<string, Verdict>;
  devices: Map<string, Verdict>;
}

export interface Pipeline {
  readonly warehouse: Warehouse;
  /** Audits the union of `parts`: rows, and folders with one Parquet file a table. */
  audit(parts: readonly Part[]): Promise<Verdicts>;
  close(): void;
}

export interface Part {
  rows: Rows;
  /** Large tables as files: `heartbeats` and `pings`. */
  files?: Partial<Record<TableName, readonly string[]>>;
}

async function load(warehouse: Warehouse, parts: readonly Part[]): Promise<Map<string, Set<string>>> {
  const present = new Map<string, Set<string>>();
  for (const table of TABLE_NAMES) {
    await warehouse.run(`DROP VIEW IF EXISTS loaded."${table}"`).catch(() => {});
    await warehouse.run(`DROP TABLE IF EXISTS loaded."${table}"`).catch(() => {});
  }
  await createSchema(warehouse);
  for (const table of TABLE_NAMES) {
    const files = parts.flatMap((part) => part.files?.[table] ?? []);
    if (files.length > 0) {
      const columns = columnsOf(table).map(({ name, kind }) =>
        kind === 'time' ? `epoch_ms("${name}") AS "${name}"` : `"${name}"::${SQL_TYPE[kind]} AS "${name}"`,
      );
      await warehouse.run(`DROP TABLE loaded."${table}"`);
      await warehouse.run(
        `CREATE VIEW loaded."${table}" AS SELECT ${columns.join(', ')} FROM read_parquet(${literals(files)})`,
      );
      present.set(table, new Set(columnsOf(table).map(({ name }) => name)));
    }
    for (const { rows } of parts) {
      const given = rows[table];
      if (!given || given.length === 0) continue;
      await appendLoaded(warehouse, table, given);
      const names = present.get(table) ?? new Set<string>();
      for (const row of given) for (const name of Object.keys(row)) names.add(name);
      present.set(table, names);
    }
  }
  return present;
}

async function verdicts(warehouse: Warehouse): Promise<Verdicts> {
  const read = async (sql: string) => {
    const rows = await warehouse.rows<Verdict & { id: string }>(sql);
    return new Map(rows.map(({ id, ...row }) => [id, row]));
  };
  return {
    accounts: await read(
      'SELECT account_id AS id, verdict, points_after::DOUBLE AS points, risk, reasons FROM verdict.account',
    ),
    devices: await read(
      'SELECT device_id AS id, verdict, 0::DOUBLE AS points, risk, reasons FROM verdict.device',
    ),
  };
}

/** Opens a database in memory that audits datasets as of `snapshot` (UTC epoch ms). */
export async function openPipeline(snapshot: number, policy: Policy = loadPolicy()): Promise<Pipeline> {
  const warehouse = await openWarehouse({ path: ':memory:', threads: 2, memory: '2GB' });
  await createSchema(warehouse);
  await loadReference(warehouse);
  const detectors: readonly Detector[] = await loadDetectors();
  const effects = quietEffects(warehouse);
  let plan: readonly Model[] | undefined;
  return {
    warehouse,
    async audit(parts) {
      const present = await load(warehouse, parts);
      await createRawViews(warehouse, snapshot);
      plan ??= await planModels(warehouse);
      await derive({ snapshot, plan, reference: false }, effects);
      const coverage = await detect(
        detectors,
        { present: present as ReadonlyMap<InputTableName, Set<string>>, policy, snapshot },
        effects,
      );
      const failed = coverage.filter(({ outcome }) => outcome === 'failed');
      if (failed.length > 0)
        throw new Error(
          `detectors failed: ${failed.map(({ detector, why }) => `${detector}: ${why}`).join('; ')}`,
        );
      await cluster({ policy, snapshot }, effects);
      await judge({ policy, snapshot, overrideBrakes: [] }, effects);
      return verdicts(warehouse);
    },
    close: warehouse.close,
  };
}
