import type { DetectorMeta } from '../../contracts/detector.ts';

export const meta: DetectorMeta = {
  title: 'Performance beyond what the card can do',
  states:
    'Three or more network-measured runs, and at least one in five, exceed the memory bus of the claimed model (1.06 of specification where memory can be overclocked, else 1.01) ' +
    'or all its SMs at their highest clock; or the runs end in less than a quarter of the time of the smallest job of any claimed model, counted in arithmetic, in traffic and in fillings of the memory alike. ' +
    'Silent with fewer than three runs or unknown models; the time limit needs five models.',
  family: 'benchmark',
  subject: 'device',
  links: false,
  needs: { devices: ['gpu_model'], benchmarks: ['measured_by'] },
  reads: ['features.benchmark_run', 'features.run_claim'],
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
