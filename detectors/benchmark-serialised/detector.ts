import type { DetectorMeta } from '../../contracts/detector.ts';

export const meta: DetectorMeta = {
  title: 'Machines whose benchmarks stand in one queue',
  states:
    'A run is late when it begins more than five seconds beyond the machine’s own median delay after its challenge left the network. Counted are late runs that begin within two seconds of the end of a run ' +
    'of another device of the same claimed model which was under way during the wait. Under the null the ends of strangers’ runs fall at random, at the model’s rate; the binomial tail is bounded after ' +
    'Chernoff. Silent where challenges are never in flight together or the network does not record requested_at.',
  family: 'benchmark',
  subject: 'device',
  links: false,
  needs: { devices: ['gpu_model'], benchmarks: ['measured_by', 'requested_at'] },
  reads: ['features.benchmark_run'],
  levels: {
    queue: {
      reason: 'benchmark-one-queue',
      says: 'Three times or more a benchmark of this machine began only when that of another one had ended.',
      forgeableBy: 'nobody',
    },
    'likely-queue': {
      reason: 'benchmark-likely-one-queue',
      says: 'Twice a benchmark of this machine began only when that of another one had ended.',
      forgeableBy: 'nobody',
    },
    once: {
      reason: 'benchmark-queued-once',
      says: 'Once a benchmark of this machine began only when that of another one had ended.',
      forgeableBy: 'nobody',
    },
  },
  lookAlikes: ['busy-owner', 'satellite-link', 'many-machines-at-once'],
  sources: [
    'one card answers one memory-filling challenge at a time: requests in flight queue up',
    'Chernoff bound of the binomial tail: exp(−n·KL(k/n‖p))',
  ],
  appeal: 'Both machines benchmarked at the same second, on request: two cards begin at once.',
};
