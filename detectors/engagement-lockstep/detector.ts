/** Daily actions of many accounts in the same minutes. */
import type { DetectorMeta } from '../../contracts/detector.ts';

export const meta: DetectorMeta = {
  title: 'Daily actions in the same minutes',
  states:
    'Five or more accounts repeat an action, such as a daily check-in, within twenty minutes of each other on four days or more, at changing times of day, beyond their own habits and the crowd’s.',
  family: 'behaviour',
  subject: 'account',
  links: true,
  needs: { engagement: ['account_id', 'kind', 'occurred_at'] },
  reads: ['features.action_member', 'features.repeated_action'],
  params: {
    least_days: {
      value: 4,
      unit: 'days',
      source: 'chosen: fewer days in common are usual for people with one time of day',
    },
    least_accounts: { value: 5, unit: 'accounts', source: 'chosen: a household has one breakfast' },
    lockstep_nats: {
      value: 5,
      unit: 'nats',
      source: 'chosen: one false alarm in 150 after Bonferroni over accounts',
    },
    lockstep_share: {
      value: 0.75,
      unit: 'share of days',
      source: 'chosen: many follow a channel’s call, but not always and at once',
    },
  },
  levels: {
    lockstep: {
      reason: 'actions-in-lockstep',
      says: 'The account repeated an action within minutes of others, day after day, at changing times of day.',
      forgeableBy: 'operator',
    },
    similar: {
      reason: 'actions-alike',
      says: 'The account often repeated an action within minutes of others.',
      forgeableBy: 'operator',
    },
    first: {
      reason: 'actions-followed',
      says: 'Others repeated an action within minutes after this account did, day after day.',
      forgeableBy: 'anyone',
    },
  },
  lookAlikes: ['morning-habit', 'daily-reset', 'community-reminder'],
  sources: [
    'Cao, Yang, Yu and Palow, Uncovering large groups of active malicious accounts in online social networks (SynchroTrap), CCS 2014, doi:10.1145/2660267.2660269',
  ],
  appeal:
    'The reminder that was followed (channel, time), or the public tool that was used, with its publication date.',
};
