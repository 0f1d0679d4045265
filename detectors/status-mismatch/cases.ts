import type { Row } from '../../contracts/dataset.ts';
import type { DetectorCases } from '../../contracts/detector.ts';
import {
  account,
  beats,
  benchmark,
  DAY,
  device,
  HOUR,
  MINUTE,
  noise,
  START,
} from '../../testing/detectors/rows.ts';

const DAYS = 4;

/** Heartbeats all day, probes every 30 minutes that are answered where `ok` says so. */
function machine(ok: (i: number) => boolean, days = DAYS) {
  const pings: Row<'pings'>[] = Array.from({ length: days * 48 }, (_, i) => ({
    device_id: 'box',
    occurred_at: START + i * 30 * MINUTE,
    ok: ok(i),
    rtt_ms: ok(i) ? 20 : null,
    probe_id: 'fra',
  }));
  return {
    accounts: [account('owner')],
    devices: [device('box', 'owner')],
    heartbeats: beats({ device_id: 'box', ip: '203.0.113.1', to: START + days * DAY, every: 10 * MINUTE }),
    pings,
  };
}

const benchmarks = [1, 2, 3].map((i) => benchmark(`run-${i}`, 'box', START + i * 20 * HOUR));

export const cases: DetectorCases = {
  fraud: [
    {
      name: 'there for one day, beating for four',
      tables: machine((i) => i < 20),
      expect: ['box:beats-not-there'],
    },
    { name: 'never there', tables: machine(() => false), expect: ['box:never-answered'] },
    {
      name: 'shown online by the front end',
      tables: {
        ...machine((i) => i < 20),
        heartbeats: beats({ device_id: 'box', ip: '203.0.113.1', to: START + 10 * HOUR }),
        shown_status: [
          { device_id: 'box', occurred_at: START - HOUR, status: 'online' },
          { device_id: 'box', occurred_at: START + DAYS * DAY, status: 'offline' },
        ],
      },
      expect: ['box:shown-not-there'],
    },
  ],
  honest: [
    { name: 'filtering-router', tables: { ...machine(() => false), benchmarks } },
    {
      name: 'off-at-snapshot',
      tables: {
        ...machine((i) => i < 96),
        heartbeats: beats({ device_id: 'box', ip: '203.0.113.1', to: START + 2 * DAY, every: 10 * MINUTE }),
      },
    },
    { name: 'packet-loss', tables: machine((i) => noise(i) > 0.5) },
  ],
  silent: [
    { name: 'no probes', tables: { ...machine(() => false), pings: [] } },
    { name: 'one day', tables: machine(() => false, 1) },
  ],
};
