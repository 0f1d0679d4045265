/** Always-on fleets that nobody benchmarks and nobody declares. */
import type { DetectorMeta } from '../../contracts/detector.ts';

export const meta: DetectorMeta = {
  title: 'A fleet that nobody ever tested',
  states:
    'Five or more machines of one model, of undeclared accounts, are always on and never benchmarked, while others are. Null: ' +
    'machines escape benchmarks at the rate of all others. Named for review: being the house is no offence. Silent when ' +
    'benchmarks are rare on this network.',
  family: 'benchmark',
  subject: 'network',
  links: false,
  needs: { devices: ['gpu_model'], heartbeats: ['received_at'], benchmarks: ['device_id'] },
  reads: ['raw.accounts', 'raw.benchmarks', 'raw.devices', 'rollup.device_day'],
  levels: {
    fleet: {
      reason: 'undisclosed-house',
      says: 'A fleet of this model is always on and has never been tested.',
      forgeableBy: 'nobody',
    },
  },
  lookAlikes: ['declared-house', 'new-machines'],
  sources: [
    'Hoeffding, Probability inequalities for sums of bounded random variables, JASA 58 (1963) (binomial tail bound)',
  ],
  appeal: 'A declaration of the fleet, or benchmarks of it.',
};
