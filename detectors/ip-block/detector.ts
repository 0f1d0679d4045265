/** Accounts that fill a hoster's address blocks and were never seen elsewhere. */
import type { DetectorMeta } from '../../contracts/detector.ts';

export const meta: DetectorMeta = {
  title: 'Rented address blocks filled by one set of accounts',
  states:
    'All that was seen of four or more accounts, registration and machines alike, comes from a few blocks of a hoster, each on its own address, with hardly anyone else. Silent: carriers, campuses, VPN exits, homes named by the user.',
  family: 'network',
  subject: 'account',
  links: true,
  needs: { accounts: ['signup_ip'], devices: ['account_id'], heartbeats: ['ip'] },
  reads: ['features.account_address', 'features.account_order', 'features.address_class'],
  params: {
    most_blocks: {
      value: 4,
      unit: 'blocks',
      source: 'chosen: a farm is moved, but who was seen in five blocks is no tenant of one',
    },
    most_on_address: {
      value: 3,
      unit: 'accounts',
      source: 'chosen: more share an exit and have no address of their own',
    },
    least_tenants: { value: 4, unit: 'accounts', source: 'chosen: three friends may rent beside each other' },
    v4_blocks: { value: 255, unit: 'blocks', source: 'the other /24 of a /16' },
    v6_blocks: { value: 65535, unit: 'blocks', source: 'the other /48 of a /32' },
    most_strangers: {
      value: 0.2,
      unit: 'share of accounts',
      source: 'chosen: where a fifth are strangers, a block is not one set’s',
    },
    rented_nats: {
      value: 12,
      unit: 'nats',
      source: 'chosen: one false alarm in 160,000, after Bonferroni over blocks',
    },
    rented_tenants: { value: 6, unit: 'accounts', source: 'chosen: a workshop of five may share a block' },
    least_nats: {
      value: 7,
      unit: 'nats',
      source: 'chosen: one false alarm in a thousand, after Bonferroni over blocks',
    },
    unknown_spread: {
      value: 0.2,
      unit: 'share of registrations',
      source: 'chosen: in a place of unknown kind only those who came within a fifth are one set',
    },
  },
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
