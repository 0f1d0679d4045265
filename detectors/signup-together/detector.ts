/** Accounts that other evidence joins were registered in one go. */
import type { DetectorMeta } from '../../contracts/detector.ts';

export const meta: DetectorMeta = {
  title: 'Accounts of one script or cadence, registered in one go',
  states:
    'Accounts that one mission script or one cadence of daily actions joins were registered within a window too short for chance, measured in everybody else’s registrations. What joins them says nothing about when they came.',
  family: 'timing',
  subject: 'account',
  links: true,
  needs: { accounts: ['created_at'], engagement: ['account_id', 'kind', 'occurred_at'] },
  reads: ['features.account_order', 'features.action_member', 'features.script_member'],
  params: {
    least_llr: { value: 4, unit: 'nats', source: 'that of engagement-script for its weakest level' },
    least_matched: { value: 3, unit: 'steps', source: 'that of engagement-script' },
    least_days: { value: 4, unit: 'days', source: 'that of engagement-lockstep' },
    together_nats: {
      value: 12,
      unit: 'nats',
      source: 'chosen: one false alarm in 160,000 groups, after Bonferroni',
    },
  },
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
