import type { DetectorMeta } from '../../contracts/detector.ts';

export const meta: DetectorMeta = {
  title: 'One piece of silicon under many names',
  states:
    'Of each card with four undisturbed network-measured runs or more: the medians of clock, FP32 and FP16 per clock and bandwidth, in standard deviations between chips of its model, with their errors. ' +
    'Within one account, address block, host type or model, a scan counts cards within the error of one place. Chance is the larger of the smooth spread of chips and of what the shell around the place holds; ' +
    'the count’s nats are reduced by the number of places and groups searched, and a sequential permutation repeats the search on chips drawn from all models. Each card is named by its own log odds. ' +
    'Silent where even and odd days, or the ratio of noise to spread, do not show that silicon repeats (4 nats for two typical cards), with fewer than eight different cards of every model, in groups over 1,000 cards, and where the cards were not there in the same days.',
  family: 'benchmark',
  subject: 'device',
  links: false,
  needs: {
    devices: ['gpu_model'],
    benchmarks: ['measured_by', 'sm_clock_mhz', 'fp32_tflops', 'memory_bandwidth_gb_s'],
  },
  reads: ['features.benchmark_run', 'features.card_claim', 'raw.devices', 'rollup.device_ip_day'],
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
