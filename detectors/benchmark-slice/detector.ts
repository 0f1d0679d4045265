import type { DetectorMeta } from '../../contracts/detector.ts';

export const meta: DetectorMeta = {
  title: 'Speed of a MIG slice under the name of the board',
  states:
    'Over four runs or more of a card claimed whole, upper quartiles of bandwidth and working SMs both lie at one MIG profile of that model, steadily. Null: a whole card reaches 0.82 of its bandwidth. Silent without MIG.',
  family: 'benchmark',
  subject: 'device',
  links: false,
  needs: {
    devices: ['gpu_model'],
    benchmarks: ['measured_by', 'sm_clock_mhz', 'fp32_tflops', 'memory_bandwidth_gb_s'],
  },
  reads: ['features.benchmark_card', 'features.benchmark_run', 'features.gpu_kind'],
  params: {
    least_runs: { value: 4, unit: 'runs', source: 'chosen: quartiles of fewer are single runs' },
    lower: { value: 0.25, unit: 'quantile', source: 'textbook: half of the runs lie between the quartiles' },
    upper: { value: 0.75, unit: 'quantile', source: 'textbook: half of the runs lie between the quartiles' },
    most_spread: {
      value: 0.06,
      unit: 'log units',
      source: 'clpeak: runs of one card agree within 0.01; shared work varies more',
    },
    bandwidth_middle: {
      value: 0.11,
      unit: 'log units',
      source: 'clpeak: cards reach 0.82 to 0.97 of their bandwidth; the middle',
    },
    lanes_middle: {
      value: 0.09,
      unit: 'log units',
      source: 'clpeak: cards reach 0.80 to 1.03 of their lanes; the middle',
    },
    whole_sms: {
      value: 0.9,
      unit: 'share',
      source: 'chosen: a profile beyond it cannot be told from the whole',
    },
    whole_bandwidth: { value: 0.7, unit: 'share', source: 'chosen: below what any whole card reaches' },
    most_off: { value: 0.14, unit: 'log units', source: 'clpeak: half of the widest range of a card' },
  },
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
