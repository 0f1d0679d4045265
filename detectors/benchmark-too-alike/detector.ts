import type { DetectorMeta } from '../../contracts/detector.ts';

export const meta: DetectorMeta = {
  title: 'Runs too alike to have been measured',
  states:
    'Interquartile ranges of log FP32 and log bandwidth over six runs or more, both under a tenth of the upper quartile of the fleet’s cards. Null: runs vary as elsewhere. Silent below twenty cards and with coarse meters.',
  family: 'benchmark',
  subject: 'device',
  links: false,
  needs: { devices: ['gpu_model'], benchmarks: ['measured_by', 'fp32_tflops', 'memory_bandwidth_gb_s'] },
  reads: ['features.benchmark_run'],
  params: {
    least_runs: { value: 6, unit: 'runs', source: 'chosen: quartiles of fewer are single runs' },
    many_runs: {
      value: 8,
      unit: 'runs',
      source: 'order statistics: eight normal draws come that close with p below 1e-5',
    },
    lower: { value: 0.25, unit: 'quantile', source: 'textbook: half of the runs lie between the quartiles' },
    upper: { value: 0.75, unit: 'quantile', source: 'textbook: half of the runs lie between the quartiles' },
    least_cards: { value: 20, unit: 'cards', source: 'chosen: fewer are no fleet' },
    coarse_compute: { value: 0.003, unit: 'log units', source: 'chosen: below it meters are coarse' },
    coarse_memory: { value: 0.002, unit: 'log units', source: 'chosen: below it meters are coarse' },
    still: { value: 0.1, unit: 'share', source: 'chosen: locked clocks leave more' },
  },
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
