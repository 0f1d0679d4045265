/** Accounts that other evidence joins were registered in one go. */
import type { DetectorMeta } from '../../contracts/detector.ts';

export const meta: DetectorMeta = {
  title: 'Accounts of one script or cadence, registered in one go',
  states:
    'Accounts that one mission script or one cadence of daily actions joins, a fact that says nothing about when they came, were registered within ' +
    'a window that is too short by chance. Time is measured by the registrations of everybody else, so a wave or a tenfold ' +
    'week changes nothing (scan bound, Bonferroni over groups and windows). The networks they came from do not matter.',
  family: 'timing',
  subject: 'account',
  links: true,
  needs: { accounts: ['created_at'], engagement: ['account_id', 'kind', 'occurred_at'] },
  reads: ['features.account_order', 'features.action_member', 'features.script_member'],
  levels: {
    together: {
      reason: 'registered-in-one-go',
      says: 'The account was registered in one go with others of the same script or cadence, after the first of them.',
      forgeableBy: 'operator',
    },
    near: {
      reason: 'registered-near-each-other',
      says: 'The account was registered close to others of the same script or cadence, after the first of them.',
      forgeableBy: 'operator',
    },
    first: {
      reason: 'registered-before-its-likes',
      says: 'Accounts of the same script or cadence were registered right after this one.',
      forgeableBy: 'anyone',
    },
  },
  lookAlikes: ['influencer-wave', 'popular-guide'],
  sources: [
    'Naus, The distribution of the size of the maximum cluster of points on a line, JASA 60 (1965), doi:10.1080/01621459.1965.10480810',
    'Cao, Yang, Yu and Palow, Uncovering large groups of active malicious accounts in online social networks (SynchroTrap), CCS 2014, doi:10.1145/2660267.2660269',
  ],
  appeal: 'The event at which the accounts were opened (a class, a hackathon), with its organiser.',
};
