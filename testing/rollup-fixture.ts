/**
 * A warehouse in memory with given heartbeats and pings of registered devices: for the tests of this room.
 */
import { columnsOf, type Row, type TableName } from '../contracts/dataset.ts';
import { createRawViews } from '../pipelines/ingest/raw-views.ts';
import { createSchema } from '../pipelines/warehouse/schema.ts';
import { openWarehouse, type Params, type Warehouse } from '../pipelines/warehouse/warehouse.ts';

export interface Heartbeat {
  device_id: string;
  gpu_index?: number | null;
  sent_at?: number | null;
  received_at: number;
  ip: string;
  status?: string | null;
  temperature_gpu_c?: number | null;
  power_draw_w?: number | null;
  utilization_gpu_pct?: number | null;
  memory_used_mib?: number | null;
  total_energy_mj?: number | null;
  uptime_s?: number | null;
  boot_id?: string | null;
}
export type Ping = Row<'pings'>;

export const quiet = { progress: () => {} };

export async function insertRows<T extends TableName>(
  warehouse: Warehouse,
  table: T,
  rows: readonly Row<T>[],
): Promise<void> {
  const columns = columnsOf(table).map(({ name }) => name);
  const statement = `INSERT INTO loaded.${table} VALUES (${columns.map((name) => `$${name}`).join(', ')})`;
  for (const row of rows) {
    const values = row as unknown as Params;
    await warehouse.run(statement, Object.fromEntries(columns.map((name) => [name, values[name] ?? null])));
  }
}

/** Opens a warehouse that knows the given devices and holds the rows. */
export async function warehouseWith(
  devices: readonly string[],
  rows: { heartbeats?: readonly Heartbeat[]; pings?: readonly Ping[] },
  { threads = 1, snapshot = Number.MAX_SAFE_INTEGER } = {},
): Promise<Warehouse> {
  const warehouse = await openWarehouse({ path: ':memory:', threads, memory: '1GB' });
  await createSchema(warehouse);
  await insertRows(warehouse, 'accounts', [{ account_id: 'a', created_at: 0 }]);
  await insertRows(
    warehouse,
    'devices',
    devices.map((device_id) => ({
      device_id,
      account_id: 'a',
      registered_at: 0,
      gpu_model: 'Tesla T4',
      gpu_count: 1,
    })),
  );
  await insertRows(warehouse, 'heartbeats', rows.heartbeats ?? []);
  await insertRows(warehouse, 'pings', rows.pings ?? []);
  await createRawViews(warehouse, snapshot);
  return warehouse;
}

/** A grain's rows in a total order, as text that two runs can be compared by. */
export async function grainRows(warehouse: Warehouse, grain: string): Promise<unknown[]> {
  return warehouse.rows(`SELECT * FROM rollup."${grain}" ORDER BY ALL`);
}
