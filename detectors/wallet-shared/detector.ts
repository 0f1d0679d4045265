/** One payout wallet named by several accounts. */
import type { DetectorMeta } from '../../contracts/detector.ts';

export const meta: DetectorMeta = {
  title: 'One payout wallet, several accounts',
  states:
    'Several accounts name the same payout wallet, in whatever spelling its chain allows. Under the null every honest person is paid into a ' +
    'wallet of their own, except customers of an exchange that pays into one deposit address; such hubs (20 or more ' +
    'accounts that joined over as long a time and from as many networks as everybody) are left out. Only who registered after ' +
    'another from the same network, whose tenants came together, is held to have named it himself. Silent on accounts without a wallet.',
  family: 'money',
  subject: 'account',
  links: true,
  needs: { accounts: ['wallet'] },
  reads: ['features.account_order', 'features.wallet_owner', 'raw.accounts'],
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
