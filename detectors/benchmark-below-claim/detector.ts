import type { DetectorMeta } from '../../contracts/detector.ts';

export const meta: DetectorMeta = {
  title: 'Measured performance of a lesser card',
  states:
    'Over three or more network-measured runs of a card, the best SM count and memory and the upper quartiles of bandwidth and FP32 are compared with the claimed model; power at full load where sensors show it. ' +
    'Under the null a card reaches 0.82 to 0.97 of its bandwidth, or less as often as this network’s meter shows of sound cards of other models (Laplace’s rule), and, at its own clock, 0.80 to 1.03 of its lanes; throttling lowers clocks only. ' +
    'Other models and MIG slices of the catalogue compete by log-likelihood; two metrics must prefer the same one for the strong level. Silent with fewer than three runs, unknown models or machine-measured runs.',
  family: 'benchmark',
  subject: 'device',
  links: false,
  needs: { devices: ['gpu_model'], benchmarks: ['measured_by'] },
  reads: [
    'features.benchmark_card',
    'features.benchmark_run',
    'features.card_claim',
    'features.gpu_kind',
    'features.telemetry_bins',
    'features.telemetry_card',
  ],
  levels: {
    'fewer-cores': {
      reason: 'benchmark-fewer-cores',
      says: 'In every benchmark the card showed fewer processor cores than the claimed model has.',
      forgeableBy: 'nobody',
      facet: 'cores',
    },
    'less-memory': {
      reason: 'benchmark-less-memory',
      says: 'No benchmark could fill three quarters of the memory that the claimed model has.',
      forgeableBy: 'nobody',
      facet: 'memory',
    },
    'other-card': {
      reason: 'benchmark-other-card',
      says: 'Two or more measurements fit another, lesser card far better than the claimed one.',
      forgeableBy: 'nobody',
      facet: 'throughput',
    },
    'less-bandwidth': {
      reason: 'benchmark-less-bandwidth',
      says: 'No benchmark reached three fifths of the memory bandwidth that the claimed model has.',
      forgeableBy: 'nobody',
      facet: 'throughput',
    },
    'maybe-other-card': {
      reason: 'benchmark-maybe-other-card',
      says: 'One measurement fits another, lesser card better than the claimed one.',
      forgeableBy: 'nobody',
      facet: 'throughput',
    },
    'memory-taken': {
      reason: 'benchmark-memory-taken',
      says: 'In many benchmarks a large part of the memory was taken by something else.',
      forgeableBy: 'nobody',
      facet: 'memory',
    },
  },
  lookAlikes: [
    'power-capped',
    'short-name',
    'slow-kernel',
    'laptop',
    'owner-uses-card',
    'honest-mig',
    'passthrough-vm',
    'missing-metrics',
  ],
  sources: [
    'clpeak results (krrishnarraj/clpeak, Apache-2.0; fixtures/benchmarks): upper quartile of bandwidth 0.82 to 0.95 of specification, two cards of twenty-six 0.66 and 0.73; FP32 0.90 to 1.17',
    'NVIDIA architecture white papers: FP32 lanes per SM; NVIDIA MIG user guide: SMs and memory of slices',
    'catalogue of models: fixtures/catalog/README.md',
  ],
  appeal:
    'A repeated benchmark at a time that the network picks, with the machine idle and the power limit at its default.',
};
