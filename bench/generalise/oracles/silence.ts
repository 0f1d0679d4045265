/** What those show who should show something and do not: that nothing is there. */
import type { Statistic } from './statistic.ts';

/** 1 for a machine without a row in the table, 0 for one with. */
const nothing = (name: string, table: 'benchmarks' | 'heartbeats'): Statistic => ({
  name,
  by: 'figure',
  sql: `SELECT d.device_id AS subject, (x.device_id IS NULL)::INT AS score
        FROM devices d LEFT JOIN (SELECT DISTINCT device_id FROM ${table}) x USING (device_id)`,
});

export const noRun = nothing('no run is there', 'benchmarks');
const noMessage = nothing('no message is there', 'heartbeats');

/** Lies of the network that stand on machines. */
export const LIE_ORACLES = { 'lie.counted-silent': [noMessage] } as const;
