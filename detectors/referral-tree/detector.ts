/** Accounts that refer each other as fast as they are opened. */
import type { DetectorMeta } from '../../contracts/detector.ts';

export const meta: DetectorMeta = {
  title: 'Self-referral tree',
  states:
    'Four or more accounts are joined by referrals of accounts that had themselves only just been opened, and all registered ' +
    "within a share of everybody's registrations that is too small by chance (scan bound, Bonferroni over trees). A star " +
    'around one account counts only when its members share networks. Silent without referrals among the accounts.',
  family: 'graph',
  subject: 'account',
  links: true,
  needs: { accounts: ['referrer_id'] },
  reads: ['features.account_order', 'raw.accounts'],
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
