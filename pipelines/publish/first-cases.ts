/** Whom to look at first in a run that was just written. */
import { join } from 'node:path';
import { literal } from '../warehouse/sql-text.ts';
import { openWarehouse } from '../warehouse/warehouse.ts';
import { parquetPattern } from './read-run.ts';

/** Ids may be hostile and of no use on a command line; this many are offered. */
const OFFERED = 20;

/**
 * Ids of subjects that are not clear: excluded accounts, void devices, then accounts and devices held, each
 * in order of code units, and only ids that name one subject. Believes the files, which the caller has just
 * written.
 */
export async function firstCases(run: string): Promise<string[]> {
  const warehouse = await openWarehouse({ path: ':memory:', threads: 1, memory: '1GB' });
  const table = (file: string) => `read_parquet(${literal(parquetPattern(join(run, file)))})`;
  try {
    const rows = await warehouse.rows<{ id: string }>(
      `SELECT any_id AS id FROM (
         SELECT account_id AS any_id, verdict FROM ${table('account_facts.parquet')}
         UNION ALL SELECT device_id, verdict FROM ${table('device_facts.parquet')}
         UNION ALL SELECT cluster_id, 'cluster' FROM ${table('clusters.parquet')})
       GROUP BY any_id HAVING count(*) = 1 AND min(verdict) IN ('exclude', 'void', 'review')
       ORDER BY list_position(['exclude', 'void', 'review'], min(verdict)), any_id LIMIT ${OFFERED}`,
    );
    return rows.map(({ id }) => id);
  } finally {
    warehouse.close();
  }
}
