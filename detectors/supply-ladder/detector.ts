/** Where the cards of a model are lost on the way from claim to proof. */
import type { DetectorMeta } from '../../contracts/detector.ts';

export const meta: DetectorMeta = {
  title: 'A model that falls off the supply ladder',
  states:
    'Per claimed model, the steps are: registered, heard in heartbeats, answering the network’s probes, benchmarked by the network. ' +
    'At each step the accounts all of whose machines of the model fail it are counted. Null: they fail as often as the accounts of all ' +
    'other models do, at least 2 %. Named when Chernoff’s bound of the binomial tail is below 0.1 % after Bonferroni over models and steps, ' +
    'and at least five accounts fail. Silent for models of few accounts, for machines younger than two days, and for steps that the network does not take.',
  family: 'report',
  subject: 'network',
  links: false,
  needs: { devices: ['gpu_model'], heartbeats: ['received_at'] },
  reads: ['raw.benchmarks', 'raw.devices', 'raw.rentals', 'rollup.device_day', 'rollup.ping_day'],
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
