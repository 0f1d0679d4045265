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
    {
      name: 'shown online by the front end and never there',
      tables: {
        ...machine(() => false),
        heartbeats: beats({ device_id: 'box', ip: '203.0.113.1', to: START + 10 * HOUR }),
        shown_status: [
          { device_id: 'box', occurred_at: START - HOUR, status: 'online' },
          { device_id: 'box', occurred_at: START + DAYS * DAY, status: 'offline' },
        ],
      },
      expect: ['box:never-answered', 'box:shown-not-there'],
    },
  ],
  honest: [
    {
      // A neighbour without a benchmark answers.
      name: 'filtering-router',
      tables: (() => {
        const [mute, open] = [machine(() => false), machine(() => true)];
        const pings = open.pings.map((row) => ({ ...row, device_id: 'neighbour' }));
        const heartbeats = open.heartbeats.map((row) => ({ ...row, device_id: 'neighbour' }));
        return {
          ...mute,
          devices: [...mute.devices, device('neighbour', 'owner')],
          heartbeats: [...mute.heartbeats, ...heartbeats],
          pings: [...mute.pings, ...pings],
          benchmarks,
        };
      })(),
    },
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
