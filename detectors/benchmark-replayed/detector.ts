import type { DetectorMeta } from '../../contracts/detector.ts';

export const meta: DetectorMeta = {
  title: 'Benchmark answers used before',
  states:
    'A run carries a digest that answered another nonce before, or figures equal to the last of eight free digits. Null: a digest belongs to one nonce. Only the later run counts. Silent where answers do not depend on nonces.',
  family: 'benchmark',
  subject: 'device',
  links: true,
  needs: { devices: ['gpu_model'], benchmarks: ['measured_by', 'nonce', 'digest'] },
  reads: ['features.benchmark_run'],
  params: {
    digest_length: {
      value: 16,
      unit: 'characters',
      source: 'chosen: 64 bits in hexadecimal, shorter ones may agree by chance',
    },
    free_digits: { value: 8, unit: 'digits', source: 'chosen: agree by chance once in 1e8' },
    habit_runs: { value: 3, unit: 'runs', source: 'chosen: fewer show no habit' },
    fresh_share: {
      value: 0.05,
      unit: 'share of accounts',
      source: 'chosen: nineteen fakes in twenty cannot silence it',
    },
    many_repeats: { value: 3, unit: 'runs', source: 'chosen: a recording, not an accident' },
  },
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
