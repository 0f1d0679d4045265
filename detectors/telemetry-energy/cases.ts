import type { Row } from '../../contracts/dataset.ts';
import type { CaseTables, DetectorCases } from '../../contracts/detector.ts';
import { account, beats, benchmark, DAY, device, HOUR, MINUTE, noise, START } from '../case-rows.ts';

/** Millijoules of an interval of `ms`, from the powers at its ends and the share of it that passed before power stepped. */
type Counter = (before: number, after: number, share: number, ms: number) => number;

const driver: Counter = (before, after, share, ms) => (before * share + after * (1 - share)) * ms;
const ledger: Counter = (_, after, __, ms) => after * ms;
const halfway: Counter = (before, after, _, ms) => ((before + after) / 2) * ms;
const rated: Counter = (_, __, ___, ms) => 450 * ms;
const still: Counter = () => 0;
const joules: Counter = (...interval) => driver(...interval) / 1000;

interface Suspect {
  /** null: the card has no counter. */
  counter?: Counter | null;
  /** The counter starts again every so many messages. */
  restart?: number;
  /** Whole watts, as some cards report. */
  whole?: boolean;
  /** Never works. */
  idle?: boolean;
  more?: Partial<Row<'devices'>>;
}

function telemetry(device_id: string, seed: number, { counter = driver, restart, whole, idle }: Suspect) {
  let energy = 1e9;
  let before = 0;
  return beats({
    device_id,
    ip: '198.51.100.7',
    to: START + 2 * DAY,
    every: 10 * MINUTE,
    row: (i) => {
      const busy = !idle && noise(7919 * seed + i) < 0.4;
      const exact = busy ? 250 + 150 * noise(seed + 13 * i) : 21 + noise(seed + 17 * i);
      const power = Math.round(whole ? exact : 100 * exact) / (whole ? 1 : 100);
      if (restart && i % restart === 0) energy = 1e6;
      if (counter) energy += Math.round(counter(before, power, noise(31 * seed + i), 10 * MINUTE));
      before = power;
      return { power_draw_w: power, ...(counter ? { total_energy_mj: energy } : {}) };
    },
  });
}

/** Trusted machines, each of its own owner: benchmarked by the network, hired by people who hire from many. */
function network(suspect: Suspect, fleet: Suspect = {}, trusted = 8): CaseTables {
  const ids = Array.from({ length: trusted }, (_, k) => `good-${k}`);
  return {
    accounts: ['suspect', ...ids].map((id) => account(`owner-${id}`)),
    devices: [
      device('suspect', 'owner-suspect', suspect.more),
      ...ids.map((id) => device(id, `owner-${id}`)),
    ],
    rentals: ids.map((device_id, k) => ({
      rental_id: `r${k}`,
      device_id,
      renter_id: `customer-${k % 2}`,
      started_at: START + k * MINUTE,
      ended_at: START + 2 * HOUR,
    })),
    benchmarks: ids.flatMap((id) =>
      [0, 1, 2].map((run) =>
        benchmark(`${id}-${run}`, id, START + run * 9 * HOUR, {
          memory_total_mib: 24_564,
          sm_count: 128,
          sm_clock_mhz: 2_520,
          fp32_tflops: 82,
          fp16_tflops: 165,
          memory_bandwidth_gb_s: 1_000,
        }),
      ),
    ),
    heartbeats: [...telemetry('suspect', 900, suspect), ...ids.flatMap((id, k) => telemetry(id, k, fleet))],
  };
}

export const cases: DetectorCases = {
  fraud: [
    {
      name: 'the sum of what was told',
      tables: network({ counter: ledger }),
      expect: ['suspect:ledger'],
    },
    {
      name: 'the sum of what was told before',
      tables: network({ counter: (before, _, __, ms) => before * ms }),
      expect: ['suspect:ledger'],
    },
    {
      name: 'a line drawn between two messages, with noise',
      tables: network({
        counter: (before, after, share, ms) => halfway(before, after, share, ms) * (0.98 + 0.04 * share),
      }),
      expect: ['suspect:interpolated'],
    },
    {
      name: 'a counter that grows by the power limit',
      tables: network({ counter: rated, idle: true }),
      expect: ['suspect:unrelated'],
    },
    { name: 'a counter that stands', tables: network({ counter: still }), expect: ['suspect:stuck'] },
  ],
  honest: [
    { name: 'no-counter', tables: network({ counter: null }) },
    { name: 'counter-starts-again', tables: network({ restart: 7 }) },
    { name: 'whole-watts', tables: network({ whole: true }) },
    { name: 'idle-card', tables: network({ idle: true }) },
    { name: 'agent-counts-in-joules', tables: network({ counter: joules }, { counter: joules }) },
    { name: 'agent-adds-up', tables: network({ counter: ledger }, { counter: ledger }) },
    {
      name: 'declared-slice',
      tables: network({ counter: still, more: { gpu_model: 'NVIDIA A100-SXM4-80GB MIG 1g.10gb' } }),
    },
  ],
  silent: [
    { name: 'four trusted owners', tables: network({ counter: ledger }, {}, 4) },
    {
      name: 'an agent release that no trusted machine runs',
      tables: network({ counter: ledger, more: { agent_version: '9.9.9' } }),
    },
    {
      name: 'absurd readings',
      tables: {
        accounts: [account('a')],
        devices: [device('x', 'a')],
        heartbeats: beats({
          device_id: 'x',
          ip: '203.0.113.9',
          to: START + 2 * DAY,
          row: (i) => ({
            power_draw_w: i % 2 ? -1e9 : 1e300,
            total_energy_mj: i % 2 ? -5 : Number.MAX_SAFE_INTEGER,
          }),
        }),
      },
    },
  ],
};
