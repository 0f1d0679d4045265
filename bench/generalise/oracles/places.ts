/** What machines show that stand in one room, on one line, or behind one way out. */
import type { Statistic } from './statistic.ts';

/** Beats by address, as shares of an account's; the address of registration counts as a tenth of all. */
const addresses = (key: string): string => `
  SELECT subject, ${key} AS key, sum(weight) AS weight FROM (
    SELECT d.account_id AS subject, b.ip, count(*) / sum(count(*)) OVER (PARTITION BY d.account_id) AS weight
    FROM heartbeats b JOIN devices d USING (device_id) GROUP BY d.account_id, b.ip
    UNION ALL SELECT account_id, signup_ip, 0.1 FROM accounts WHERE signup_ip IS NOT NULL
  ) GROUP BY subject, 2`;

const BLOCK = `CASE WHEN contains(ip, ':') THEN array_to_string(string_split(ip, ':')[1:4], ':')
                    ELSE array_to_string(string_split(ip, '.')[1:3], '.') END`;

/** Temperature of idle cards by two hours, the usual of the device's hour of the day taken out. */
const warmth: Statistic = {
  name: 'idle cards that warm and cool together',
  by: 'movement',
  sql: `
    WITH idle AS (
      SELECT d.account_id AS subject, b.device_id AS item, floor(b.received_at / 7200000) AS slot,
             avg(b.temperature_gpu_c) AS value
      FROM heartbeats b JOIN devices d USING (device_id)
      WHERE b.status = 'idle' AND coalesce(b.utilization_gpu_pct, 0) < 2 GROUP BY ALL
    )
    SELECT subject, item, slot, value - avg(value) OVER (PARTITION BY item, slot % 12) AS value FROM idle`,
};

/** Round trips by half an hour, the probe's least taken out. */
const queue: Statistic = {
  name: 'round trips that rise and fall together',
  by: 'movement',
  sql: `
    SELECT d.account_id AS subject, p.device_id AS item, floor(p.occurred_at / 1800000) AS slot,
           avg(ln(1 + p.rtt_ms - least_ms)) AS value
    FROM (SELECT *, min(rtt_ms) OVER (PARTITION BY device_id, probe_id) AS least_ms FROM pings WHERE ok) p
    JOIN devices d USING (device_id) GROUP BY ALL`,
};

export const room: Statistic[] = [warmth, queue];

export const line: Statistic[] = [
  { name: 'beats in a block of addresses with a fellow’s', by: 'things', sql: addresses(BLOCK) },
  queue,
];

export const exit: Statistic[] = [
  { name: 'beats on an address of a fellow’s', by: 'things', sql: addresses('ip') },
];
