/** One payout wallet named by several accounts. */
import type { DetectorMeta } from '../../contracts/detector.ts';

export const meta: DetectorMeta = {
  title: 'One payout wallet, several accounts',
  states:
    'Several accounts name one payout wallet, in whatever spelling its chain allows. Hubs like an exchange’s deposit address are left out. Only who came after another from one network, whose tenants came together, named it himself.',
  family: 'money',
  subject: 'account',
  links: true,
  needs: { accounts: ['wallet'] },
  reads: ['features.account_order', 'features.wallet_owner', 'raw.accounts'],
  params: {
    ends: {
      value: 10,
      unit: 'parts',
      source:
        'chosen: the first and the last tenth are not counted, so that a few old tenants make no public network',
    },
    together_share: {
      value: 0.25,
      unit: 'share of registrations',
      source: 'chosen: tenants of one operator come within a quarter of the network’s life',
    },
    lower: {
      value: 0.25,
      unit: 'quantile',
      source: 'the lower quartile, as spread is the range between both',
    },
    upper: {
      value: 0.75,
      unit: 'quantile',
      source: 'the upper quartile, as spread is the range between both',
    },
    hub_accounts: {
      value: 20,
      unit: 'accounts',
      source: 'chosen: fewer members say too little about being like the population',
    },
    hub_blocks: {
      value: 0.8,
      unit: 'networks per account',
      source: 'chosen: strangers seldom share a network',
    },
  },
  levels: {
    follower: {
      reason: 'wallet-of-another-account',
      says: 'This account asks to be paid into the wallet of an account that had registered before it from the same network.',
      forgeableBy: 'operator',
    },
    'named-too': {
      reason: 'wallet-named-too',
      says: 'This account and an older one ask to be paid into one wallet; which of them named it first is not recorded.',
      forgeableBy: 'anyone',
    },
    incumbent: {
      reason: 'wallet-named-by-others',
      says: 'Other accounts later asked to be paid into the wallet of this account.',
      forgeableBy: 'anyone',
    },
  },
  lookAlikes: ['exchange-deposit', 'case-differs'],
  sources: [
    'Victor, Address clustering heuristics for Ethereum, Financial Cryptography 2020 (deposit-address reuse and exchange hubs)',
  ],
  appeal:
    'A signature of the wallet over the account id, or proof that the wallet is the deposit address of an exchange.',
};
