/** Payout wallets that empty into one. */
import type { DetectorMeta } from '../../contracts/detector.ts';

export const meta: DetectorMeta = {
  title: 'Many wallets empty into one',
  states:
    'Payout wallets of four or more accounts send to a wallet that hardly anybody else uses: its senders hang in common trees of first money, or sent in one go and nothing after. Incoming transfers never count.',
  family: 'money',
  subject: 'account',
  links: true,
  needs: { accounts: ['wallet'], transfers: ['from_wallet', 'to_wallet'] },
  reads: ['features.wallet_owner', 'features.wallet_pair', 'features.wallet_tree'],
  params: {
    least_kin: { value: 3, unit: 'wallets', source: 'chosen: two of one tree may meet at a shop' },
    least_accounts: { value: 4, unit: 'wallets', source: 'chosen: three friends may pay one of them' },
    narrow_gap: {
      value: 0.1,
      unit: 'of an even gap',
      source: 'chosen: a tenth of what strangers leave between them',
    },
    least_gaps: { value: 3, unit: 'gaps', source: 'chosen: two narrow gaps come by chance' },
    tied_part: {
      value: 0.6666666666666666,
      unit: 'share of senders',
      source: 'chosen: two thirds: a place of the public has few of one tree',
    },
    ended_part: {
      value: 0.8,
      unit: 'share of senders',
      source: 'chosen: four of five: some wallets are used again',
    },
    least_time_nats: { value: 3, unit: 'nats', source: 'chosen: one place in twenty is as narrow' },
    swept_nats: {
      value: 8,
      unit: 'nats',
      source: 'chosen: one false alarm in 3,000, after Bonferroni over places',
    },
    emptied_nats: {
      value: 10,
      unit: 'nats',
      source: 'chosen: one false alarm in 20,000 by either test alone',
    },
  },
  levels: {
    drained: {
      reason: 'wallet-drained',
      says: 'The wallet of this account returned most of its first money to the wallet of others that live on the same money, and was not used again.',
      forgeableBy: 'operator',
    },
    collected: {
      reason: 'wallet-collected',
      says: 'The wallet of this account sends to the same wallet as others that live on the same money.',
      forgeableBy: 'operator',
    },
    emptied: {
      reason: 'wallet-emptied',
      says: 'The wallet of this account was emptied into the same wallet as many others, at the same time, and not used again.',
      forgeableBy: 'operator',
    },
    swept: {
      reason: 'wallet-sweep',
      says: 'The wallet of this account was emptied into the same wallet as others, in one go with them.',
      forgeableBy: 'operator',
    },
    first: {
      reason: 'wallet-sweep-first',
      says: 'Wallets of other accounts were later emptied into a wallet that this one had sent to.',
      forgeableBy: 'anyone',
    },
  },
  lookAlikes: [
    'exchange',
    'exchange-in-and-out',
    'shop',
    'mint-day',
    'end-of-data',
    'sink-adopted-by-strangers',
  ],
  sources: [
    'Victor, Address clustering heuristics for Ethereum, Financial Cryptography 2020 (deposit-address reuse)',
    'Liu and Zhu, Fighting Sybils in airdrops, arXiv:2209.04603 (2022)',
  ],
  appeal: 'Proof that the common wallet belongs to a service with other customers.',
};
