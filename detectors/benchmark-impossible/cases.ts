import type { Row } from '../../contracts/dataset.ts';
import type { DetectorCases } from '../../contracts/detector.ts';
import { account, benchmark, device, HOUR, START } from '../../testing/detectors/rows.ts';

type Figures = Partial<Row<'benchmarks'>>;

function runs(name: string, count: number, figures: (i: number) => Figures): Row<'benchmarks'>[] {
  return Array.from({ length: count }, (_, i) =>
    benchmark(`${name}-${i}`, name, START + i * HOUR, figures(i)),
  );
}

function one(gpu_model: string, count: number, figures: (i: number) => Figures) {
  return {
    accounts: [account('owner')],
    devices: [device('box', 'owner', { gpu_model })],
    benchmarks: runs('box', count, figures),
  };
}

const CLAIM = 'NVIDIA GeForce RTX 4090';

/** Honest machines of six models: name, FP32, bandwidth, memory, seconds of a run. */
const PEERS: [string, number, number, number, number][] = [
  ['Tesla T4', 7, 283, 15_360, 93],
  ['NVIDIA GeForce RTX 3060', 10.7, 331, 12_288, 66],
  ['NVIDIA GeForce RTX 3090', 30, 813, 24_576, 29],
  ['NVIDIA GeForce RTX 4070', 25, 455, 12_282, 36],
  ['NVIDIA A100-SXM4-40GB', 18, 1_386, 40_960, 37],
  ['NVIDIA L40S', 80, 754, 46_068, 18.4],
];
const RTX_4090: Figures = { fp32_tflops: 68, memory_bandwidth_gb_s: 940, memory_total_mib: 24_564 };

/** The suspect among peers and two honest machines of its own model. */
function fleet(gpu_model: string, honest: Figures, usual: number, box: Figures, seconds: number) {
  const peer = (name: string, figures: Figures, time: number) =>
    runs(name, 4, (k) => ({ ...figures, finished_at: START + k * HOUR + time * 1_000 }));
  return {
    accounts: [account('owner')],
    devices: [
      ...PEERS.map(([model], i) => device(`peer-${i}`, 'owner', { gpu_model: model })),
      ...['twin-1', 'twin-2', 'box'].map((name) => device(name, 'owner', { gpu_model })),
    ],
    benchmarks: [
      ...PEERS.flatMap(([, fp32_tflops, memory_bandwidth_gb_s, memory_total_mib, time], i) =>
        peer(`peer-${i}`, { fp32_tflops, memory_bandwidth_gb_s, memory_total_mib }, time),
      ),
      ...peer('twin-1', honest, usual),
      ...peer('twin-2', honest, usual),
      ...peer('box', box, seconds),
    ],
  };
}

export const cases: DetectorCases = {
  fraud: [
    {
      name: 'more bandwidth than the bus carries',
      tables: one(CLAIM, 5, (i) => ({ fp32_tflops: 60, memory_bandwidth_gb_s: 1_250 + i * 30 })),
      expect: ['box:above-limit'],
    },
    {
      name: 'a T4 at the full specification of its bus, which no run reaches',
      tables: one('Tesla T4', 6, (i) => ({ fp32_tflops: 7, memory_bandwidth_gb_s: i < 3 ? 330 : 290 })),
      expect: ['box:above-limit'],
    },
    {
      name: 'a job of twenty seconds answered in one',
      tables: fleet(CLAIM, RTX_4090, 19, { ...RTX_4090, fp32_tflops: 60 }, 1),
      expect: ['box:too-fast'],
    },
    {
      name: 'a 4090 registered as a 3060',
      tables: one('NVIDIA GeForce RTX 3060', 4, () => ({
        sm_count: 128,
        fp32_tflops: 68,
        memory_bandwidth_gb_s: 940,
      })),
      expect: ['box:better-card'],
    },
  ],
  honest: [
    {
      name: 'overclocked-memory',
      tables: one(CLAIM, 6, () => ({ fp32_tflops: 86, memory_bandwidth_gb_s: 1_060, sm_clock_mhz: 2_900 })),
    },
    {
      name: 'larger-variant',
      tables: one('NVIDIA GeForce RTX 3080', 6, () => ({
        sm_count: 70,
        fp32_tflops: 29,
        memory_bandwidth_gb_s: 850,
      })),
    },
    {
      name: 'one-bad-reading',
      tables: one(CLAIM, 6, (i) => ({
        fp32_tflops: i === 2 ? 6_800 : 68,
        memory_bandwidth_gb_s: i === 4 ? 9_400 : 940,
      })),
    },
    {
      name: 'honest-mig',
      tables: one('NVIDIA H100 80GB HBM3 MIG 1g.10gb', 5, () => ({
        sm_count: 16,
        fp32_tflops: 8.2,
        memory_bandwidth_gb_s: 440,
      })),
    },
    {
      name: 'small-slice',
      tables: fleet(
        'NVIDIA A100-SXM4-40GB MIG 1g.5gb',
        { fp32_tflops: 2.4, memory_bandwidth_gb_s: 180, memory_total_mib: 4_864 },
        12,
        { fp32_tflops: 2.4, memory_bandwidth_gb_s: 180, memory_total_mib: 4_864 },
        10,
      ),
    },
  ],
  silent: [
    {
      name: 'too fast, but all machines of one model are',
      tables: fleet(CLAIM, RTX_4090, 2, RTX_4090, 2),
    },
    { name: 'two runs', tables: one(CLAIM, 2, () => ({ memory_bandwidth_gb_s: 3_000 })) },
    {
      name: 'self-reported',
      tables: one(CLAIM, 5, () => ({ memory_bandwidth_gb_s: 3_000, measured_by: 'machine' })),
    },
    { name: 'unknown model', tables: one('Quantum 9000', 5, () => ({ memory_bandwidth_gb_s: 3_000 })) },
    {
      name: 'too few models to know the job',
      tables: one(CLAIM, 4, (i) => ({ fp32_tflops: 60, finished_at: START + i * HOUR + 2_000 })),
    },
  ],
};
