import type { Row } from '../../contracts/dataset.ts';
import type { DetectorCases } from '../../contracts/detector.ts';
import {
  account,
  beats,
  benchmark,
  device,
  HOUR,
  MINUTE,
  noise,
  START,
} from '../../testing/detectors/rows.ts';

type Figures = Partial<Row<'benchmarks'>>;

const CLAIM = 'NVIDIA GeForce RTX 4090';

/** What an RTX 4090 measures: 0.93 of its bandwidth, 0.83 of its lanes. */
const RTX_4090: Figures = {
  memory_total_mib: 24_564,
  sm_count: 128,
  sm_clock_mhz: 2_520,
  fp32_tflops: 68.4,
  fp16_tflops: 124,
  memory_bandwidth_gb_s: 940,
};
const A100_40_AS_80: Figures = {
  memory_total_mib: 81_920,
  sm_count: 108,
  sm_clock_mhz: 1_405,
  fp32_tflops: 17.5,
  fp16_tflops: 240,
  memory_bandwidth_gb_s: 1_420,
};

/** `count` runs, three hours apart, each metric with half a percent of noise. */
function runs(name: string, count: number, figures: (i: number) => Figures): Row<'benchmarks'>[] {
  return Array.from({ length: count }, (_, i) => {
    const row = benchmark(`${name}-${i}`, name, START + i * 3 * HOUR, figures(i));
    for (const key of ['fp32_tflops', 'fp16_tflops', 'memory_bandwidth_gb_s'] as const) {
      const value = row[key];
      if (typeof value === 'number') row[key] = value * (1 + 0.01 * (noise(i * 31 + key.length) - 0.5));
    }
    return row;
  });
}

/** One machine; where `watts` is given, six hours at full load under that limit. */
function one(gpu_model: string, count: number, figures: (i: number) => Figures, watts?: number) {
  const sensors = (i: number) => ({
    status: 'busy',
    utilization_gpu_pct: 98 + (i % 3),
    power_draw_w: (watts ?? 0) * (1 - 0.05 * noise(i)),
    temperature_gpu_c: 60 + 5 * noise(i + 100),
  });
  const heartbeats =
    watts === undefined
      ? []
      : beats({
          device_id: 'box',
          ip: '198.51.100.7',
          to: START + 6 * HOUR,
          every: 5 * MINUTE,
          row: sensors,
        });
  return {
    accounts: [account('owner')],
    devices: [device('box', 'owner', { gpu_model })],
    benchmarks: runs('box', count, figures),
    heartbeats,
  };
}

/**
 * The same beside 400 strangers whose cards all reach nine tenths of their bandwidth: so the meter does not
 * fall short.
 */
function among(tables: ReturnType<typeof one>) {
  const names = Array.from({ length: 400 }, (_, i) => `stranger-${i}`);
  return {
    ...tables,
    accounts: [...tables.accounts, account('many')],
    devices: [...tables.devices, ...names.map((name) => device(name, 'many', { gpu_model: CLAIM }))],
    benchmarks: [...tables.benchmarks, ...names.flatMap((name) => runs(name, 3, () => RTX_4090))],
  };
}

const levels = (...names: string[]): string[] => names.map((name) => `box:${name}`);

export const cases: DetectorCases = {
  fraud: [
    {
      name: 'a 4060 under the name of a 4080',
      tables: one('NVIDIA GeForce RTX 4080', 4, () => ({
        memory_total_mib: 16_376,
        sm_count: 24,
        sm_clock_mhz: 2_450,
        fp32_tflops: 14,
        fp16_tflops: 22.8,
        memory_bandwidth_gb_s: 245,
      })),
      expect: levels('fewer-cores', 'less-bandwidth', 'maybe-other-card', 'other-card'),
    },
    {
      name: 'a slice whose compute figures were made up',
      tables: one(CLAIM, 5, () => ({ ...RTX_4090, memory_bandwidth_gb_s: 250 })),
      expect: ['box:less-bandwidth'],
    },
    {
      name: 'half of a 4090 sold as a whole',
      tables: one(CLAIM, 6, () => ({ ...RTX_4090, memory_total_mib: 12_282 })),
      expect: ['box:less-memory'],
    },
    {
      name: 'a 3090 Ti that lies about its SMs and its memory, not about its speed',
      tables: one(CLAIM, 6, () => ({
        memory_total_mib: 24_564,
        sm_count: 128,
        sm_clock_mhz: 1_860,
        fp32_tflops: 34.5,
        fp16_tflops: 62,
        memory_bandwidth_gb_s: 915,
      })),
      expect: levels('maybe-other-card', 'other-card'),
    },
    {
      name: 'an A100 PCIe that shows 80 GB under the name of an SXM4, never above 250 W',
      tables: among(one('NVIDIA A100-SXM4-80GB', 6, () => A100_40_AS_80, 248)),
      expect: levels('maybe-other-card', 'other-card'),
    },
    {
      name: 'an A100 40GB that shows 80 GB, its sensors silent',
      tables: among(one('NVIDIA A100-SXM4-80GB', 6, () => A100_40_AS_80)),
      expect: ['box:maybe-other-card'],
    },
    {
      name: 'a whole card by day, half of one whenever the neighbour is there',
      tables: one(CLAIM, 10, (i) => ({ ...RTX_4090, memory_total_mib: i % 2 === 0 ? 24_564 : 6_141 })),
      expect: ['box:memory-taken'],
    },
    {
      name: 'the claim in another spelling, the second of two cards lesser',
      tables: {
        accounts: [account('owner')],
        devices: [device('box', 'owner', { gpu_model: '  geforce  rtx 4090', gpu_count: 2 })],
        benchmarks: [
          ...runs('box', 3, () => RTX_4090),
          ...runs('box', 3, () => ({
            ...RTX_4090,
            sm_count: 24,
            gpu_index: 1,
            fp32_tflops: 14,
            memory_bandwidth_gb_s: 245,
          })).map((row, i) => ({ ...row, benchmark_id: `second-${i}` })),
        ],
      },
      expect: levels('fewer-cores', 'less-bandwidth', 'maybe-other-card', 'other-card'),
    },
    {
      name: 'a 1060 under the name of several A100',
      tables: one('A100 SXM4', 4, () => ({
        memory_total_mib: 6_144,
        sm_count: 10,
        sm_clock_mhz: 1_900,
        fp32_tflops: 4.3,
        fp16_tflops: 0.07,
        memory_bandwidth_gb_s: 178,
      })),
      expect: levels('fewer-cores', 'less-bandwidth', 'less-memory', 'maybe-other-card', 'other-card'),
    },
    {
      name: 'a 2080 Ti whose cores and memory were made up, under a name of Turing and Ada',
      tables: one('RTX 6000', 6, () => ({
        memory_total_mib: 24_576,
        sm_count: 72,
        sm_clock_mhz: 1_700,
        fp32_tflops: 7.2,
        fp16_tflops: 51,
        memory_bandwidth_gb_s: 420,
      })),
      expect: levels('maybe-other-card', 'other-card'),
    },
  ],
  honest: [
    ...(
      [
        ['A100 SXM4', 40_960, 108, 1_410, 17.5, 240, 1_420],
        ['a100-sxm', 81_920, 108, 1_410, 17.5, 240, 1_860],
        ['H100', 81_559, 114, 1_755, 46, 620, 1_850],
        ['H100', 81_559, 132, 1_980, 60, 800, 3_050],
        ['RTX 6000', 24_576, 72, 1_770, 14.6, 110, 610],
        ['RTX_6000', 49_140, 142, 2_505, 80, 300, 880],
      ] as const
    ).map(
      ([
        name,
        memory_total_mib,
        sm_count,
        sm_clock_mhz,
        fp32_tflops,
        fp16_tflops,
        memory_bandwidth_gb_s,
      ]) => ({
        name:
          memory_total_mib === 40_960 ? 'short-name' : `${name} for a card of ${memory_bandwidth_gb_s} GB/s`,
        tables: among(
          one(name, 6, () => ({
            memory_total_mib,
            sm_count,
            sm_clock_mhz,
            fp32_tflops,
            fp16_tflops,
            memory_bandwidth_gb_s,
          })),
        ),
      }),
    ),
    {
      name: 'power-capped',
      tables: one(CLAIM, 8, () => ({ ...RTX_4090, sm_clock_mhz: 1_300, fp32_tflops: 35.3, fp16_tflops: 66 })),
    },
    {
      name: 'power-capped, its sensors heard',
      tables: among(one(CLAIM, 8, () => ({ ...RTX_4090, sm_clock_mhz: 2_300, fp32_tflops: 62 }), 300)),
    },
    {
      name: 'slow-kernel',
      tables: one('NVIDIA GeForce GTX 1080', 8, () => ({ fp32_tflops: 9, memory_bandwidth_gb_s: 230 })),
    },
    {
      name: 'laptop',
      tables: one('NVIDIA GeForce RTX 3060 Laptop GPU', 8, () => ({
        memory_total_mib: 6_144,
        sm_count: 30,
        sm_clock_mhz: 1_100,
        fp32_tflops: 7.4,
        fp16_tflops: 13,
        memory_bandwidth_gb_s: 270,
      })),
    },
    {
      name: 'owner-uses-card',
      tables: one(CLAIM, 9, (i) =>
        i % 3 === 2
          ? RTX_4090
          : { ...RTX_4090, fp32_tflops: 30, fp16_tflops: 50, memory_bandwidth_gb_s: 500 },
      ),
    },
    {
      name: 'slow-start',
      // Every run is the first after a start: half of the speed, in the balance of the card.
      tables: among(
        one(CLAIM, 6, () => ({
          ...RTX_4090,
          fp32_tflops: 34.2,
          fp16_tflops: 62,
          memory_bandwidth_gb_s: 470,
        })),
      ),
    },
    {
      name: 'honest-mig',
      tables: one('NVIDIA A100-SXM4-80GB MIG 1g.10gb', 6, () => ({
        memory_total_mib: 9_728,
        sm_count: 14,
        sm_clock_mhz: 1_257,
        fp32_tflops: 2.4,
        fp16_tflops: 34.9,
        memory_bandwidth_gb_s: 220,
      })),
    },
    {
      name: 'passthrough-vm',
      tables: {
        ...one(CLAIM, 6, () => ({ ...RTX_4090, memory_bandwidth_gb_s: 880, pcie_gb_s: 3 })),
        devices: [device('box', 'owner', { hypervisor: 'kvm' })],
      },
    },
    {
      name: 'missing-metrics',
      tables: one(CLAIM, 6, () => ({ memory_bandwidth_gb_s: 940, fp32_tflops: 68 })),
    },
  ],
  silent: [
    { name: 'two runs', tables: one(CLAIM, 2, () => ({ ...RTX_4090, sm_count: 24 })) },
    {
      name: 'measured by the machine itself',
      tables: one(CLAIM, 6, () => ({ ...RTX_4090, sm_count: 24, measured_by: 'machine' })),
    },
    {
      name: 'a model that the catalogue does not know',
      tables: one('Some Future GPU', 6, () => ({ ...RTX_4090, sm_count: 24 })),
    },
    {
      name: 'absurd figures',
      tables: one(CLAIM, 6, () => ({
        memory_total_mib: 17_592_186_044_134,
        sm_count: -3,
        fp32_tflops: -1,
        memory_bandwidth_gb_s: 0,
        sm_clock_mhz: 1e12,
      })),
    },
  ],
};
