import type { DetectorMeta } from '../../contracts/detector.ts';

export const meta: DetectorMeta = {
  title: 'Machines that slow each other down',
  states:
    'A run falls when bandwidth and FP32 both lose more than 18 % against the card’s own upper quartile, by nearly the same factor. Counted are runs that overlap in time with a fallen run of another ' +
    'device of the same claimed model, and how many of those fell too. Under the null they fall as often as the card’s other runs do (shrunk to the network’s rate, at least 1 %); the binomial tail is ' +
    'bounded after Chernoff. Silent with fewer than four runs of a card, or three alone.',
  family: 'benchmark',
  subject: 'device',
  links: false,
  needs: { devices: ['gpu_model'], benchmarks: ['measured_by', 'fp32_tflops', 'memory_bandwidth_gb_s'] },
  reads: ['features.benchmark_card', 'features.benchmark_run'],
  levels: {
    'one-card': {
      reason: 'benchmark-shared-card',
      says: 'Three times or more this machine lost speed exactly when another one was measured, and hardly ever otherwise.',
      forgeableBy: 'nobody',
    },
    'likely-one-card': {
      reason: 'benchmark-likely-shared-card',
      says: 'Twice this machine lost speed exactly when another one was measured, and hardly ever otherwise.',
      forgeableBy: 'nobody',
    },
    'met-once': {
      reason: 'benchmark-fell-together',
      says: 'Once this machine lost speed while another one was measured and lost speed too.',
      forgeableBy: 'nobody',
    },
  },
  lookAlikes: ['big-holder', 'owner-uses-card', 'hot-room', 'neighbour-of-a-fake'],
  sources: [
    'two jobs on one card share its SMs and its memory channels: throughput is conserved (slope of log throughput on log concurrency near −1)',
    'Chernoff bound of the binomial tail: exp(−n·KL(k/n‖p))',
  ],
  appeal: 'Both machines benchmarked at the same second, on request: two cards keep their speed.',
};
