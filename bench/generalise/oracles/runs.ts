/** What runs of benchmarks show of the silicon that answers, of queues before it, and of the way to it. */
import { noRun } from './silence.ts';
import type { Statistic } from './statistic.ts';

/** Runs beside the data sheet of the claimed model (table `sheet`). */
const RUNS = `
  SELECT b.device_id AS subject, b.*, b.fp32_tflops / s.fp32 AS fp32,
         b.memory_bandwidth_gb_s / s.bandwidth AS bandwidth, s.memory_mib, s.sms,
         b.started_at - b.requested_at AS wait_ms, b.finished_at - b.started_at AS took_ms
  FROM benchmarks b JOIN devices d USING (device_id) JOIN sheet s USING (gpu_model)`;

const figure = (name: string, score: string): Statistic => ({
  name,
  by: 'figure',
  sql: `SELECT subject, (${score})::DOUBLE AS score FROM (${RUNS}) GROUP BY subject HAVING score IS NOT NULL`,
});

export const slow = figure('speed short of the data sheet', '-median(fp32)');
const narrow = figure('bandwidth short of the data sheet', '-median(bandwidth)');
const smaller = figure(
  'memory or SM count other than the data sheet’s',
  'avg(abs(memory_total_mib / memory_mib - 1) + abs(sm_count / sms - 1))',
);
const uneven = figure('runs of unequal speed', 'stddev(ln(fp32))');
const alike = figure('runs of equal speed', '-stddev(ln(fp32))');
const repeated = figure('figures that come again', '1 - count(DISTINCT fp32_tflops) / count(*)');
const late = figure('runs that begin late', 'median(wait_ms)');
const sometimesLate = figure('runs that begin late now and then', 'ln(1 + quantile_cont(wait_ms, 0.95))');
const long = figure('runs that take long for the claim', 'median(took_ms * fp32)');
const thinLink = figure('a thin host link', '-median(pcie_gb_s)');
const balanced = figure(
  'speed and bandwidth at one share of the data sheet',
  '-abs(ln(median(fp32)) - ln(median(bandwidth)))',
);

/** Silicon to half a per cent: clock and bandwidth of the best runs. */
export const silicon: Statistic = {
  name: 'the same silicon as a fellow’s',
  by: 'things',
  sql: `SELECT subject, any_value(memory_mib) || ' ' || round(200 * ln(max(fp32))) || ' '
               || round(200 * ln(max(bandwidth))) AS key
        FROM (${RUNS}) GROUP BY subject HAVING max(fp32) > 0 AND max(bandwidth) > 0`,
};
const figures: Statistic = {
  name: 'figures in common to the last digit',
  by: 'things',
  sql: `SELECT DISTINCT subject, fp32_tflops || ' ' || memory_bandwidth_gb_s AS key FROM (${RUNS})`,
};
const sameLink: Statistic = {
  name: 'host links of one width',
  by: 'things',
  sql: `SELECT subject, round(100 * ln(median(pcie_gb_s)))::VARCHAR AS key FROM (${RUNS}) GROUP BY subject`,
};

/** Pairs of runs of fellows that were asked for within a minute. */
const PAIRS = `
  SELECT a.subject, a.fp32, greatest(a.started_at, b.started_at) < least(a.finished_at, b.finished_at) AS overlap
  FROM (SELECT r.*, m.set_id FROM (${RUNS}) r JOIN member m USING (subject)) a
  JOIN (SELECT r.*, m.set_id FROM (${RUNS}) r JOIN member m USING (subject)) b
    ON a.set_id = b.set_id AND a.subject <> b.subject AND abs(a.requested_at - b.requested_at) < 60000`;

const never: Statistic = {
  name: 'runs of one round that never overlap with a fellow’s',
  by: 'figure',
  sql: `SELECT subject, -avg(overlap::INT) * ln(1 + count(*)) AS score FROM (${PAIRS}) GROUP BY subject`,
};
const contend: Statistic = {
  name: 'slower while a fellow runs',
  by: 'figure',
  sql: `SELECT subject, coalesce(1 - avg(fp32) FILTER (WHERE overlap) / max(fp32), 0) AS score
        FROM (${PAIRS}) GROUP BY subject`,
};

/** Runs for each day of heartbeats. */
const unanswered: Statistic = {
  name: 'few runs for the time online',
  by: 'figure',
  sql: `SELECT h.device_id AS subject, -coalesce(any_value(b.n), 0) / count(*) AS score
        FROM (SELECT DISTINCT device_id, floor(received_at / 3600000) AS hour FROM heartbeats) h
        LEFT JOIN (SELECT device_id, count(*) AS n FROM benchmarks GROUP BY device_id) b USING (device_id)
        GROUP BY h.device_id`,
};

const lesser = [slow, narrow, smaller];
export const RUN_ORACLES = {
  'card.executes.slice': lesser,
  'card.executes.vgpu': [...lesser, uneven],
  'card.executes.cheaper': lesser,
  'card.executes.near': lesser,
  'card.executes.half': [...lesser, uneven, silicon],
  'card.executes.pool': [late, sometimesLate, silicon, figures, sameLink],
  'card.executes.recording': [repeated, figures, alike, late],
  'card.executes.nobody': [alike, balanced, silicon, late],
  'card.queues.order': [never, sometimesLate, late],
  'card.queues.patience': [never, sometimesLate, unanswered],
  'card.queues.time-slices': [contend, uneven, never],
  'card.queues.declines': [unanswered],
  'card.queues.silent': [noRun, unanswered],
  'card.queues.slow-start': [sometimesLate, uneven, late],
  'card.path.relay': [late, long, sometimesLate],
  'card.path.link': [sameLink, thinLink],
} as const;
export const SHARED_SILICON = [silicon, never, contend, uneven] as const;
