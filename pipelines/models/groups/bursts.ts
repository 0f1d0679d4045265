/**
 * Who registered together: `<table>.bursts.sql` selects groups (group_id, account_id) formed by something
 * else than time.
 */
import { readFileSync } from 'node:fs';
import type { Params, Warehouse } from '../../warehouse/warehouse.ts';

const BURSTS = readFileSync(new URL('./bursts.sql', import.meta.url), 'utf8');

/** What the test reads beside the groups. */
export const BURSTS_READ: readonly string[] = ['features.account_order'];

/**
 * Creates `<table>` with a row per account that is part of a burst of its group; columns and statistic stand
 * in bursts.sql.
 */
export async function fillBursts(
  warehouse: Warehouse,
  schema: string,
  table: string,
  groups: string,
  params: Params,
): Promise<void> {
  const test = BURSTS.replace('SELECT NULL AS group_id, NULL AS account_id', () => groups);
  await warehouse.run(`CREATE OR REPLACE TABLE ${schema}."${table}" AS ${test}`, params);
}
