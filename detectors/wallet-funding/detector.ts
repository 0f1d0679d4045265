/** Payout wallets that live on money from one root, or hand one sum round. */
import type { DetectorMeta } from '../../contracts/detector.ts';

export const meta: DetectorMeta = {
  title: 'One purse behind many wallets',
  states:
    'Payout wallets of four or more accounts spent, before they had other money, what came from one root that does not serve the public; or they hand one sum on. Silent without transfers; incoming transfers alone accuse nobody.',
  family: 'money',
  subject: 'account',
  links: true,
  needs: { accounts: ['wallet'], transfers: ['from_wallet', 'to_wallet'] },
  reads: [
    'features.wallet_funder',
    'features.wallet_owner',
    'features.wallet_source',
    'features.wallet_tree',
    'raw.transfers',
  ],
  params: {
    dust: {
      value: 0.001,
      unit: 'of the median amount',
      source: 'what anyone sends to anybody; that of features.wallet_pair',
    },
    passes_on_days: {
      value: 3,
      unit: 'days',
      source: 'chosen: who lives on money seldom keeps a sum whole for long',
    },
    passes_on: { value: 0.9, unit: 'share of the sum', source: 'chosen: nearly in full: the rest is fees' },
    least_accounts: { value: 4, unit: 'accounts', source: 'chosen: up to three are friends or a family' },
    narrow_gap: {
      value: 0.1,
      unit: 'of an even gap',
      source: 'chosen: a tenth of what strangers leave between them',
    },
    least_gaps: { value: 3, unit: 'gaps', source: 'chosen: two narrow gaps come by chance' },
    sure_accounts: { value: 8, unit: 'accounts', source: 'chosen: nobody pays the fees of eight friends' },
    together_nats: {
      value: 5,
      unit: 'nats',
      source: 'chosen: one false alarm in 150, after Bonferroni over trees',
    },
    many_hands: {
      value: 0.25,
      unit: 'sources per wallet',
      source: 'chosen: four wallets or fewer filled by each hand',
    },
  },
  levels: {
    tree: {
      reason: 'wallet-tree',
      says: 'The wallet of this account lived on money that came down from hand to hand to many others from the same wallet.',
      forgeableBy: 'operator',
    },
    star: {
      reason: 'wallet-star',
      says: 'The wallet of this account lived, as those of many others filled with it, on money from one wallet alone.',
      forgeableBy: 'operator',
    },
    loose: {
      reason: 'wallet-branch',
      says: 'The wallet of this account lived on money from the same wallet as those of a few others.',
      forgeableBy: 'operator',
    },
    relayed: {
      reason: 'wallet-relay',
      says: 'The wallet of this account passed on, nearly in full, a sum that had gone through the wallets of others.',
      forgeableBy: 'operator',
    },
    root: {
      reason: 'wallet-root',
      says: 'Wallets of other accounts live on money from the wallet of this one.',
      forgeableBy: 'anyone',
    },
    funded: {
      reason: 'wallet-funding',
      says: 'The first money of this wallet came from where that of others came from; it had other money before it spent any.',
      forgeableBy: 'anyone',
    },
  },
  lookAlikes: [
    'exchange',
    'exchange-of-a-ring',
    'faucet',
    'faucet-day',
    'employer',
    'dealer',
    'dust',
    'friends',
  ],
  sources: [
    'Victor, Address clustering heuristics for Ethereum, Financial Cryptography 2020 (deposit-address reuse and exchange hubs)',
    'Liu and Zhu, Fighting Sybils in airdrops, arXiv:2209.04603 (2022)',
    'Liu, Huang, Fan, Wu and Tang, Detecting Sybil addresses in blockchain airdrops, arXiv:2505.09313 (2025): first gas, first and last transactions',
    'Chernoff, A measure of asymptotic efficiency, Annals of Mathematical Statistics 23 (1952), doi:10.1214/aoms/1177729330',
  ],
  appeal:
    'Who the first payer is: an exchange, an employer or a shop, with customers who have nothing to do with these accounts.',
};
