/** Accounts that fill a hoster's address blocks and were never seen elsewhere. */
import type { DetectorMeta } from '../../contracts/detector.ts';

export const meta: DetectorMeta = {
  title: 'Rented address blocks filled by one set of accounts',
  states:
    'All that was ever seen of four or more accounts, registration and machines alike, comes from the same one to four address ' +
    'blocks of a hoster, each account on an address of its own, and hardly anyone else is there. Null: the accounts of a ' +
    'network fall on its blocks alike (Poisson tail, Bonferroni over blocks), so that neighbours weigh nothing where neighbours are usual. ' +
    'Customers of a cloud, who register at home, are silent, as are carriers, campuses, VPN exits and homes. Registration times are no part of it.',
  family: 'network',
  subject: 'account',
  links: true,
  needs: { accounts: ['signup_ip'], devices: ['account_id'], heartbeats: ['ip'] },
  reads: ['features.account_address', 'features.account_order', 'features.address_class'],
  levels: {
    rented: {
      reason: 'rented-block',
      says: 'The account was only ever seen in a rented address block that was already in use by a set of accounts that are seen nowhere else.',
      forgeableBy: 'operator',
    },
    likely: {
      reason: 'rented-block-likely',
      says: 'The account was only ever seen in a rented address block that a small set of accounts has almost to itself.',
      forgeableBy: 'operator',
    },
    first: {
      reason: 'rented-block-first',
      says: 'Other accounts came after this one into its address block and are seen nowhere else.',
      forgeableBy: 'anyone',
    },
    loose: {
      reason: 'address-block-shared',
      says: 'The account was only ever seen in an address block that it shares with accounts that are seen nowhere else; others may use the block too.',
      forgeableBy: 'anyone',
    },
  },
  lookAlikes: [
    'cloud-customers',
    'big-holder',
    'carrier-nat',
    'campus',
    'vpn-exit',
    'dense-hoster',
    'workshop',
    'village',
  ],
  sources: [
    'Chernoff, A measure of asymptotic efficiency for tests of a hypothesis based on the sum of observations, Ann. Math. Statist. 23 (1952), doi:10.1214/aoms/1177729330',
    'Xie, Yu, Achan, Gillum, Goldszmidt and Wobber, How dynamic are IP addresses?, SIGCOMM 2007, doi:10.1145/1282380.1282415',
    'RFC 6177 (IPv6 address assignment to end sites)',
  ],
  appeal:
    "Proof of residence in the block apart from the others: the hoster's invoice in the holder's own name, or a sign-in from another network.",
};
