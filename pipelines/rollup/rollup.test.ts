import fc from 'fast-check';
import { afterEach, describe, expect, test } from 'vitest';
import { grainRows, type Heartbeat, quiet, warehouseWith } from '../../testing/rollup-fixture.ts';
import type { Warehouse } from '../warehouse/warehouse.ts';
import { rollup } from './rollup.ts';

const DAY = 86_400_000;
const SNAPSHOT = 102 * DAY;
const GRAINS = [
  'device_day',
  'device_ip_day',
  'device_grid',
  'device_meter',
  'device_restart',
  'ping_day',
  'ping_grid',
];

const reading = (least: number, most: number) =>
  fc.option(
    fc.oneof(
      { weight: 8, arbitrary: fc.double({ min: least, max: most, noNaN: true }) },
      { weight: 4, arbitrary: fc.integer({ min: Math.ceil(least), max: Math.floor(most) }) },
      { weight: 1, arbitrary: fc.constantFrom(Number.NaN, Number.POSITIVE_INFINITY, -1e15, 1e15, 1e6) },
    ),
    { nil: null, freq: 6 },
  );

const heartbeat: fc.Arbitrary<Heartbeat> = fc.record({
  device_id: fc.constantFrom('d1', 'd2', 'stranger'),
  gpu_index: fc.constantFrom(0, 1, null),
  sent_at: fc.option(
    fc.oneof(
      { weight: 8, arbitrary: fc.integer({ min: 99 * DAY, max: 104 * DAY }) },
      { weight: 1, arbitrary: fc.constantFrom(-(2 ** 53 - 1), 0, 90_000 * DAY, 2 ** 53 - 1) },
    ),
    { nil: null, freq: 6 },
  ),
  received_at: fc.integer({ min: 100 * DAY, max: 103 * DAY }),
  ip: fc.constantFrom('192.0.2.1', '192.0.2.2'),
  status: fc.constantFrom('idle', 'busy', 'paused', 'Idle', null),
  temperature_gpu_c: reading(-60, 120),
  power_draw_w: reading(0, 700),
  utilization_gpu_pct: reading(0, 100),
  memory_used_mib: fc.option(fc.constantFrom(-1, 0, 201, 24564, 2 ** 53 - 1), { nil: null }),
  total_energy_mj: fc.option(fc.constantFrom(-1, 0, 7_000_000, 2 ** 52, 2 ** 53 - 1), { nil: null }),
  uptime_s: fc.option(fc.constantFrom(0, 100, 86_400, 2 ** 53 - 1, -5), { nil: null }),
  boot_id: fc.constantFrom('b1', 'b2', null),
});

/** Half away from zero, as SQL rounds. */
const round = (x: number) => Math.sign(x) * Math.floor(Math.abs(x) + 0.5) + 0;

function kept(
  rows: readonly Heartbeat[],
  column: keyof Heartbeat,
  [least, most]: [number, number],
  scale: number,
) {
  return rows
    .map((row) => row[column] as number | null)
    .filter((value): value is number => value !== null && value >= least && value <= most)
    .map((value) => round(value * scale));
}

const sum = (values: readonly number[]) => values.reduce((a, b) => a + b, 0);
const least = (values: readonly number[]) => (values.length > 0 ? Math.min(...values) : null);
const most = (values: readonly number[]) => (values.length > 0 ? Math.max(...values) : null);

const squares = (values: readonly number[]) => sum(values.map((value) => value * value));

function grouped(rows: readonly Heartbeat[], key: (row: Heartbeat) => string): Heartbeat[][] {
  const groups = new Map<string, Heartbeat[]>();
  for (const row of rows) groups.set(key(row), [...(groups.get(key(row)) ?? []), row]);
  return [...groups.values()];
}

/** How far a machine's clock was ahead at each message, ms; ten years off counts as no clock. */
const aheads = (rows: readonly Heartbeat[]) =>
  rows
    .map((row) => (row.sent_at == null ? Number.NaN : row.sent_at - row.received_at))
    .filter((ahead) => Math.abs(ahead) <= 3650 * DAY);

const dayOf = (row: Heartbeat) => Math.floor(row.received_at / DAY);
const binOf = (row: Heartbeat) => Math.floor(row.received_at / 900_000);

/** device_day as plain code has it, less bitmaps. */
function deviceDay(rows: readonly Heartbeat[]) {
  return grouped(rows, (row) => `${row.device_id} ${row.gpu_index ?? 0} ${dayOf(row)}`).map((group) => {
    const times = group.map((row) => row.received_at);
    const temps = kept(group, 'temperature_gpu_c', [-50, 200], 100);
    const powers = kept(group, 'power_draw_w', [0, 2000], 100);
    const utils = kept(group, 'utilization_gpu_pct', [0, 100], 100);
    const memories = kept(group, 'memory_used_mib', [0, 10_000_000], 1);
    const idle = group.filter((row) => row.status === 'idle');
    const idlePowers = kept(idle, 'power_draw_w', [0, 2000], 100);
    const idleUtils = kept(idle, 'utilization_gpu_pct', [0, 100], 100);
    return {
      device_id: group[0]!.device_id,
      gpu_index: group[0]!.gpu_index ?? 0,
      day: dayOf(group[0]!),
      messages: group.length,
      bins: new Set(group.map(binOf)).size,
      first_at: least(times),
      last_at: most(times),
      idle: idle.length,
      busy: group.filter((row) => row.status === 'busy').length,
      temp_n: temps.length,
      temp_sum_cc: sum(temps),
      temp_sq: squares(temps),
      temp_min_cc: least(temps),
      temp_max_cc: most(temps),
      temp_whole: temps.filter((cc) => cc % 100 === 0).length,
      power_n: powers.length,
      power_sum_cw: sum(powers),
      power_sq: squares(powers),
      power_min_cw: least(powers),
      power_max_cw: most(powers),
      util_n: utils.length,
      util_sum_cp: sum(utils),
      util_max_cp: most(utils),
      mem_n: memories.length,
      mem_min_mib: least(memories),
      mem_max_mib: most(memories),
      idle_power_n: idlePowers.length,
      idle_power_sum_cw: sum(idlePowers),
      idle_power_sq: squares(idlePowers),
      idle_util_n: idleUtils.length,
      idle_util_sum_cp: sum(idleUtils),
    };
  });
}

const byKey = (a: object, b: object) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1);

let open: Warehouse[] = [];
afterEach(() => {
  for (const warehouse of open) warehouse.close();
  open = [];
});

async function rolledUp(
  heartbeats: readonly Heartbeat[],
  options: { threads?: number; rowsPerQuery?: number } = {},
) {
  const warehouse = await warehouseWith(['d1', 'd2'], { heartbeats }, options);
  open.push(warehouse);
  await rollup(warehouse, { snapshot: SNAPSHOT, rowsPerQuery: options.rowsPerQuery ?? 1000 }, quiet);
  return warehouse;
}

describe('grains against plain code', () => {
  test('device_day, device_grid and device_ip_day hold what the messages say', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(heartbeat, { maxLength: 40 }), async (rows) => {
        const warehouse = await rolledUp(rows);
        const seen = rows.filter((row) => row.received_at <= SNAPSHOT && row.device_id !== 'stranger');
        const expected = deviceDay(seen).sort(byKey);
        const names = expected[0] ? Object.keys(expected[0]).join(', ') : '*';
        const actual = await warehouse.rows<object>(`SELECT ${names} FROM rollup.device_day`);
        expect(actual.sort(byKey)).toEqual(expected);
        const grid = grouped(seen, (row) => `${row.device_id} ${row.gpu_index ?? 0} ${binOf(row)}`).map(
          (group) => ({
            device_id: group[0]!.device_id,
            gpu_index: group[0]!.gpu_index ?? 0,
            bin: binOf(group[0]!),
            messages: group.length,
            util_sum_cp: sum(kept(group, 'utilization_gpu_pct', [0, 100], 100)),
            power_sum_cw: sum(kept(group, 'power_draw_w', [0, 2000], 100)),
            temp_n: kept(group, 'temperature_gpu_c', [-50, 200], 100).length,
            clock_ahead_ms: most(aheads(group)),
          }),
        );
        expect(
          (
            await warehouse.rows<object>(
              'SELECT device_id, gpu_index, bin, messages, util_sum_cp, power_sum_cw, temp_n, clock_ahead_ms FROM rollup.device_grid',
            )
          ).sort(byKey),
        ).toEqual(grid.sort(byKey));
        const addresses = grouped(seen, (row) => `${row.device_id} ${row.ip} ${dayOf(row)}`);
        expect((await grainRows(warehouse, 'device_ip_day')).length).toBe(addresses.length);
      }),
      { numRuns: 25 },
    );
  });

  test('order, threads and the size of a query change nothing', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(heartbeat, { maxLength: 30 }),
        fc.integer({ min: 1, max: 20 }),
        async (rows, size) => {
          const plain = await rolledUp(rows);
          const other = await rolledUp([...rows].reverse(), { threads: 4, rowsPerQuery: size });
          for (const grain of GRAINS)
            expect(await grainRows(other, grain)).toEqual(await grainRows(plain, grain));
        },
      ),
      { numRuns: 8 },
    );
  });
});
