import type { DetectorMeta } from '../../contracts/detector.ts';

export const meta: DetectorMeta = {
  title: 'Machines that slow each other down',
  states:
    'A run falls by just the share that fallen runs beside it predict, against how often this card falls alone, by any amount. Null: the schedules of others do not matter. Silent below four runs, three of them alone.',
  family: 'benchmark',
  subject: 'device',
  links: false,
  needs: { devices: ['gpu_model'], benchmarks: ['measured_by', 'fp32_tflops', 'memory_bandwidth_gb_s'] },
  reads: ['features.benchmark_run', 'features.full_speed'],
  params: {
    best: { value: 0.85, unit: 'quantile', source: 'chosen: the card undisturbed' },
    least_fall: { value: 0.05, unit: 'log units', source: 'clpeak: runs of one card agree within 0.01' },
    most_apart: {
      value: 0.05,
      unit: 'log units',
      source: 'chosen: shared time takes the same share of both metrics',
    },
    least_runs: { value: 4, unit: 'runs', source: 'chosen: fewer do not show the best' },
    tolerance: {
      value: 0.03,
      unit: 'log units',
      source: 'chosen: noise of two runs; what falls by chance lies anywhere within one',
    },
    most_partners: { value: 6, unit: 'runs', source: 'chosen: 64 sets to try' },
    most_beside: {
      value: 64,
      unit: 'runs',
      source: 'chosen: kept beside one run before the nearest are chosen',
    },
    longest_ms: { value: 900000, unit: 'ms', source: 'chosen: a longer run is not looked back for' },
    least_overlap: {
      value: 0.05,
      unit: 'share of the run',
      source: 'chosen: less moves no metric by the tolerance',
    },
    habit_runs: { value: 10, unit: 'runs', source: 'chosen: weight of the network’s habit in a card’s rate' },
    least_rate: { value: 0.003, unit: 'share', source: 'chosen: no card falls alone more rarely' },
    least_alone: { value: 3, unit: 'runs', source: 'chosen: fewer show no habit' },
    card_nats: { value: 13, unit: 'nats', source: 'chosen: 1 in 400,000, for fleets of that size' },
    likely_nats: { value: 6, unit: 'nats', source: 'chosen: 1 in 400' },
    once_nats: { value: 4, unit: 'nats', source: 'chosen: 1 in 50' },
  },
  levels: {
    'one-card': {
      reason: 'benchmark-shared-card',
      says: 'Again and again this machine lost just the speed that another one took while both were measured.',
      forgeableBy: 'nobody',
      sameCard: true,
    },
    'likely-one-card': {
      reason: 'benchmark-likely-shared-card',
      says: 'This machine lost just the speed that another one took while both were measured, and hardly ever otherwise.',
      forgeableBy: 'nobody',
      sameCard: true,
    },
    'met-once': {
      reason: 'benchmark-fell-together',
      says: 'Once this machine lost speed while another one was measured and lost speed too.',
      forgeableBy: 'nobody',
    },
  },
  lookAlikes: ['big-holder', 'owner-uses-card', 'hot-room', 'same-nightly-job', 'neighbour-of-a-fake'],
  sources: [
    'two jobs on one card share its SMs and its memory channels: throughput is conserved (slope of log throughput on log concurrency near −1)',
    'round-robin time slices between contexts of one card (NVIDIA CUDA documentation, compute preemption): processor sharing gives each of n jobs one nth',
    'union bound over sets of partners and over meetings',
  ],
  appeal: 'Both machines benchmarked at the same second, on request: two cards keep their speed.',
};
