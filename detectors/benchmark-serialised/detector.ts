import type { DetectorMeta } from '../../contracts/detector.ts';

export const meta: DetectorMeta = {
  title: 'Machines whose benchmarks stand in one queue',
  states:
    'Late runs begin just as a run of another device ends. Null: strangers’ ends fall at random; binomial tail. Sets tied so on half of the days are tested on the other by exchanges of waits. Silent below seven overlaps.',
  family: 'benchmark',
  subject: 'device',
  links: false,
  needs: { devices: ['gpu_model'], benchmarks: ['measured_by', 'requested_at'] },
  reads: ['features.benchmark_run'],
  params: {
    late_ms: { value: 5000, unit: 'ms', source: 'chosen: beyond network and set-up' },
    rush_ms: { value: 15000, unit: 'ms', source: 'chosen: a run of common length' },
    just_ms: { value: 2000, unit: 'ms', source: 'chosen: a queue goes on at once' },
    beside_ms: { value: 30000, unit: 'ms', source: 'chosen: a run of common length' },
    power: { value: 7, unit: 'requests', source: 'chosen: fewer cannot reach four nats by exchanges' },
    fewest: { value: 3, unit: 'machines', source: 'chosen: fewer are left to the count of coincidences' },
    largest: {
      value: 400,
      unit: 'machines',
      source: 'chosen: larger sets are a model’s whole fleet, tied by chance',
    },
    rare: {
      value: 0.02,
      unit: 'probability',
      source: 'chosen: two machines tied once are tied only where chance is smaller',
    },
    most_draws: {
      value: 99999,
      unit: 'permutations',
      source: 'Besag and Clifford 1991: p is never below 1 / (n + 1)',
    },
    longest_ms: { value: 600000, unit: 'ms', source: 'chosen: longer waits say no more' },
    deepest: { value: 20, unit: 'runs', source: 'chosen: no dispatcher lets more wait' },
    queue_nats: { value: 10, unit: 'nats', source: 'chosen: 1 in 20,000' },
    queue_runs: { value: 3, unit: 'runs', source: 'chosen: twice may be chance among many' },
    likely_nats: { value: 6, unit: 'nats', source: 'chosen: 1 in 400' },
    once_nats: { value: 3, unit: 'nats', source: 'chosen: 1 in 20' },
    shared_nats: { value: 4, unit: 'nats', source: 'chosen: p of 0.003' },
  },
  levels: {
    queue: {
      reason: 'benchmark-one-queue',
      facet: 'pairs',
      says: 'Three times or more a benchmark of this machine began only when that of another one had ended.',
      forgeableBy: 'nobody',
      sameCard: true,
    },
    'likely-queue': {
      reason: 'benchmark-likely-one-queue',
      facet: 'pairs',
      says: 'Twice a benchmark of this machine began only when that of another one had ended.',
      forgeableBy: 'nobody',
      sameCard: true,
    },
    'shared-queue': {
      reason: 'benchmark-shared-queue',
      facet: 'set',
      says: 'Its benchmarks began the later, the more machines of one set were being asked at the time.',
      forgeableBy: 'nobody',
      sameCard: true,
    },
    once: {
      reason: 'benchmark-queued-once',
      facet: 'pairs',
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
