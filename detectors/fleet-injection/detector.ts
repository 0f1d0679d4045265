/** Cards that stand in the published figures and were never heard. */
import type { DetectorMeta } from '../../contracts/detector.ts';

export const meta: DetectorMeta = {
  title: 'A model that grows in the published figures alone',
  states:
    'The published number of cards of one model grows in a line, or by one step that stays, and the cards heard grow by less than half of that. Null: both grow together. Silent below 24 figures over two days.',
  family: 'report',
  subject: 'network',
  links: false,
  needs: {
    devices: ['gpu_model'],
    heartbeats: ['received_at'],
    network_stats: ['occurred_at', 'metric', 'value'],
  },
  reads: ['raw.devices', 'raw.network_stats', 'rollup.device_day'],
  params: {
    most_online: { value: 1000000000, unit: 'cards', source: 'chosen: no network has more' },
    most_cards: {
      value: 1000,
      unit: 'cards a machine',
      source: 'chosen: a listing beyond that is no machine',
    },
    least_figures: { value: 24, unit: 'figures', source: 'a day of hourly figures' },
    side_figures: {
      value: 6,
      unit: 'figures',
      source: 'chosen: an outage of less than six hours is no step',
    },
    straight: { value: 0.98, unit: 'r²', source: 'computed: day and night on top of a doubling leave less' },
    least_growth: { value: 20, unit: 'cards', source: 'chosen: fewer are one customer' },
  },
  levels: {
    line: {
      reason: 'fleet-injected-in-a-line',
      says: 'The published number of cards of this model grows in a straight line, day and night, and the machines heard do not.',
      forgeableBy: 'nobody',
    },
    step: {
      reason: 'fleet-injected-at-once',
      says: 'The published number of cards of this model jumped at one hour and stayed, and the machines heard did not.',
      forgeableBy: 'nobody',
    },
  },
  lookAlikes: ['tenfold-week', 'new-data-centre', 'recovery-after-outage'],
  sources: [
    'the public account of one network: over 500,000 cards shown where about 12,000 answered',
    'ordinary least squares: the coefficient of determination of a straight line over hourly figures',
    'Page, Continuous inspection schemes, Biometrika 41 (1954) (a shift of level that stays)',
  ],
  appeal: 'The list of the machines behind the published figure, and their heartbeats.',
};
