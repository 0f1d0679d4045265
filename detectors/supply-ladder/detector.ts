/** Where the cards of a model are lost on the way from claim to proof. */
import type { DetectorMeta } from '../../contracts/detector.ts';

export const meta: DetectorMeta = {
  title: 'A model that falls off the supply ladder',
  states:
    'Per model, accounts whose machines all fail a step: heard, answering, benchmarked, rented. Null: accounts fail as often as those of other models (for renting: benchmarked machines of the same model). Binomial tail, Bonferroni. Silent for few accounts.',
  family: 'report',
  subject: 'network',
  links: false,
  needs: { devices: ['gpu_model'], heartbeats: ['received_at'] },
  reads: ['raw.benchmarks', 'raw.devices', 'raw.rentals', 'rollup.device_day', 'rollup.ping_day'],
  params: {
    most_cards: {
      value: 1000,
      unit: 'cards a machine',
      source: 'chosen: a listing beyond that is no machine',
    },
    least_probes: { value: 20, unit: 'probes', source: 'chosen: 20 probes lost by chance are none' },
    least_days: {
      value: 3,
      unit: 'days heard',
      source: 'chosen: a benchmark or a customer may take days to come',
    },
    least_rate: { value: 0.02, unit: 'share', source: 'chosen: no step is taken by everybody' },
    least_others: { value: 20, unit: 'accounts', source: 'chosen: fewer set no rate' },
    least_accounts: { value: 5, unit: 'accounts', source: 'chosen: fewer are persons, not a model' },
    alpha: {
      value: 0.001,
      unit: 'probability',
      source: 'chosen: false names once in a thousand, after Bonferroni',
    },
  },
  levels: {
    'not-heard': {
      reason: 'supply-claimed-not-heard',
      says: 'Far more machines of this model than of others are registered and never sent a heartbeat.',
      forgeableBy: 'nobody',
    },
    'not-answering': {
      reason: 'supply-heard-not-answering',
      says: 'Far more machines of this model than of others send heartbeats and never answer a probe.',
      forgeableBy: 'nobody',
    },
    'not-benchmarked': {
      reason: 'supply-not-benchmarked',
      says: 'Far more machines of this model than of others have never completed a benchmark of the network.',
      forgeableBy: 'nobody',
    },
    'not-rented': {
      reason: 'supply-not-rented',
      says: 'Machines of this model that were never benchmarked are not rented either, while benchmarked ones of the same model are.',
      forgeableBy: 'nobody',
    },
  },
  lookAlikes: ['filtered-probes', 'big-holder-off', 'registered-yesterday', 'unwanted-model'],
  sources: [
    'Hoeffding, Probability inequalities for sums of bounded random variables, JASA 58 (1963) (binomial tail bound)',
    'the public account of one network: over 500,000 cards shown where about 12,000 answered',
  ],
  appeal: 'Benchmarks of the machines of that model, at seconds that the network chooses.',
};
