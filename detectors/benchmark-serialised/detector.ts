import type { DetectorMeta } from '../../contracts/detector.ts';

export const meta: DetectorMeta = {
  title: 'Machines whose benchmarks stand in one queue',
  states:
    'A run is late when it begins more than five seconds beyond the machine’s own median delay after its challenge left the network. Counted are late runs that begin within two seconds of the end of a run ' +
    'of another device of the same claimed model which was under way during the wait. Under the null the ends of strangers’ runs fall at random, at the model’s rate; the binomial tail is bounded after ' +
    'Chernoff. Sets of machines tied so on one half of the days are tested on the other: log waits times the log work that one card would have had before it (Lindley), against exchanges of each machine’s waits between runs in ' +
    'the same rush of the network; p times the sets tested, at best 1/100,000 times them. Not judged: machines with fewer than seven requests beside another one of their model, and where the network does not record requested_at.',
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
      sameCard: true,
    },
    'likely-queue': {
      reason: 'benchmark-likely-one-queue',
      says: 'Twice a benchmark of this machine began only when that of another one had ended.',
      forgeableBy: 'nobody',
      sameCard: true,
    },
    'shared-queue': {
      reason: 'benchmark-shared-queue',
      says: 'Its benchmarks began the later, the more machines of one set were being asked at the time.',
      forgeableBy: 'nobody',
      sameCard: true,
    },
    once: {
      reason: 'benchmark-queued-once',
      says: 'Once a benchmark of this machine began only when that of another one had ended.',
      forgeableBy: 'nobody',
    },
  },
  lookAlikes: ['busy-owner', 'satellite-link', 'many-machines-at-once', 'network-rush'],
  sources: [
    'one card answers one memory-filling challenge at a time: requests in flight queue up',
    'Chernoff bound of the binomial tail: exp(−n·KL(k/n‖p))',
    'work before a request at one server: Lindley 1952; sequential Monte Carlo p-values: Besag and Clifford 1991',
    'p as evidence: −ln(−e p ln p), Sellke, Bayarri and Berger 2001',
  ],
  appeal: 'Both machines benchmarked at the same second, on request: two cards begin at once.',
};
