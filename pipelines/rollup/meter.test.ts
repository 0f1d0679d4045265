import { afterEach, describe, expect, test } from 'vitest';
import { type Heartbeat, quiet, warehouseWith } from '../../testing/rollup-fixture.ts';
import type { Warehouse } from '../warehouse/warehouse.ts';
import { rollup } from './rollup.ts';

const DAY = 86_400_000;
/** A day whose first quarter is one of those that are looked at: 4 × 102 is a multiple of three. */
const START = 102 * DAY;
const MINUTE = 60_000;

let open: Warehouse[] = [];
afterEach(() => {
  for (const warehouse of open) warehouse.close();
  open = [];
});

/** One message every ten minutes; of each its power, and the counter's gain since the one before. */
async function metered(
  messages: readonly (readonly [watts: number, gainMj: number])[],
  more: (i: number) => Partial<Heartbeat> = () => ({}),
) {
  let energy = 1e9;
  const heartbeats = messages.map(([power_draw_w, gain], i): Heartbeat => {
    energy += gain;
    return {
      device_id: 'd1',
      ip: '192.0.2.1',
      received_at: START + i * 10 * MINUTE,
      power_draw_w,
      total_energy_mj: energy,
      ...more(i),
    };
  });
  const warehouse = await warehouseWith(['d1'], { heartbeats });
  open.push(warehouse);
  await rollup(warehouse, { snapshot: START + DAY }, quiet);
  return warehouse.rows<Record<string, number>>(
    'SELECT intervals, gained_mj, drawn_mj, still, steps, steps_after, steps_before, jumps, jumps_middle FROM rollup.device_meter',
  );
}

const TEN = 10 * MINUTE;

describe('device_meter', () => {
  test('tells the end, the beginning and the middle of a step apart', async () => {
    const rows = await metered([
      [100, 0],
      [300, 300 * TEN],
      [100, 300 * TEN],
      [300, 200 * TEN],
      [300, 300 * TEN],
      [280, 0],
    ]);
    expect(rows).toEqual([
      {
        intervals: 5,
        gained_mj: 1100 * TEN,
        drawn_mj: (200 + 200 + 200 + 300 + 290) * TEN,
        still: 1,
        steps: 3,
        steps_after: 1,
        steps_before: 1,
        jumps: 3,
        jumps_middle: 1,
      },
    ]);
  });

  test('leaves out falls, gains beyond 2 kW, gaps and readings that no card gives', async () => {
    expect(
      await metered([
        [100, 0],
        [300, -1000],
        [100, 2001 * TEN],
      ]),
    ).toEqual([]);
    expect(
      await metered(
        [
          [100, 0],
          [300, 100 * TEN],
        ],
        (i) => ({ received_at: START + i * 70 * MINUTE }),
      ),
    ).toEqual([]);
    expect(
      await metered([
        [Number.NaN, 0],
        [1e9, 5],
        [100, -2e9],
      ]),
    ).toEqual([]);
  });

  test('goes by the machine’s clock where it runs like ours, and by ours where it does not', async () => {
    const late = (ms: number) => (i: number) => ({ sent_at: START + i * (TEN + ms) });
    const gain = [
      [100, 0],
      [300, 300 * (TEN + 5000)],
    ] as const;
    expect((await metered(gain, late(5000)))[0]!.steps_after).toBe(1);
    expect(
      (
        await metered(
          [
            [100, 0],
            [300, 300 * TEN],
          ],
          late(DAY),
        )
      )[0]!.steps_after,
    ).toBe(1);
  });

  test('looks at every third quarter of a day', async () => {
    const messages = Array.from({ length: 144 }, () => [100, 100 * TEN] as const);
    expect((await metered(messages))[0]!.intervals).toBe(70);
  });
});
