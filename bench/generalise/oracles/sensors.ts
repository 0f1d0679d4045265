/** What telemetry shows: whether a sensor, a counter and a presence are a card's own. */
import { START } from '../../../fixtures/worlds/world.ts';
import type { Statistic } from './statistic.ts';

/** Readings with the one before; power in watts, the counter's growth in watts. */
const BEATS = `
  SELECT h.device_id AS subject, h.*, s.power_w, lag(h.temperature_gpu_c) OVER w AS before_c,
         lag(h.power_draw_w) OVER w AS before_w, 0.001 * (h.total_energy_mj - lag(h.total_energy_mj) OVER w)
           / (0.001 * (h.received_at - lag(h.received_at) OVER w)) AS counted_w
  FROM heartbeats h JOIN devices d USING (device_id) JOIN sheet s USING (gpu_model)
  WINDOW w AS (PARTITION BY h.device_id, h.gpu_index, h.boot_id ORDER BY h.received_at)`;

const figure = (name: string, score: string): Statistic => ({
  name,
  by: 'figure',
  sql: `SELECT subject, (${score})::DOUBLE AS score FROM (${BEATS})
        GROUP BY subject HAVING score IS NOT NULL AND isfinite(score)`,
});

const still = figure(
  'readings that never change',
  '-count(DISTINCT temperature_gpu_c) - count(DISTINCT power_draw_w)',
);
const forgetful = figure('readings without memory', '-corr(temperature_gpu_c, before_c)');
const smooth = figure('temperatures too smooth', 'corr(temperature_gpu_c, before_c)');
const fractions = figure(
  'temperatures of fractions of a degree',
  'avg((temperature_gpu_c <> round(temperature_gpu_c))::INT)',
);
const again = figure(
  'power readings that come again',
  '1 - count(DISTINCT power_draw_w) / count(power_draw_w)',
);
const apart = figure('heat that does not follow power', '-corr(temperature_gpu_c, power_draw_w)');
const follows = figure('heat that follows power too well', 'corr(temperature_gpu_c, power_draw_w)');
const unloaded = figure(
  'no load while busy',
  "-avg(power_draw_w) FILTER (WHERE status = 'busy') / avg(power_draw_w) FILTER (WHERE status = 'idle')",
);
const exact = figure(
  'a counter that is the sum of the readings',
  '-median(abs(counted_w / nullif(power_draw_w, 0) - 1))',
);
const between = figure(
  'a counter that is the mean of two readings',
  '-median(abs(counted_w / nullif(0.5 * (power_draw_w + before_w), 0) - 1))',
);
const rated = figure('a counter of the power limit', '-median(abs(counted_w / power_w - 1))');
const stuck = figure('a counter that stands still', '-median(abs(counted_w))');

const copied: Statistic = {
  name: 'readings in common with a fellow, at any time',
  by: 'things',
  sql: `SELECT DISTINCT device_id AS subject,
               power_draw_w || ' ' || temperature_gpu_c || ' ' || memory_used_mib AS key
        FROM heartbeats WHERE power_draw_w IS NOT NULL`,
};
const together: Statistic = {
  name: 'cards that warm and cool with a fellow’s',
  by: 'movement',
  sql: `SELECT device_id AS subject, device_id AS item, floor(received_at / 3600000) AS slot,
               avg(temperature_gpu_c) AS value
        FROM heartbeats GROUP BY ALL`,
};
/** Temperature and power by the place in the day: a loop of a day or of a part of it says the same again. */
const looped: Statistic = {
  name: 'readings that repeat their own past',
  by: 'figure',
  sql: `SELECT subject, 1 - count(DISTINCT (power_draw_w, temperature_gpu_c)) / count(*) AS score
        FROM (${BEATS}) WHERE power_draw_w IS NOT NULL GROUP BY subject`,
};

/**
 * Half hours in which a device shows itself, beside those expected if it did so without regard to fellows.
 */
const apartOnline: Statistic = {
  name: 'never online with a fellow',
  by: 'figure',
  sql: `
    WITH shown AS (
      SELECT DISTINCT device_id AS subject, floor(received_at / 1800000) AS slot FROM heartbeats
    ), slots AS (SELECT count(DISTINCT slot) AS n FROM shown
    ), present AS (SELECT set_id, subject, slot FROM shown JOIN member USING (subject)
    ), each AS (SELECT set_id, subject, count(*) AS n FROM present GROUP BY ALL
    ), full_slots AS (SELECT set_id, slot, count(*) AS n FROM present GROUP BY ALL
    ), per_set AS (SELECT set_id, sum(n) AS n FROM each GROUP BY set_id
    ), met AS (
      SELECT p.set_id, p.subject, sum(f.n - 1) AS n FROM present p JOIN full_slots f USING (set_id, slot) GROUP BY ALL)
    SELECT e.subject, (e.n * (p.n - e.n) / s.n - m.n) / sqrt(1 + e.n * (p.n - e.n) / s.n) AS score
    FROM each e JOIN per_set p USING (set_id) JOIN met m USING (set_id, subject), slots s`,
};
/** How far a machine's clock was ahead when the worlds begin, to two milliseconds. */
const clock: Statistic = {
  name: 'clocks that drift alike',
  by: 'things',
  sql: `SELECT device_id AS subject,
               round(regr_intercept(sent_at - received_at, received_at - ${START}) / 2)::VARCHAR AS key
        FROM heartbeats WHERE sent_at IS NOT NULL GROUP BY device_id HAVING count(*) > 8`,
};

/** A machine near one of the vantage points, or behind a tunnel, by its least round trips. */
const far: Statistic = {
  name: 'far from every vantage point',
  by: 'figure',
  sql: 'SELECT device_id AS subject, min(rtt_ms) AS score FROM pings WHERE ok GROUP BY device_id',
};
const samePlace: Statistic = {
  name: 'round trips as long as a fellow’s, vantage point by vantage point',
  by: 'things',
  sql: `SELECT subject, probe_id || ' ' || round(10 * ln(rtt)) AS key FROM (
          SELECT device_id AS subject, probe_id, min(rtt_ms) AS rtt FROM pings WHERE ok GROUP BY ALL)`,
};
const sameAddress: Statistic = {
  name: 'addresses in common',
  by: 'things',
  sql: 'SELECT DISTINCT device_id AS subject, ip AS key FROM heartbeats',
};

export const SENSOR_ORACLES = {
  'card.path.tunnel': [samePlace, far],
  'card.path.elsewhere': [sameAddress, far, samePlace],
  'card.simulates.constant': [still, looped],
  'card.simulates.white': [forgetful, apart, fractions],
  'card.simulates.loop': [looped, again, unloaded],
  'card.simulates.recorded': [copied, unloaded, looped],
  'card.simulates.twin': [together, copied],
  'card.simulates.modelled': [smooth, fractions, apart],
  'card.simulates.simulated': [smooth, follows, apart, exact],
  'card.simulates.ledger': [exact, between],
  'card.simulates.smoothed': [between, exact],
  'card.simulates.rated': [rated],
  'card.simulates.stuck': [stuck],
} as const;
export const SHARED_SENSORS = [together, clock] as const;
export const TURNS = [apartOnline, clock] as const;
