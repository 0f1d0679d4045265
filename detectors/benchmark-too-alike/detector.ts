import type { DetectorMeta } from '../../contracts/detector.ts';

export const meta: DetectorMeta = {
  title: 'Runs too alike to have been measured',
  states:
    'The interquartile ranges, over six or more network-measured runs of a card, of log FP32 and log bandwidth, against the upper quartile of these ranges over the fleet. Named are cards with both under a tenth of it. ' +
    'Under the null runs of a card vary as runs of cards do; eight runs of a normal distribution come that close with a chance below 10⁻⁵ in each metric. ' +
    'Silent below twenty cards, and where the fleet itself hardly varies (0.3 % of FP32, 0.2 % of bandwidth): coarse meters and locked clocks.',
  family: 'benchmark',
  subject: 'device',
  links: false,
  needs: { devices: ['gpu_model'], benchmarks: ['measured_by', 'fp32_tflops', 'memory_bandwidth_gb_s'] },
  reads: ['features.benchmark_run'],
  levels: {
    'no-scatter': {
      reason: 'benchmark-no-scatter',
      says: 'Its benchmark results hardly differ from run to run, as measured results always do.',
      forgeableBy: 'nobody',
    },
    'little-scatter': {
      reason: 'benchmark-little-scatter',
      says: 'Its few benchmark results differ less than measured results do.',
      forgeableBy: 'nobody',
    },
  },
  lookAlikes: ['locked-clock', 'coarse-meter', 'steady-card'],
  sources: [
    'order statistics of the normal distribution: the interquartile range of eight draws under a tenth of its expectation',
  ],
  appeal: 'Five benchmarks in a row at a time that the network picks.',
};
