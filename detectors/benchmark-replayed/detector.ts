import type { DetectorMeta } from '../../contracts/detector.ts';

export const meta: DetectorMeta = {
  title: 'Benchmark answers used before',
  states:
    'A network-measured run carries a digest (16 characters or more) that an earlier run answered to another nonce, or figures that agree with an earlier run in every digit, eight of them free. ' +
    'Under the null a digest belongs to one nonce, and eight free digits agree by chance once in 10⁸. Only the later run counts. ' +
    'Silent where answers do not depend on nonces: fewer than one account in twenty has all its answers different.',
  family: 'benchmark',
  subject: 'device',
  links: true,
  needs: { devices: ['gpu_model'], benchmarks: ['measured_by', 'nonce', 'digest'] },
  reads: ['features.benchmark_run'],
  levels: {
    digest: {
      reason: 'benchmark-answers-replayed',
      says: 'Three or more benchmark answers of this machine had been given before to other questions.',
      forgeableBy: 'nobody',
      sameCard: true,
    },
    'digest-once': {
      reason: 'benchmark-answer-replayed',
      says: 'A benchmark answer of this machine had been given before to another question.',
      forgeableBy: 'nobody',
    },
    'same-figures': {
      reason: 'benchmark-figures-repeated',
      says: 'Benchmark results of this machine repeat earlier ones to the last digit.',
      forgeableBy: 'nobody',
    },
  },
  lookAlikes: ['copied-by-another', 'digest-without-nonce', 'coarse-figures', 'retried-request'],
  sources: [
    'challenge and response: a digest over a fresh nonce answers that nonce only',
    'eight free decimal digits: two leading digits of each metric follow from the model, the rest varies by half a percent from run to run',
  ],
  appeal: 'A benchmark with a new nonce, answered on request.',
};
