/** Payout wallets that empty into one wallet or were filled from one. */
import type { DetectorMeta } from '../../contracts/detector.ts';

export const meta: DetectorMeta = {
  title: 'One purse behind many wallets',
  states:
    'The payout wallets of four or more accounts send to one wallet, or were first filled from one, and the accounts ' +
    'registered together (scan bound; customers of one exchange registered when everybody did and are silent). Only ' +
    'outgoing transfers, which the accused signed, are its own act.',
  family: 'money',
  subject: 'account',
  links: true,
  needs: { accounts: ['wallet'], transfers: ['from_wallet', 'to_wallet'] },
  reads: ['features.account_order', 'raw.accounts', 'raw.transfers'],
  levels: {
    sweep: {
      reason: 'wallet-sweep',
      says: 'The wallet of this account sends to the same wallet as those of accounts that registered with it.',
      forgeableBy: 'operator',
    },
    funded: {
      reason: 'wallet-funding',
      says: 'The wallet of this account was first filled from the same wallet as those of accounts that registered with it.',
      forgeableBy: 'anyone',
    },
  },
  lookAlikes: ['exchange', 'dust'],
  sources: [
    'Victor, Address clustering heuristics for Ethereum, Financial Cryptography 2020 (deposit-address reuse and exchange hubs)',
  ],
  appeal: 'Proof that the common wallet belongs to an exchange or a service with other customers.',
};
