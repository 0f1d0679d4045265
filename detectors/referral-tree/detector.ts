/** Accounts that refer each other as fast as they are opened. */
import type { DetectorMeta } from '../../contracts/detector.ts';

export const meta: DetectorMeta = {
  title: 'Self-referral tree',
  states:
    'Four or more accounts are joined by referrals of accounts just opened, and registered within a share of everybody’s registrations too small for chance. A star around one account counts only when its members share networks.',
  family: 'graph',
  subject: 'account',
  links: true,
  needs: { accounts: ['referrer_id'] },
  reads: ['features.account_order', 'raw.accounts'],
  params: {
    young_days: {
      value: 3,
      unit: 'days',
      source: 'chosen: most honest referrers use a network for a week or more before they bring friends',
    },
    young_part: {
      value: 200,
      unit: 'parts of all registrations',
      source: 'chosen: in a slow network three days are few registrations',
    },
    least_neighbours: { value: 3, unit: 'accounts', source: 'chosen: a couple may register from one home' },
    least_accounts: {
      value: 4,
      unit: 'accounts',
      source: 'chosen: three friends who refer each other are usual',
    },
    loose_nats: {
      value: 5,
      unit: 'nats',
      source: 'chosen: one false alarm in 150, after Bonferroni over trees',
    },
    member_nats: {
      value: 12,
      unit: 'nats',
      source: 'chosen: one false alarm in 160,000, after Bonferroni over trees',
    },
    most_share: {
      value: 0.1,
      unit: 'share of registrations',
      source: 'chosen: friends of friends come over weeks',
    },
    least_referrers: {
      value: 3,
      unit: 'accounts',
      source: 'chosen: a star has one, and so has an influencer who joined yesterday',
    },
    referrer_part: {
      value: 0.2,
      unit: 'share of the tree',
      source: 'chosen: a chain or a tree names a fifth of its accounts, a star does not',
    },
  },
  levels: {
    member: {
      reason: 'referral-tree',
      says: 'The account was referred by an account that had only just been opened, in a rapid tree of such referrals.',
      forgeableBy: 'operator',
    },
    loose: {
      reason: 'referral-chain',
      says: 'The account was referred by an account that had only just been opened, among several such referrals.',
      forgeableBy: 'operator',
    },
    root: {
      reason: 'referral-root',
      says: 'A rapid tree of referrals begins with this account.',
      forgeableBy: 'anyone',
    },
  },
  lookAlikes: ['influencer', 'new-influencer', 'friends'],
  sources: [
    'Danezis and Mittal, SybilInfer: detecting Sybil nodes using social networks, NDSS 2009 (few links leave a Sybil region)',
    'Naus, The distribution of the size of the maximum cluster of points on a line, JASA 60 (1965), doi:10.1080/01621459.1965.10480810',
  ],
  appeal: 'Who the referred people are: the class, club or channel in which the link was passed on.',
};
