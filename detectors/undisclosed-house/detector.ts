/** Always-on fleets that nobody benchmarks and nobody declares. */
import type { DetectorMeta } from '../../contracts/detector.ts';

export const meta: DetectorMeta = {
  title: 'A fleet that nobody ever tested',
  states:
    'Five or more machines of one model, of undeclared accounts, are always on and never benchmarked. Null: machines escape benchmarks at the rate of all others. Silent where benchmarks are rare.',
  family: 'benchmark',
  subject: 'network',
  links: false,
  needs: { devices: ['gpu_model'], heartbeats: ['received_at'], benchmarks: ['device_id'] },
  reads: ['raw.accounts', 'raw.benchmarks', 'raw.devices', 'rollup.device_day'],
  params: {
    least_days: { value: 5, unit: 'days', source: 'chosen: benchmarks reach most machines within days' },
    always_on: {
      value: 0.95,
      unit: 'share of quarter hours',
      source: 'chosen: machines of a hall, with an hour a day for restarts',
    },
    day_bins: { value: 96, unit: 'quarter hours', source: 'quarter hours of a day' },
    least_rate: { value: 0.01, unit: 'share', source: 'chosen: no network tests everybody' },
    least_machines: { value: 5, unit: 'machines', source: 'chosen: fewer are no fleet' },
    alpha: {
      value: 0.001,
      unit: 'probability',
      source: 'chosen: false names once in a thousand, after Bonferroni',
    },
  },
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
