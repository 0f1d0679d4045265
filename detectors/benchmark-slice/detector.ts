import type { DetectorMeta } from '../../contracts/detector.ts';

export const meta: DetectorMeta = {
  title: 'Speed of a MIG slice under the name of the board',
  states:
    'Over four or more network-measured runs of a card claimed whole, of a model that MIG can cut: the upper quartiles of bandwidth and of the SMs that worked (FP32 over lanes and clock) both lie within 0.14 (log units) ' +
    'of one profile of that model, the middle half of the runs within 0.06, and bandwidth under 0.7 of the whole. Under the null a whole card reaches 0.82 to 0.97 of its own bandwidth; caps change clocks only, ' +
    'and shared work varies. Silent for models without MIG, for profiles within a tenth of the whole, and with fewer runs.',
  family: 'benchmark',
  subject: 'device',
  links: false,
  needs: {
    devices: ['gpu_model'],
    benchmarks: ['measured_by', 'sm_clock_mhz', 'fp32_tflops', 'memory_bandwidth_gb_s'],
  },
  reads: ['features.benchmark_card', 'features.benchmark_run', 'features.gpu_kind'],
  levels: {
    slice: {
      reason: 'benchmark-slice',
      says: 'Cores, speed and memory bandwidth are those of a slice of the board, not of the board.',
      forgeableBy: 'nobody',
    },
    'slice-in-disguise': {
      reason: 'benchmark-slice-in-disguise',
      says: 'The machine reports the whole board, and works with the cores and the bandwidth of a slice of it.',
      forgeableBy: 'nobody',
    },
  },
  lookAlikes: ['power-capped', 'owner-uses-card', 'honest-mig', 'failing-memory'],
  sources: [
    'NVIDIA MIG user guide: SMs and memory slices of each profile (fixtures/catalog/slices.csv)',
    'clpeak results (krrishnarraj/clpeak, Apache-2.0): bandwidth 0.85 to 0.95 of specification, FP32 0.90 to 1.10',
  ],
  appeal:
    'A benchmark with MIG switched off and the machine otherwise idle, at a time that the network picks.',
};
