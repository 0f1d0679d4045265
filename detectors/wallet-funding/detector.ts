/** Payout wallets that live on money from one root, or hand one sum round. */
import type { DetectorMeta } from '../../contracts/detector.ts';

export const meta: DetectorMeta = {
  title: 'One purse behind many wallets',
  states:
    'The payout wallets of four or more accounts spent, before they had any other money, what came from one root: a star, a chain ' +
    'or a tree of first money, through other wallets as well. Sources that serve the public are found from the data and cut: those ' +
    'whose customers came when everybody did, had other money and went their own ways. Or wallets hand one sum on from account to ' +
    'account. Silent without transfers; incoming transfers alone accuse nobody.',
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
