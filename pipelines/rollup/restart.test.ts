import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type Heartbeat, quiet, warehouseWith } from '../../testing/rollup-fixture.ts';
import { rollup } from './rollup.ts';

const DAY = 86_400_000;

/**
 * A client's run: messages every five minutes whose uptime is floored to seconds and whose arrival is
 * delayed.
 */
function run(start: number, minutes: number, delays: readonly number[]): Heartbeat[] {
  return Array.from({ length: Math.ceil(minutes / 5) }, (_, i) => {
    const sent = start + i * 300_000 + 7;
    return {
      device_id: 'd1',
      received_at: sent + delays[i % delays.length]!,
      ip: '192.0.2.1',
      uptime_s: Math.floor((sent - start) / 1000),
      boot_id: `boot-${start}`,
    };
  });
}

const runs = fc.record({
  gaps: fc.array(fc.integer({ min: 120_000, max: 20 * 3_600_000 }), { minLength: 1, maxLength: 5 }),
  minutes: fc.array(fc.integer({ min: 5, max: 600 }), { minLength: 5, maxLength: 5 }),
  delays: fc.array(fc.integer({ min: 0, max: 3000 }), { minLength: 1, maxLength: 4 }),
});

test('each start is found once, over days, with its estimate within delay and one second of uptime', async () => {
  await fc.assert(
    fc.asyncProperty(runs, async ({ gaps, minutes, delays }) => {
      const starts: number[] = [];
      const heartbeats: Heartbeat[] = [];
      let clock = 100 * DAY + 12_345;
      for (const [i, gap] of gaps.entries()) {
        starts.push(clock);
        heartbeats.push(...run(clock, minutes[i]!, delays));
        clock = heartbeats.at(-1)!.received_at + gap;
      }
      const warehouse = await warehouseWith(['d1'], { heartbeats });
      try {
        await rollup(warehouse, { snapshot: 200 * DAY }, quiet);
        const found = await warehouse.rows<{ started_at: number; started_max: number; boot_ids: number }>(
          'SELECT started_at, started_max, boot_ids FROM rollup.device_restart ORDER BY started_at',
        );
        expect(found.length).toBe(starts.length);
        for (const [i, { started_at, started_max, boot_ids }] of found.entries()) {
          expect(started_at).toBeGreaterThanOrEqual(starts[i]!);
          expect(started_max).toBeLessThanOrEqual(starts[i]! + 4007);
          expect(boot_ids).toBe(1);
        }
      } finally {
        warehouse.close();
      }
    }),
    { numRuns: 12 },
  );
});

test('an uptime that no clock can have is no start', async () => {
  const warehouse = await warehouseWith(['d1'], {
    heartbeats: [-1, 2 ** 52, null].map((uptime_s) => ({
      device_id: 'd1',
      received_at: 100 * DAY,
      ip: '192.0.2.1',
      uptime_s,
    })),
  });
  await rollup(warehouse, { snapshot: 200 * DAY }, quiet);
  expect(await warehouse.rows('SELECT * FROM rollup.device_restart')).toEqual([]);
  warehouse.close();
});
