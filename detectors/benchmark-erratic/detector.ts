import type { DetectorMeta } from '../../contracts/detector.ts';

export const meta: DetectorMeta = {
  title: 'Benchmark figures that scatter as no silicon does',
  states:
    'Six network-measured runs or more of one card: FP32 per clock and bandwidth of the better half scatter by more than 2.5 %, each on its own. Null: one card repeats both within about one percent. Silent with fewer runs.',
  family: 'benchmark',
  subject: 'device',
  links: false,
  needs: {
    devices: ['gpu_model'],
    benchmarks: ['measured_by', 'fp32_tflops', 'memory_bandwidth_gb_s', 'sm_clock_mhz'],
  },
  reads: ['features.benchmark_run'],
  params: {
    least_runs: { value: 6, unit: 'runs', source: 'chosen: quantiles of fewer are single runs' },
    many_runs: { value: 10, unit: 'runs', source: 'chosen: the spread of ten runs is known within a third' },
    low: { value: 0.6, unit: 'quantile', source: 'chosen: the better half, what disturbs a run lowers it' },
    high: { value: 0.92, unit: 'quantile', source: 'chosen: without the single best run of twelve' },
    deviations: {
      value: 1.15,
      unit: 'standard deviations',
      source: 'normal distribution between its 60th and 92nd percentile',
    },
    uneven: {
      value: 0.025,
      unit: 'log units',
      source: 'clpeak: repeated runs of one card agree within about 0.01',
    },
    erratic: {
      value: 0.03,
      unit: 'log units',
      source: 'clpeak: repeated runs of one card agree within about 0.01',
    },
    least_compute: { value: 0.02, unit: 'log units', source: 'chosen: both metrics must scatter' },
    least_bandwidth: { value: 0.012, unit: 'log units', source: 'chosen: both metrics must scatter' },
  },
  levels: {
    erratic: {
      reason: 'benchmark-erratic',
      says: 'The benchmark results jump from run to run in a way that one real card cannot.',
      forgeableBy: 'nobody',
    },
    uneven: {
      reason: 'benchmark-uneven',
      says: 'The benchmark results vary more from run to run than one card usually does.',
      forgeableBy: 'nobody',
    },
  },
  lookAlikes: ['owner-uses-card', 'power-capped', 'memory-clock-changed'],
  sources: [
    'clpeak results (krrishnarraj/clpeak, Apache-2.0): repeated runs of one card agree within about one percent',
    'normal quantiles: 1.15 standard deviations between the 60th and 92nd percentile',
  ],
  appeal: 'Five benchmarks in a row at a time that the network picks.',
};
