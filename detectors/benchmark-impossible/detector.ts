import type { DetectorMeta } from '../../contracts/detector.ts';

export const meta: DetectorMeta = {
  title: 'Performance beyond what the card can do',
  states:
    'Three network-measured runs or more, one in five at least, exceed the claimed model’s memory bus or SMs; or runs end in under a quarter of the smallest job’s time. Null: no card passes its limits. Silent for unknown models.',
  family: 'benchmark',
  subject: 'device',
  links: false,
  needs: { devices: ['gpu_model'], benchmarks: ['measured_by'] },
  reads: ['features.benchmark_run', 'features.run_claim'],
  params: {
    slice_reach: {
      value: 1.25,
      unit: 'share',
      source: 'chosen: idle channels of a neighbour are not fully walled off',
    },
    overclocked: {
      value: 1.06,
      unit: 'share',
      source: 'makers allow 15 % more memory clock, clpeak measures 0.92 of it',
    },
    bus_reach: { value: 1.01, unit: 'share', source: 'clpeak: no card above 0.95 of its bandwidth' },
    sms_reach: { value: 1.05, unit: 'share', source: 'chosen: boards that vendors made faster' },
    upper: { value: 0.75, unit: 'quantile', source: 'textbook: half of the runs lie between the quartiles' },
    least_runs: { value: 3, unit: 'runs', source: 'chosen: one bad reading proves nothing' },
    above_share: { value: 0.2, unit: 'share of runs', source: 'chosen: one bad reading proves nothing' },
    least_models: { value: 5, unit: 'models', source: 'chosen: fewer do not show the job' },
    job_share: { value: 0.25, unit: 'share', source: 'chosen: models differ by less in what they are given' },
  },
  levels: {
    'above-limit': {
      reason: 'benchmark-above-limit',
      says: 'Again and again the benchmarks exceed what the claimed model can physically reach.',
      forgeableBy: 'nobody',
    },
    'too-fast': {
      reason: 'benchmark-too-fast',
      says: 'The benchmarks end long before the work can be done at the speed they report.',
      forgeableBy: 'nobody',
    },
    'better-card': {
      reason: 'benchmark-better-card',
      says: 'The benchmarks show a larger card than the claimed one.',
      forgeableBy: 'nobody',
    },
  },
  lookAlikes: ['overclocked-memory', 'larger-variant', 'one-bad-reading', 'honest-mig', 'small-slice'],
  sources: [
    'vendor specifications of bandwidth, SMs and highest clocks: fixtures/catalog/README.md',
    'clpeak results (krrishnarraj/clpeak, Apache-2.0): no card above 0.95 of its bandwidth',
  ],
  appeal:
    'A repeated benchmark at a time that the network picks; the claimed model corrected where the card is a larger one.',
};
