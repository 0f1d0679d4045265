import type { DetectorMeta } from '../../contracts/detector.ts';

export const meta: DetectorMeta = {
  title: 'Benchmark figures that scatter as no silicon does',
  states:
    'Six or more network-measured runs of one card: the better half of FP32 per clock and of bandwidth scatters by more than 2.5 % (geometric mean), each on its own. ' +
    'Under the null one card, undisturbed, repeats both within about one percent; disturbances only lower runs, and the better half excludes them. ' +
    'Silent with fewer runs or without clock, FP32 and bandwidth.',
  family: 'benchmark',
  subject: 'device',
  links: false,
  needs: {
    devices: ['gpu_model'],
    benchmarks: ['measured_by', 'fp32_tflops', 'memory_bandwidth_gb_s', 'sm_clock_mhz'],
  },
  reads: ['features.benchmark_run'],
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
