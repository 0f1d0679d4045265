/** Accounts and wallets that an earlier list named. */
import type { DetectorMeta } from '../../contracts/detector.ts';

export const meta: DetectorMeta = {
  title: 'Named on an earlier list',
  states:
    'An earlier list names the account or its payout wallet. No statistic: a lead whose worth depends on the list.',
  family: 'report',
  subject: 'account',
  links: false,
  needs: { prior_list: ['source', 'verdict'] },
  reads: ['features.wallet_owner', 'raw.accounts', 'raw.prior_list'],
  levels: {
    account: {
      reason: 'listed-before',
      facet: 'account',
      says: 'An earlier list names this account.',
      forgeableBy: 'anyone',
    },
    wallet: {
      reason: 'wallet-listed-before',
      facet: 'wallet',
      says: 'An earlier list names the payout wallet of this account.',
      forgeableBy: 'anyone',
    },
  },
  lookAlikes: ['cleared-before'],
  sources: [
    'lists err: a first public Sybil list of over two million addresses was cut to 803,093 on review',
  ],
  appeal: 'The decision by which that list took the entry back.',
};
