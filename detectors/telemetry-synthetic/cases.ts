import type { Row } from '../../contracts/dataset.ts';
import type { CaseTables, DetectorCases } from '../../contracts/detector.ts';
import { account, beats, DAY, device, MINUTE, noise, START } from '../../testing/detectors/rows.ts';
import { trusted } from '../../testing/detectors/trusted.ts';

type Beat = Partial<Row<'heartbeats'>>;

function machine(row: (i: number) => Beat, more: Partial<Row<'devices'>> = {}, days = 2) {
  return {
    accounts: [account('owner')],
    devices: [device('box', 'owner', more)],
    heartbeats: beats({
      device_id: 'box',
      ip: '203.0.113.1',
      to: START + days * DAY,
      every: 5 * MINUTE,
      row,
    }),
  };
}

const round = (value: number, digits: number) => Math.round(value * 10 ** digits) / 10 ** digits;

/** Two hours of work in every six, as a card lives them: heat follows power, power follows load. */
function working(i: number): Beat {
  const busy = i % 72 < 24;
  const power = busy ? 370 + 20 * noise(i) : 21 + 3 * noise(i);
  return {
    status: busy ? 'busy' : 'idle',
    utilization_gpu_pct: busy ? 96 : 0,
    power_draw_w: round(power, 2),
    temperature_gpu_c: Math.round(29 + power / 11 + noise(i + 9_999)),
  };
}

const MADE_UP = (i: number): Beat => {
  const power = 60 + 4 * noise(i);
  return { utilization_gpu_pct: 3, power_draw_w: round(power, 2), temperature_gpu_c: 48.2 + noise(i + 9) };
};

/**
 * The suspect in a network of trusted machines: benchmarked, and hired by people who hire from many owners.
 */
function among(row: (i: number) => Beat, fleet: (i: number) => Beat, machines = 6): CaseTables {
  const ids = Array.from({ length: machines }, (_, k) => `good-${k}`);
  const suspect = machine(row);
  const fleetRows = trusted(ids, 2);
  return {
    ...fleetRows,
    accounts: [...suspect.accounts, ...fleetRows.accounts],
    devices: [...suspect.devices, ...fleetRows.devices],
    heartbeats: [
      ...suspect.heartbeats,
      ...ids.flatMap((device_id, k) =>
        beats({
          device_id,
          ip: '203.0.113.7',
          to: START + DAY,
          every: 5 * MINUTE,
          row: (i) => fleet(i + 97 * k),
        }),
      ),
    ],
  };
}

export const cases: DetectorCases = {
  fraud: [
    {
      name: 'one row printed for ever',
      tables: machine(() => ({ power_draw_w: 57.61, temperature_gpu_c: 49, utilization_gpu_pct: 0 })),
      expect: ['box:frozen'],
    },
    {
      name: 'readings drawn at random',
      tables: machine((i) => ({
        utilization_gpu_pct: Math.floor(100 * noise(i + 40_000)),
        power_draw_w: round(60 + 380 * noise(i), 2),
        temperature_gpu_c: Math.round(35 + 45 * noise(i + 20_000)),
      })),
      expect: ['box:heat-without-power', 'box:without-memory'],
    },
    {
      name: 'a card that its neighbours use while its own utilization says zero',
      tables: machine((i) => ({ ...working(i), status: 'idle', utilization_gpu_pct: 0 })),
      expect: ['box:power-beyond-load', 'box:power-without-load'],
    },
    {
      name: 'the same, less of it',
      tables: machine((i) =>
        i % 72 < 24
          ? {
              ...working(i),
              status: 'idle',
              utilization_gpu_pct: 0,
              power_draw_w: round(105 + 5 * noise(i), 2),
            }
          : working(i),
      ),
      expect: ['box:power-beyond-load'],
    },
    {
      name: 'fractions of a degree, drawn at random',
      tables: among(MADE_UP, working),
      expect: ['box:fractional-degrees'],
    },
    {
      name: 'a temperature of its own every quarter of an hour',
      tables: machine((i) => ({
        utilization_gpu_pct: 4,
        power_draw_w: round(52 + noise(i), 2),
        temperature_gpu_c: Math.round(40 + 20 * noise(7919 * Math.floor(i / 3) + 5_000)),
      })),
      expect: ['box:without-memory'],
    },
  ],
  honest: [
    {
      name: 'idle-card',
      tables: machine((i) => ({
        utilization_gpu_pct: 0,
        power_draw_w: round(19 + noise(i), 2),
        temperature_gpu_c: Math.round(30 + 2 * Math.sin(i / 46)),
      })),
    },
    {
      name: 'idle-flat',
      tables: machine((i) => ({
        utilization_gpu_pct: 0,
        power_draw_w: round(19 + 0.2 * noise(i), 2),
        temperature_gpu_c: 30 + Math.round(noise(i + 50_000)),
      })),
    },
    {
      name: 'agent-averages',
      tables: among(
        (i) => ({ ...working(i), temperature_gpu_c: Number(working(i).temperature_gpu_c) + noise(i) }),
        (i) => ({ ...working(i), temperature_gpu_c: Number(working(i).temperature_gpu_c) + noise(i) }),
      ),
    },
    {
      name: 'water-cooling',
      tables: machine((i) => ({
        ...working(i),
        temperature_gpu_c: Math.round(31 + Number(working(i).power_draw_w) / 45 + noise(i)),
      })),
    },
    {
      name: 'honest-mig',
      tables: machine((i) => ({ ...working(i), status: 'idle', utilization_gpu_pct: 0 }), {
        gpu_model: 'NVIDIA A100-SXM4-80GB MIG 1g.10gb',
      }),
    },
    {
      name: 'video-encoding',
      tables: machine((i) => ({
        utilization_gpu_pct: 1,
        power_draw_w: round(i % 40 < 20 ? 62 : 24, 2),
        temperature_gpu_c: i % 40 < 20 ? 41 : 33,
      })),
    },
    {
      name: 'absent-sensors',
      tables: (() => {
        const blind = machine(() => ({
          power_draw_w: null,
          temperature_gpu_c: 0,
          utilization_gpu_pct: null,
        }));
        return {
          ...blind,
          devices: [...blind.devices, device('beside', 'owner')],
          heartbeats: [
            ...blind.heartbeats,
            ...machine(working).heartbeats.map((beat) => ({ ...beat, device_id: 'beside' })),
          ],
        };
      })(),
    },
  ],
  silent: [
    { name: 'four trusted owners', tables: among(MADE_UP, working, 4) },
    { name: 'half a day', tables: machine(() => ({ power_draw_w: 57.61, temperature_gpu_c: 49 }), {}, 0.5) },
    {
      name: 'Apple',
      tables: machine(() => ({ power_draw_w: 2, temperature_gpu_c: 35 }), { gpu_model: 'Apple M2' }),
    },
    {
      name: 'absurd readings',
      tables: machine((i) => ({
        power_draw_w: i % 2 ? -1e9 : 1e300,
        temperature_gpu_c: 17_592_186_044_134,
        utilization_gpu_pct: -5,
      })),
    },
  ],
};
