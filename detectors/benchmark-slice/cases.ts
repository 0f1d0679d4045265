import type { Row } from '../../contracts/dataset.ts';
import type { DetectorCases } from '../../contracts/detector.ts';
import { account, benchmark, device, HOUR, noise, START } from '../../testing/detectors/rows.ts';

const BOARD = 'NVIDIA A100-SXM4-40GB';
/** Figures of an A100 40 GB at 1,410 MHz: 108 SMs of 64 lanes, 1,555 GB/s, of which 0.92 are reached. */
const whole = { sms: 108, lanes: 1, memory: 1, clock: 1_410 };

interface Plan {
  sms?: number;
  /** Share of the SMs and of the memory channels that work. */
  lanes?: number;
  memory?: number;
  clock?: number;
}

function card(model: string, count: number, plan: (i: number) => Plan) {
  const benchmarks = Array.from({ length: count }, (_, i): Row<'benchmarks'> => {
    const { sms, lanes, memory, clock } = { ...whole, ...plan(i) };
    return benchmark(`run-${i}`, 'box', START + i * HOUR, {
      sm_count: sms,
      sm_clock_mhz: clock,
      fp32_tflops: 2e-6 * 64 * 108 * lanes * clock * (0.91 + 0.01 * noise(i)),
      memory_bandwidth_gb_s: 1_555 * memory * (0.91 + 0.01 * noise(i + 500)),
    });
  });
  return {
    accounts: [account('owner')],
    devices: [device('box', 'owner', { gpu_model: model })],
    benchmarks,
  };
}

export const cases: DetectorCases = {
  fraud: [
    {
      name: 'two sevenths of the SMs and a quarter of the channels',
      tables: card(BOARD, 6, () => ({ sms: 28, lanes: 28 / 108, memory: 0.25 })),
      expect: ['box:slice'],
    },
    {
      name: 'the same, and the guest names all SMs of the board',
      tables: card(BOARD, 6, () => ({ lanes: 28 / 108, memory: 0.25 })),
      expect: ['box:slice-in-disguise'],
    },
    {
      name: 'the same under a name of several boards',
      tables: card('A100 SXM', 6, () => ({ lanes: 28 / 108, memory: 0.25 })),
      expect: ['box:slice-in-disguise'],
    },
  ],
  honest: [
    { name: 'power-capped', tables: card(BOARD, 8, () => ({ clock: 700 })) },
    {
      name: 'owner-uses-card',
      tables: card(BOARD, 12, (i) => {
        const left = 0.15 + 0.3 * noise(i + 40);
        return { lanes: left, memory: left };
      }),
    },
    {
      name: 'honest-mig',
      // Beside a whole board that could be named.
      tables: (() => {
        const part = card('NVIDIA A100-SXM4-40GB MIG 2g.10gb', 6, () => ({
          sms: 28,
          lanes: 28 / 108,
          memory: 0.25,
        }));
        const board = card(BOARD, 6, () => ({})).benchmarks.map((row) => ({
          ...row,
          benchmark_id: `board-${row.benchmark_id}`,
          device_id: 'board',
        }));
        return {
          ...part,
          devices: [...part.devices, device('board', 'owner', { gpu_model: BOARD })],
          benchmarks: [...part.benchmarks, ...board],
        };
      })(),
    },
    // A broken memory stack takes channels and no SMs.
    { name: 'failing-memory', tables: card(BOARD, 6, () => ({ memory: 0.5 })) },
  ],
  silent: [
    { name: 'three runs', tables: card(BOARD, 3, () => ({ sms: 28, lanes: 28 / 108, memory: 0.25 })) },
    {
      name: 'a model that MIG cannot cut',
      tables: card('NVIDIA GeForce RTX 4090', 6, () => ({ sms: 28, lanes: 28 / 108, memory: 0.25 })),
    },
    {
      name: 'no clock',
      tables: (() => {
        const tables = card(BOARD, 6, () => ({ sms: 28, lanes: 28 / 108, memory: 0.25 }));
        return { ...tables, benchmarks: tables.benchmarks.map(({ sm_clock_mhz: _, ...row }) => row) };
      })(),
    },
  ],
};
