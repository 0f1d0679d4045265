import type { DetectorMeta } from '../../contracts/detector.ts';

export const meta: DetectorMeta = {
  title: 'One piece of silicon under many names',
  states:
    'Cards whose median clock, arithmetic per clock and bandwidth stand at one place, more than chips that differ put there (scan, permutations). Each is named by its own log odds. Silent where the data do not show that silicon repeats.',
  family: 'benchmark',
  subject: 'device',
  links: false,
  needs: {
    devices: ['gpu_model'],
    benchmarks: ['measured_by', 'sm_clock_mhz', 'fp32_tflops', 'memory_bandwidth_gb_s'],
  },
  reads: [
    'features.benchmark_run',
    'features.card_claim',
    'features.full_speed',
    'raw.devices',
    'rollup.device_ip_day',
  ],
  params: {
    least_runs: {
      value: 4,
      unit: 'runs',
      source: 'chosen: the least for a median, its scatter, and odd and even days',
    },
    usual: {
      value: 0.75,
      unit: 'quantile',
      source: 'chosen: the usual figure of a card; disturbed runs lie below it',
    },
    calm_share: {
      value: 0.92,
      unit: 'share',
      source: 'chosen: renters, owners and neighbours lower a run by more than 8 %, noise does not',
    },
    longest_address: {
      value: 64,
      unit: 'characters',
      source: 'chosen: longer text is no address',
    },
    crowd: {
      value: 4,
      unit: 'cards',
      source: 'chosen: three cards may meet by chance',
    },
    crowd_times: {
      value: 4,
      unit: 'times',
      source: 'chosen: a crowd is four times what chance puts there',
    },
    nats: {
      value: 5,
      unit: 'nats',
      source: 'chosen: beyond the whole search',
    },
    odds: {
      value: 4,
      unit: 'log odds',
      source: 'chosen: of the card against a chip of its own',
    },
    p: {
      value: 0.002,
      unit: 'p-value',
      source: 'chosen: the least of 1,999 permutations is 0.0005',
    },
    likely_nats: {
      value: 2,
      unit: 'nats',
      source: 'chosen: beyond the whole search',
    },
    likely_odds: {
      value: 3,
      unit: 'log odds',
      source: 'chosen: of the card against a chip of its own',
    },
    likely_p: {
      value: 0.005,
      unit: 'p-value',
      source: 'chosen: the least of 1,999 permutations is 0.0005',
    },
    largest_group: {
      value: 1000,
      unit: 'cards',
      source: 'chosen: among thousands of chips a crowd stands everywhere',
    },
    sharp: {
      value: 4,
      unit: 'nats',
      source: 'chosen: two typical cards that match do so by chance e⁻⁴ of the time or less',
    },
  },
  levels: {
    'one-card': {
      reason: 'silicon-one-card',
      says: 'Its measured clock, arithmetic and bandwidth are those of one chip that also answers for the machines named.',
      forgeableBy: 'nobody',
      sameCard: true,
    },
    'likely-one-card': {
      reason: 'silicon-likely-one-card',
      says: 'Its measured clock, arithmetic and bandwidth are very likely those of a chip that also answers for the machines named.',
      forgeableBy: 'nobody',
      sameCard: true,
    },
    'first-holder': {
      reason: 'silicon-used-by-others',
      says: 'Machines that came later answer with a chip like this one.',
      forgeableBy: 'anyone',
    },
  },
  lookAlikes: ['rack-of-one-batch', 'second-hand-card', 'hired-out-card', 'coarse-meter', 'big-holder'],
  sources: [
    'scan statistic with a union bound over places: Naus 1965; Chernoff bound of the Poisson tail',
    'sequential Monte Carlo p-values: Besag and Clifford 1991',
    'slopes by Theil and Sen; standard error of a median 1.2533 σ/√n; MAD × 1.4826 (normal distribution)',
    'chips of one model differ by one to two percent in sustained clock: Sinha et al., "Not All GPUs Are Created Equal", SC 2022',
  ],
  appeal:
    'All machines named benchmarked in the same second, each filling its memory: cards of their own keep their speed.',
};
