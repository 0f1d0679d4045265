/** One script that sends from many wallets. */
import type { DetectorMeta } from '../../contracts/detector.ts';

export const meta: DetectorMeta = {
  title: 'One script sends from many wallets',
  states:
    'Four or more wallets send to the same places in the same order with the same pauses or amounts. Null: people who follow one ' +
    'campaign share the order and its prices, but pause each in his own way (Chernoff bound over windows against the ' +
    'population and against neighbouring pauses, Bonferroni; then a likelihood ratio per wallet). Places reached within a ' +
    'minute of the one before are one click. Silent where times are absent.',
  family: 'behaviour',
  subject: 'account',
  links: true,
  needs: { accounts: ['wallet'], transfers: ['from_wallet', 'to_wallet', 'occurred_at'] },
  reads: ['features.wallet_owner', 'features.wallet_pair'],
  levels: {
    script: {
      reason: 'transfers-scripted',
      says: 'The wallet of this account sent to the same places in the order and with the pauses of others before it.',
      forgeableBy: 'operator',
    },
    similar: {
      reason: 'transfers-alike',
      says: 'Some transfers of this wallet follow the order, pauses and amounts of others before it.',
      forgeableBy: 'operator',
    },
    first: {
      reason: 'transfers-copied',
      says: 'Other wallets later sent to the same places in the order and with the pauses of this one.',
      forgeableBy: 'anyone',
    },
  },
  lookAlikes: ['campaign', 'fixed-prices', 'router'],
  sources: [
    'Cao, Yang, Yu and Palow, Uncovering large groups of active malicious accounts in online social networks (SynchroTrap), CCS 2014, doi:10.1145/2660267.2660269',
    'Liu and Zhu, Fighting Sybils in airdrops, arXiv:2209.04603 (2022): the same activities in the same order',
  ],
  appeal: 'The public tool or guide that was used, with its publication date and its other users.',
};
