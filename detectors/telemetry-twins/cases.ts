import type { Row } from '../../contracts/dataset.ts';
import type { CaseTables, DetectorCases } from '../../contracts/detector.ts';
import { account, beats, DAY, device, HOUR, MINUTE, noise, START } from '../../testing/detectors/rows.ts';

type Beat = Partial<Row<'heartbeats'>>;

interface Machine {
  id: string;
  /** Load in 0..1 in the i-th quarter hour. */
  load: (i: number) => number;
  /** Idle watts and the card's offset in °C: no two cards have the same. */
  idleW?: number;
  offsetC?: number;
  /** What is left of the load in the reported utilization. */
  shown?: number;
  more?: Partial<Row<'devices'>>;
}

/** Short jobs at odd moments: three quarter hours in ten, each of its own size. */
const jobs = (seed: number) => (i: number) => {
  const chance = noise(7919 * seed + i);
  return chance < 0.3 ? 0.2 + 2.6 * chance : 0;
};

function reading({ load, idleW = 24, offsetC = 0, shown = 1 }: Machine, seed: number, i: number): Beat {
  const power = idleW + 330 * load(i) + 1.5 * noise(seed + 31 * i);
  return {
    utilization_gpu_pct: Math.round(100 * load(i) * shown),
    power_draw_w: Math.round(100 * power) / 100,
    temperature_gpu_c: Math.round(27 + offsetC + power / 9 + Math.sin(i / 15)),
  };
}

/** Other people's machines, all different: what there is to compare with. */
const crowd: readonly Machine[] = Array.from({ length: 4 }, (_, k) => ({
  id: `other-${k}`,
  load: jobs(100 + k),
  idleW: 15 + 4 * k,
  offsetC: 3 * k,
}));

function network(
  machines: readonly Machine[],
  rentals: readonly Row<'rentals'>[] = [],
  days = 4,
): CaseTables {
  const all = [...machines, ...crowd];
  return {
    accounts: all.map(({ id }) => account(`owner-${id}`)),
    devices: all.map(({ id, more }, rank) =>
      device(id, `owner-${id}`, { registered_at: START - 20 * DAY + rank * HOUR, ...more }),
    ),
    rentals: [
      {
        rental_id: 'r0',
        device_id: 'other-0',
        renter_id: 'x',
        started_at: START + HOUR,
        ended_at: START + 2 * HOUR,
      },
      ...rentals,
    ],
    heartbeats: all.flatMap((machine, k) =>
      beats({
        device_id: machine.id,
        ip: `198.51.100.${k}`,
        to: START + days * DAY,
        row: (i) => reading(machine, 1000 * k, i),
      }),
    ),
  };
}

const rental = (device_id: string): Row<'rentals'> => ({
  rental_id: `r-${device_id}`,
  device_id,
  renter_id: 'laboratory',
  started_at: START - MINUTE,
  ended_at: START + 5 * DAY,
});

export const cases: DetectorCases = {
  fraud: [
    {
      name: 'one card under two names, each showing the whole card',
      tables: network([
        { id: 'shard-a', load: jobs(1) },
        { id: 'shard-b', load: jobs(1), idleW: 24.2 },
      ]),
      expect: ['shard-b:one-card', 'shard-b:same-load'],
    },
    {
      name: 'a shard that hides what its neighbours do, and disguises its readings',
      tables: network([
        { id: 'shard-a', load: jobs(1) },
        { id: 'shard-b', load: jobs(1), idleW: 29, offsetC: 6, shown: 0 },
      ]),
      expect: ['shard-b:hidden-load', 'shard-b:same-load'],
    },
    {
      name: 'two machines at one load that nobody gave them',
      tables: network([
        { id: 'left', load: jobs(1) },
        { id: 'right', load: jobs(1), idleW: 31, offsetC: 7 },
      ]),
      expect: ['right:same-load'],
    },
  ],
  honest: [
    {
      name: 'same-job',
      tables: network(
        [
          { id: 'node-a', load: jobs(1) },
          { id: 'node-b', load: jobs(1) },
        ],
        [rental('node-a'), rental('node-b')],
      ),
    },
    {
      name: 'same-room',
      tables: network([
        { id: 'rack-a', load: jobs(1) },
        { id: 'rack-b', load: jobs(2) },
      ]),
    },
    {
      name: 'daily-script',
      tables: network(
        Array.from({ length: 3 }, (_, k) => ({
          id: `box-${k}`,
          load: (i: number) => (i % 96 === 12 || i % 4 === 0 ? 0.4 : 0.3 * jobs(20 + k)(i)),
        })),
      ),
    },
    {
      name: 'honest-mig',
      tables: network([
        { id: 'slice-a', load: jobs(1), more: { gpu_model: 'NVIDIA A100-SXM4-80GB MIG 1g.10gb' } },
        { id: 'slice-b', load: jobs(1), more: { gpu_model: 'NVIDIA A100-SXM4-80GB MIG 1g.10gb' } },
      ]),
    },
    {
      name: 'idle-card',
      tables: network([
        { id: 'quiet-a', load: () => 0 },
        { id: 'quiet-b', load: () => 0 },
      ]),
    },
  ],
  silent: [
    {
      name: 'a day and a half',
      tables: network(
        [
          { id: 'shard-a', load: jobs(1) },
          { id: 'shard-b', load: jobs(1) },
        ],
        [],
        1.5,
      ),
    },
    {
      name: 'no hires known, so one customer could be behind it',
      tables: {
        ...network([
          { id: 'left', load: jobs(1) },
          { id: 'right', load: jobs(1) },
        ]),
        rentals: [],
      },
    },
    {
      name: 'absurd readings',
      tables: {
        accounts: [account('a')],
        devices: [device('x', 'a'), device('y', 'a')],
        heartbeats: ['x', 'y'].flatMap((device_id) =>
          beats({
            device_id,
            ip: '203.0.113.9',
            to: START + 3 * DAY,
            row: (i) => ({ power_draw_w: i % 3 ? -1e9 : 1e300, utilization_gpu_pct: -5 }),
          }),
        ),
      },
    },
  ],
};
