/** One script that sends from many wallets. */
import type { DetectorMeta } from '../../contracts/detector.ts';

export const meta: DetectorMeta = {
  title: 'One script sends from many wallets',
  states:
    'Four or more wallets send to the same places in the same order with the same pauses or amounts. People who follow one campaign share order and prices, but pause each in his own way. Silent where times are absent.',
  family: 'behaviour',
  subject: 'account',
  links: true,
  needs: { accounts: ['wallet'], transfers: ['from_wallet', 'to_wallet', 'occurred_at'] },
  reads: ['features.wallet_owner', 'features.wallet_pair'],
  params: {
    least_wallets: {
      value: 4,
      unit: 'wallets',
      source: 'chosen: three friends may go to three places in one sitting',
    },
    amount_bins: {
      value: 10,
      unit: 'bins per natural-log unit',
      source: 'chosen: amounts within a tenth count as one, as fees vary them',
    },
    amount_near: { value: 0.1, unit: 'natural-log units', source: 'chosen: as wide as a bin of amounts' },
    alarms_under: {
      value: 100,
      unit: 'one in',
      source: 'false alarms of windows under 1 %, after Bonferroni',
    },
    pause_grain: {
      value: 4,
      unit: 'quarter-bins per log unit',
      source: 'chosen: half a log unit to either side is four of them, and one to spare',
    },
    amount_grain: {
      value: 20,
      unit: 'half-bins per log unit',
      source: 'chosen: a tenth to either side is four of them, and one to spare',
    },
    least_share: {
      value: 0.02,
      unit: 'share',
      source: 'chosen: no pause or price is rarer than one in fifty, so that one step never convicts',
    },
    most_share: {
      value: 0.9,
      unit: 'share',
      source: 'chosen: a fixed price says nothing, but a deviation from it stays possible',
    },
    pseudo_prices: {
      value: 4,
      unit: 'payments',
      source: 'chosen: weight of the one payment that is put back, against small counts',
    },
    keeps_pause: {
      value: 0.8,
      unit: 'probability',
      source: 'chosen: a script misses steps when a transfer is slow to confirm',
    },
    varies_amount: {
      value: 0.4,
      unit: 'probability',
      source: 'chosen: scripts often draw amounts afresh, so that a miss says little',
    },
    similar_llr: { value: 5, unit: 'nats', source: 'chosen: one chance match in 150' },
    script_llr: { value: 8, unit: 'nats', source: 'chosen: one chance match in 3,000' },
    least_timed: { value: 3, unit: 'steps', source: 'chosen: amounts alone make no script' },
  },
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
