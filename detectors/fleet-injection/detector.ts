/** Cards that stand in the published figures and were never heard. */
import type { DetectorMeta } from '../../contracts/detector.ts';

export const meta: DetectorMeta = {
  title: 'A model that grows in the published figures alone',
  states:
    'The published number of cards online of one model (gpus_online:MODEL) grows in a straight line, or by one step that ' +
    'stays, by at least 20 cards and half of what it was, while the cards of that model that sent heartbeats grew by less than half of ' +
    'that. Null: published cards are cards that were heard, so both grow together, with the hours of the day in both. ' +
    'Silent below 24 figures over two days, and where heartbeats do not cover the days.',
  family: 'report',
  subject: 'network',
  links: false,
  needs: {
    devices: ['gpu_model'],
    heartbeats: ['received_at'],
    network_stats: ['occurred_at', 'metric', 'value'],
  },
  reads: ['raw.devices', 'raw.network_stats', 'rollup.device_day'],
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
