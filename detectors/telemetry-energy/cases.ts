import type { Row } from '../../contracts/dataset.ts';
import type { CaseTables, DetectorCases } from '../../contracts/detector.ts';
import { account, beats, DAY, device, MINUTE, noise, START } from '../../testing/detectors/rows.ts';
import { trusted } from '../../testing/detectors/trusted.ts';

/**
 * Millijoules of an interval of `ms`, from the powers at its ends and the share of it that passed before
 * power stepped.
 */
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

/**
 * Trusted machines, each of its own owner: benchmarked by the network, hired by people who hire from many.
 */
function network(suspect: Suspect, fleet: Suspect = {}, machines = 8): CaseTables {
  const ids = Array.from({ length: machines }, (_, k) => `good-${k}`);
  const fleetRows = trusted(ids, 2);
  return {
    ...fleetRows,
    accounts: [account('owner-suspect'), ...fleetRows.accounts],
    devices: [device('suspect', 'owner-suspect', suspect.more), ...fleetRows.devices],
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
