import type { Row } from '../../contracts/dataset.ts';
import type { DetectorCases } from '../../contracts/detector.ts';
import { account, benchmark, device, HOUR, noise, START } from '../../testing/detectors/rows.ts';

/** A normal deviate from an integer (Box and Muller). */
const normal = (i: number) =>
  Math.sqrt(-2 * Math.log(noise(i) + 1e-9)) * Math.cos(2 * Math.PI * noise(i + 7_919));

interface Plan {
  count: number;
  /** Relative scatter of each metric on its own. */
  scatter: number;
  /** What a run loses to a disturbance, 0 = nothing. */
  loss?: (i: number) => number;
  clock?: (i: number) => number;
  bandwidth?: (i: number) => number;
}

function card({ count, scatter, loss = () => 0, clock = () => 2_500, bandwidth = () => 940 }: Plan) {
  const benchmarks: Row<'benchmarks'>[] = Array.from({ length: count }, (_, i) =>
    benchmark(`run-${i}`, 'box', START + i * HOUR, {
      sm_clock_mhz: clock(i),
      fp32_tflops: clock(i) * 0.0275 * (1 - loss(i)) * (1 + scatter * normal(i)),
      memory_bandwidth_gb_s: bandwidth(i) * (1 - loss(i)) * (1 + scatter * normal(i + 500)),
    }),
  );
  return { accounts: [account('owner')], devices: [device('box', 'owner')], benchmarks };
}

export const cases: DetectorCases = {
  fraud: [
    {
      name: 'figures drawn at random around those of the model',
      tables: card({ count: 30, scatter: 0.06 }),
      expect: ['box:erratic', 'box:uneven'],
    },
    { name: 'the same with few runs', tables: card({ count: 8, scatter: 0.09 }), expect: ['box:uneven'] },
  ],
  honest: [
    {
      name: 'owner-uses-card',
      tables: card({ count: 30, scatter: 0.006, loss: (i) => (i % 5 < 2 ? 0.2 + 0.4 * noise(i) : 0) }),
    },
    {
      name: 'power-capped',
      tables: card({ count: 30, scatter: 0.006, clock: (i) => 1_300 + 900 * noise(i) }),
    },
    {
      name: 'memory-clock-changed',
      tables: card({ count: 30, scatter: 0.006, bandwidth: (i) => (i < 15 ? 900 : 1_000) }),
    },
  ],
  silent: [
    { name: 'five runs', tables: card({ count: 5, scatter: 0.1 }) },
    {
      name: 'no clock',
      tables: {
        ...card({ count: 2, scatter: 0.1 }),
        benchmarks: card({ count: 20, scatter: 0.1 }).benchmarks.map(({ sm_clock_mhz: _, ...row }) => row),
      },
    },
  ],
};
