import type { Row } from '../../contracts/dataset.ts';
import type { CaseTables, DetectorCases } from '../../contracts/detector.ts';
import { account, beats, DAY, device, noise, START } from '../../testing/detectors/rows.ts';

interface Machine {
  id: string;
  /** Load in 0..1 in the i-th quarter hour. */
  load: (i: number) => number;
  /** Watts of noise, and what the watts are multiplied with. */
  noiseW?: number;
  gain?: number;
  more?: Partial<Row<'devices'>>;
}

/** Short jobs at odd moments: three quarter hours in ten, each of its own size. */
const jobs = (seed: number) => (i: number) => {
  const chance = noise(7919 * seed + i);
  return chance < 0.3 ? 0.2 + 2.6 * chance : 0;
};
const shifted = (load: Machine['load'], by: number) => (i: number) => load(i - by);

const crowd: readonly Machine[] = Array.from({ length: 4 }, (_, k) => ({
  id: `other-${k}`,
  load: jobs(100 + k),
}));

function network(
  machines: readonly Machine[],
  rentals: readonly Row<'rentals'>[] = [],
  days = 5,
): CaseTables {
  const all = [...machines, ...crowd];
  return {
    accounts: all.map(({ id }) => account(`owner-${id}`)),
    devices: all.map(({ id, more }) => device(id, `owner-${id}`, more)),
    rentals,
    heartbeats: all.flatMap(({ id, load, noiseW = 1.5, gain = 1 }, k) =>
      beats({
        device_id: id,
        ip: `198.51.100.${k}`,
        to: START + days * DAY,
        row: (i) => ({
          utilization_gpu_pct: Math.round(100 * load(i)),
          power_draw_w:
            Math.round(100 * (gain * (24 + 330 * load(i)) + noiseW * noise(1000 * k + 31 * i))) / 100,
          temperature_gpu_c: Math.round(29 + 37 * load(i)),
        }),
      }),
    ),
  };
}

const rental = (device_id: string): Row<'rentals'> => ({
  rental_id: `r-${device_id}`,
  device_id,
  renter_id: 'laboratory',
  started_at: START,
  ended_at: START + 6 * DAY,
});

export const cases: DetectorCases = {
  fraud: [
    {
      name: 'a stranger’s series, thirteen hours later',
      tables: network([
        { id: 'victim', load: jobs(1) },
        { id: 'copy', load: shifted(jobs(1), 52) },
      ]),
      expect: ['copy:other-machine'],
    },
    {
      name: 'the same, scaled and with noise on top',
      tables: network([
        { id: 'victim', load: jobs(1) },
        { id: 'copy', load: shifted(jobs(1), 111), gain: 0.8, noiseW: 9 },
      ]),
      expect: ['copy:other-machine'],
    },
    {
      name: 'a day of its own, again and again',
      tables: network([{ id: 'loop', load: (i) => jobs(1)(i % 96), noiseW: 6 }]),
      expect: ['loop:own-days', 'loop:own-past'],
    },
    {
      name: 'the same, with work of the moment between',
      tables: network([
        {
          id: 'loop',
          load: (i) => (noise(50_021 + 13 * i) < 0.75 ? jobs(1)(i % 96) : jobs(2)(i)),
          noiseW: 6,
        },
      ]),
      expect: ['loop:own-days'],
    },
  ],
  honest: [
    {
      name: 'daily-script',
      tables: network(
        Array.from({ length: 3 }, (_, k) => ({
          id: `box-${k}`,
          load: (i: number) => (i % 96 === 12 + k || i % 4 === 0 ? 0.4 : 0.3 * jobs(20 + k)(i)),
        })),
      ),
    },
    {
      name: 'daily-habit',
      tables: network(
        Array.from({ length: 3 }, (_, k) => ({
          id: `desk-${k}`,
          load: (i: number) => (i % 96 >= 70 + k && i % 96 < 86 ? 0.7 : jobs(40 + k)(i)),
        })),
      ),
    },
    {
      name: 'one-customers-job-in-turn',
      tables: network(
        [
          { id: 'first', load: jobs(1) },
          { id: 'second', load: shifted(jobs(1), 30) },
        ],
        [rental('first'), rental('second')],
      ),
    },
    {
      name: 'idle-card',
      tables: network([
        { id: 'quiet-a', load: () => 0, noiseW: 0.05 },
        { id: 'quiet-b', load: () => 0, noiseW: 0.05 },
      ]),
    },
    {
      name: 'honest-mig',
      tables: network([
        { id: 'slice-a', load: jobs(1), more: { gpu_model: 'NVIDIA A100-SXM4-80GB MIG 1g.10gb' } },
        {
          id: 'slice-b',
          load: shifted(jobs(1), 40),
          more: { gpu_model: 'NVIDIA A100-SXM4-80GB MIG 1g.10gb' },
        },
      ]),
    },
  ],
  silent: [
    {
      name: 'a day and a half',
      tables: network(
        [
          { id: 'victim', load: jobs(1) },
          { id: 'copy', load: shifted(jobs(1), 20) },
        ],
        [],
        1.5,
      ),
    },
    {
      name: 'absurd readings',
      tables: {
        accounts: [account('a')],
        devices: [device('x', 'a')],
        heartbeats: beats({
          device_id: 'x',
          ip: '203.0.113.9',
          to: START + 3 * DAY,
          row: (i) => ({ power_draw_w: i % 3 ? Number.MAX_SAFE_INTEGER : -1, utilization_gpu_pct: -5 }),
        }),
      },
    },
  ],
};
