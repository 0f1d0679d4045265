/** Payout wallets that empty into one. */
import type { DetectorMeta } from '../../contracts/detector.ts';

export const meta: DetectorMeta = {
  title: 'Many wallets empty into one',
  states:
    'The payout wallets of four or more accounts send to a wallet that hardly anybody else uses: two thirds of its senders hang in ' +
    'common trees of first money, or all sent in one go and nothing anywhere after. Under the null senders to one place are ' +
    'customers of a shop, a contract or an exchange: filled from different sources, at different times, and not at their end. ' +
    'Only outgoing transfers count, which the accused signed. Silent below four accounts.',
  family: 'money',
  subject: 'account',
  links: true,
  needs: { accounts: ['wallet'], transfers: ['from_wallet', 'to_wallet'] },
  reads: ['features.wallet_owner', 'features.wallet_pair', 'features.wallet_tree'],
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
