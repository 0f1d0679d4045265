/** How much an audit left in its tables of features, and how many pairs it compared for it. */
import { openWarehouse } from '../pipelines/warehouse/warehouse.ts';

export interface Counts {
  heartbeats: number;
  /** Rows of tables of pairs of devices that detectors share. A unit's own tables are gone after it. */
  pairs: Record<string, number>;
}

/** Reads the warehouse of a finished audit. */
export async function countRows(path: string): Promise<Counts> {
  const warehouse = await openWarehouse({ path, threads: 1, memory: '1GB' });
  try {
    const tables = await warehouse.rows<{ name: string; columns: string[] }>(
      `SELECT table_schema || '.' || table_name AS name, list(column_name ORDER BY column_name) AS columns
       FROM information_schema.columns WHERE table_schema = 'features' GROUP BY ALL ORDER BY name`,
    );
    const counted: Counts = { pairs: {}, heartbeats: 0 };
    for (const { name, columns } of tables) {
      if (!columns.includes('other_id')) continue;
      const { n } = await warehouse.row<{ n: number }>(`SELECT count(*) AS n FROM ${name}`);
      counted.pairs[`pairs in ${name}`] = n;
    }
    const { n } = await warehouse.row<{ n: number }>(
      'SELECT coalesce(sum(messages), 0)::BIGINT AS n FROM rollup.device_day',
    );
    return { ...counted, heartbeats: n };
  } finally {
    warehouse.close();
  }
}
