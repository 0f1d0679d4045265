import type { DetectorMeta } from '../../contracts/detector.ts';

export const meta: DetectorMeta = {
  title: 'Machines that slow each other down',
  states:
    'A run falls when bandwidth and FP32 both lose five percent against the card’s best (85th percentile), within 0.05 of each other. For a fallen run the fallen runs of other devices beside it predict its share: ' +
    'the mean of 1/n, or one over the mean n, for n runs at once. A match is a fall within 0.03 of the prediction of some set of at most six. Under the null a card falls as often as it falls alone ' +
    '(shrunk to the network’s rate, at least 0.3 %), by any amount, whatever the schedule; nats are summed over matches and reduced by the sets and by the choice among its meetings. ' +
    'For the upper levels falls in company must outnumber falls alone. Silent with fewer than four runs of a card, three of them alone.',
  family: 'benchmark',
  subject: 'device',
  links: false,
  needs: { devices: ['gpu_model'], benchmarks: ['measured_by', 'fp32_tflops', 'memory_bandwidth_gb_s'] },
  reads: ['features.benchmark_run'],
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
