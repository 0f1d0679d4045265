import type { Row } from '../../contracts/dataset.ts';
import type { DetectorCases } from '../../contracts/detector.ts';
import { account, benchmark, device, HOUR, noise, START } from '../../testing/detectors/rows.ts';

interface Plan {
  name: string;
  runs?: number;
  /** Relative range from run to run of FP32 and of bandwidth. */
  compute?: number;
  memory?: number;
}

function network(plans: readonly Plan[]) {
  return {
    accounts: plans.map(({ name }) => account(`owner-${name}`)),
    devices: plans.map(({ name }) => device(name, `owner-${name}`)),
    benchmarks: plans.flatMap(({ name, runs = 12, compute = 0.02, memory = 0.015 }, p) =>
      Array.from(
        { length: runs },
        (_, i): Row<'benchmarks'> =>
          benchmark(`${name}-${i}`, name, START + i * 10 * HOUR + p * 1_000, {
            fp32_tflops: 70 * (1 + compute * noise(p * 101 + i)),
            memory_bandwidth_gb_s: 940 * (1 + memory * noise(p * 103 + i + 9_000)),
          }),
      ),
    ),
  };
}

const strangers = (more: Partial<Plan> = {}): Plan[] =>
  Array.from({ length: 30 }, (_, i) => ({ name: `s${i}`, ...more }));
const written = { compute: 1e-5, memory: 1e-5 };

export const cases: DetectorCases = {
  fraud: [
    {
      name: 'figures of the data sheet in every run',
      tables: network([...strangers(), { name: 'a', ...written }]),
      expect: ['a:little-scatter', 'a:no-scatter'],
    },
    {
      name: 'in six runs',
      tables: network([...strangers(), { name: 'a', runs: 6, ...written }]),
      expect: ['a:little-scatter'],
    },
  ],
  honest: [
    // The clock stands still; the memory refreshes all the same.
    { name: 'locked-clock', tables: network([...strangers(), { name: 'a', compute: 1e-5 }]) },
    { name: 'coarse-meter', tables: network([...strangers(written), { name: 'a', ...written }]) },
    { name: 'steady-card', tables: network([...strangers(), { name: 'a', compute: 0.005, memory: 0.004 }]) },
  ],
  silent: [
    { name: 'five runs', tables: network([...strangers(), { name: 'a', runs: 5, ...written }]) },
    { name: 'few cards', tables: network([...strangers().slice(0, 10), { name: 'a', ...written }]) },
  ],
};
