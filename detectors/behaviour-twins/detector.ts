/** Accounts whose days are unlike everybody's in the same way. */
import type { DetectorMeta } from '../../contracts/detector.ts';

export const meta: DetectorMeta = {
  title: 'Days that deviate alike',
  states:
    'Four or more accounts are present, loaded and busy with missions in the same unusual hours: what an autoencoder cannot reproduce of them agrees. Teams come from odd days, tested on even ones. Silent below 60 accounts.',
  family: 'behaviour',
  subject: 'account',
  links: false,
  needs: { devices: ['account_id'], heartbeats: ['received_at'] },
  reads: ['raw.devices', 'raw.engagement', 'rollup.device_grid'],
  params: {
    least_z: {
      value: 2.5,
      unit: 'z',
      source: 'chosen: closer than 99 % of chance',
    },
    least_accounts: {
      value: 4,
      unit: 'accounts',
      source: 'chosen: three may be one household',
    },
    population: {
      value: 60,
      unit: 'accounts',
      source: 'chosen: fewer days teach no network',
    },
    closer_share: {
      value: 0.02,
      unit: 'share',
      source:
        'chosen: a fiftieth of all others may be closer to a team than what its members are held against',
    },
    least_days: {
      value: 3,
      unit: 'days',
      source: 'chosen: on shorter halves 2 % of honest accounts agreed by chance',
    },
    hours: {
      value: 24,
      unit: 'hours',
      source: 'definition: a day has 24 hours',
    },
    quarters: {
      value: 4,
      unit: 'quarter hours',
      source: 'definition: an hour has four quarter hours',
    },
    ten_thousandths: {
      value: 10000,
      unit: 'hundredths of a percent',
      source: 'rollup.device_grid counts percent in hundredths',
    },
  },
  levels: {
    alike: {
      reason: 'days-alike',
      says: 'The machines and missions of this account keep the same unusual hours as those of other accounts.',
      forgeableBy: 'anyone',
    },
  },
  lookAlikes: ['always-on', 'office-hours'],
  sources: [
    'Hinton and Salakhutdinov, Reducing the dimensionality of data with neural networks, Science 313 (2006), doi:10.1126/science.1127647',
    'Charikar, Similarity estimation techniques from rounding algorithms, STOC 2002, doi:10.1145/509907.509965',
  ],
  appeal: 'The timer, the job or the opening hours that the machines follow.',
};
