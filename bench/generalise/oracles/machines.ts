/** What machines show that share a host, a board, an image, a build, a timer or a circuit. */
import type { Statistic } from './statistic.ts';

/** Starts of the client: uptime begins anew. In milliseconds by the network's clock. */
const STARTS = `
  SELECT d.account_id AS subject, b.device_id, b.received_at - 1000 * b.uptime_s AS moment
  FROM (SELECT device_id, received_at, uptime_s,
               lag(uptime_s) OVER (PARTITION BY device_id ORDER BY received_at) AS before
        FROM heartbeats WHERE gpu_index = 0 AND uptime_s IS NOT NULL) b
  JOIN devices d USING (device_id)
  WHERE b.uptime_s < b.before`;

const starts: Statistic = {
  name: 'starts of the client near each other',
  by: 'moments',
  sql: `SELECT subject, moment FROM (${STARTS})`,
};

/** How far the machine's clock is ahead, by two hours, its own trend taken out. */
const clock: Statistic = {
  name: 'clocks that wander together',
  by: 'movement',
  sql: `
    WITH ahead AS (
      SELECT d.account_id AS subject, b.device_id AS item, floor(b.received_at / 7200000) AS slot,
             median(b.sent_at - b.received_at) AS value
      FROM heartbeats b JOIN devices d USING (device_id) WHERE b.sent_at IS NOT NULL GROUP BY ALL
    ), trend AS (
      SELECT item, regr_slope(value, slot) AS slope, regr_intercept(value, slot) AS base FROM ahead GROUP BY item
    )
    SELECT subject, item, slot, value - base - slope * slot AS value FROM ahead JOIN trend USING (item)`,
};

const boots: Statistic = {
  name: 'boot ids in common',
  by: 'things',
  sql: `SELECT DISTINCT d.account_id AS subject, b.boot_id AS key
        FROM heartbeats b JOIN devices d USING (device_id) WHERE b.boot_id IS NOT NULL`,
};

export const host: Statistic[] = [clock, boots, starts];
export const schedule: Statistic[] = [starts];
export const power: Statistic[] = [starts];

export const slice: Statistic[] = [
  {
    name: 'serial numbers of boards, names of slices',
    by: 'things',
    sql: `SELECT DISTINCT d.account_id AS subject, coalesce(g.serial, g.name || ' ' || g.mig_profile) AS key
          FROM gpus g JOIN devices d USING (device_id) WHERE g.serial IS NOT NULL OR g.mig_profile IS NOT NULL`,
  },
  clock,
];

export const image: Statistic[] = [
  {
    name: 'fields of the system in common',
    by: 'things',
    sql: `
      SELECT DISTINCT account_id AS subject, unnest([
        'machine ' || machine_id, 'image ' || image_id, 'cpu ' || cpu_model, 'driver ' || driver_version,
        'os ' || os, 'host ' || regexp_replace(hostname, '[0-9]+', '9', 'g')]) AS key FROM devices`,
  },
  {
    name: 'the system as a whole',
    by: 'things',
    sql: `SELECT DISTINCT account_id AS subject, concat_ws(' ', cpu_model, driver_version, os) AS key FROM devices`,
  },
];

/** Columns that agents leave out. */
const LEFT_OUT = [
  'power_draw_w',
  'utilization_gpu_pct',
  'boot_id',
  'total_energy_mj',
  'clocks_sm_mhz',
  'uptime_s',
];

/** When a device first shows the build that it ends with. */
const gaps = LEFT_OUT.map((column) => `CASE WHEN count(b.${column}) = 0 THEN 'without ${column}' END`).join(
  ', ',
);

export const software: Statistic[] = [
  {
    name: 'builds, browsers and what is left out',
    by: 'things',
    sql: `
      SELECT account_id AS subject, 'browser ' || user_agent AS key FROM accounts
      UNION ALL SELECT DISTINCT account_id, 'agent ' || agent_version FROM devices
      UNION ALL SELECT DISTINCT subject, key FROM (
        SELECT d.account_id AS subject, unnest([${gaps}]) AS key
        FROM heartbeats b JOIN devices d USING (device_id) GROUP BY d.account_id, b.device_id)`,
  },
  {
    name: 'the browser alone',
    by: 'things',
    sql: 'SELECT account_id AS subject, user_agent AS key FROM accounts',
  },
  starts,
];
