import type { Row } from '../../contracts/dataset.ts';
import type { DetectorCases } from '../../contracts/detector.ts';
import { account, benchmark, device, HOUR, noise, START } from '../../testing/detectors/rows.ts';

const hex = (i: number) =>
  Math.floor(noise(i + 1) * 2 ** 32)
    .toString(16)
    .padStart(8, '0');
const digest = (i: number) => hex(i) + hex(i + 1_000_003);

interface Plan {
  name: string;
  /** Which of the pool's answers the i-th run gives. */
  answer: (i: number) => number;
  count?: number;
  from?: number;
  more?: (i: number) => Partial<Row<'benchmarks'>>;
}

function runs({ name, answer, count = 6, from = START, more }: Plan): Row<'benchmarks'>[] {
  const seed = name.length * 101 + name.charCodeAt(0);
  return Array.from({ length: count }, (_, i) =>
    benchmark(`${name}-${i}`, name, from + i * HOUR, {
      nonce: `nonce-${name}-${i}-${seed}`,
      digest: digest(answer(i)),
      ...more?.(i),
    }),
  );
}

function network(plans: readonly Plan[]) {
  return {
    accounts: plans.map(({ name }) => account(`owner-${name}`)),
    devices: plans.map(({ name }) => device(name, `owner-${name}`)),
    benchmarks: plans.flatMap(runs),
  };
}

const HONEST: Plan = { name: 'honest', answer: (i) => 9_000 + i };
const figures = (i: number) => ({
  fp32_tflops: Math.round(68_000 + 900 * noise(i)) / 1_000,
  fp16_tflops: Math.round(124_000 + 900 * noise(i + 50)) / 1_000,
  memory_bandwidth_gb_s: Math.round(9_400 + 90 * noise(i + 100)) / 10,
  sm_clock_mhz: 2_520,
});

export const cases: DetectorCases = {
  fraud: [
    {
      name: 'three answers played in turn',
      tables: network([HONEST, { name: 'player', answer: (i) => i % 3 }]),
      expect: ['player:digest', 'player:digest-once'],
    },
    {
      name: 'answers of a real card passed on to a machine without one: the later is named',
      tables: network([
        { name: 'source', answer: (i) => i },
        { name: 'echo', answer: (i) => i, from: START + HOUR / 2 },
        HONEST,
      ]),
      expect: ['echo:digest', 'echo:digest-once'],
    },
    {
      name: 'one answer twice',
      tables: network([HONEST, { name: 'player', answer: (i) => (i === 5 ? 0 : i) }]),
      expect: ['player:digest-once'],
    },
    {
      name: 'fresh digests over figures copied to the last digit',
      tables: network([
        { ...HONEST, more: (i) => figures(i + 40) },
        { name: 'copier', answer: (i) => i + 300, more: (i) => figures(i % 3) },
      ]),
      expect: ['copier:same-figures'],
    },
  ],
  honest: [
    {
      // The victim answered first.
      name: 'copied-by-another',
      tables: {
        ...network([HONEST]),
        benchmarks: runs(HONEST),
      },
    },
    {
      name: 'digest-without-nonce',
      tables: network(['a', 'bb', 'ccc', 'dddd'].map((name) => ({ name, answer: () => 7 }))),
    },
    {
      name: 'coarse-figures',
      tables: network([
        {
          ...HONEST,
          more: () => ({
            fp32_tflops: 68,
            fp16_tflops: 124,
            memory_bandwidth_gb_s: 940,
            sm_clock_mhz: 2_520,
          }),
        },
        {
          name: 'other',
          answer: (i) => i,
          more: () => ({
            fp32_tflops: 68,
            fp16_tflops: 124,
            memory_bandwidth_gb_s: 940,
            sm_clock_mhz: 2_520,
          }),
        },
      ]),
    },
    {
      name: 'retried-request',
      tables: {
        ...network([HONEST]),
        benchmarks: [
          ...runs(HONEST),
          benchmark('retry', 'honest', START + 9 * HOUR, {
            nonce: 'nonce-honest-5-710',
            digest: digest(9_005),
          }),
        ],
      },
    },
  ],
  silent: [
    { name: 'no digests', tables: network([{ ...HONEST, more: () => ({ digest: null }) }]) },
    {
      name: 'self-reported',
      tables: network([
        HONEST,
        { name: 'player', answer: () => 1, more: () => ({ measured_by: 'machine' }) },
      ]),
    },
    {
      name: 'digests too short to be one',
      tables: network([HONEST, { name: 'player', answer: () => 1, more: () => ({ digest: 'ok' }) }]),
    },
  ],
};
