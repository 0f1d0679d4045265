/** Accounts whose days are unlike everybody's in the same way. */
import type { DetectorMeta } from '../../contracts/detector.ts';

export const meta: DetectorMeta = {
  title: 'Days that deviate alike',
  states:
    'Four or more accounts are present, loaded and busy with missions in the same unusual hours. An autoencoder (TensorFlow.js, seeded) learns the days of all ' +
    'accounts; what it cannot reproduce of one account is compared with what it cannot of others. Teams come from the odd days and are tested on the even ones, ' +
    'against other shifts of the hours and against how well everybody else agrees with the team. Null: deviations agree by chance. Silent below 60 accounts and three days of either half.',
  family: 'behaviour',
  subject: 'account',
  links: false,
  needs: { devices: ['account_id'], heartbeats: ['received_at'] },
  reads: ['raw.devices', 'raw.engagement', 'rollup.device_grid'],
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
