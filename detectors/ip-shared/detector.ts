/** Accounts behind one address or one pool of addresses that joined together. */
import type { DetectorMeta } from '../../contracts/detector.ts';

export const meta: DetectorMeta = {
  title: 'One address or one proxy pool, many accounts that joined together',
  states:
    'Five or more accounts were on one address at overlapping times, or take turns on addresses of several networks, and registered within a window too short for strangers. Carriers, campuses, VPN exits and families are silent.',
  family: 'network',
  subject: 'account',
  links: true,
  needs: { accounts: ['signup_ip'] },
  reads: [
    'features.account_address',
    'features.account_order',
    'features.address_class',
    'features.address_pool',
  ],
  params: {
    least_accounts: { value: 5, unit: 'accounts', source: 'chosen: two to four are a family' },
    narrow_ends: {
      value: 10,
      unit: 'parts',
      source: 'chosen: the first and the last tenth are not counted: a few strangers may have been there',
    },
    wide_ends: {
      value: 5,
      unit: 'parts',
      source: 'chosen: or the first and the last fifth, as an operator may add some who came at other times',
    },
    least_nats: {
      value: 7,
      unit: 'nats',
      source: 'chosen: one false alarm in a thousand, after Bonferroni over addresses',
    },
    least_followed: {
      value: 3,
      unit: 'addresses',
      source: 'chosen: two common addresses are a home and an office',
    },
    followed_part: {
      value: 0.3333333333333333,
      unit: 'share of addresses',
      source: 'chosen: a third: an operator’s accounts mostly come second or later',
    },
  },
  levels: {
    address: {
      reason: 'address-shared',
      says: 'The account uses an address together with accounts that registered at about the same time.',
      forgeableBy: 'anyone',
    },
    'follows-pool': {
      reason: 'address-pool-followed',
      says: 'The account came to address after address in different networks where the same set of other accounts had been before.',
      forgeableBy: 'operator',
    },
    pool: {
      reason: 'address-pool-shared',
      says: 'The account takes turns on the same set of addresses in different networks with other accounts.',
      forgeableBy: 'anyone',
    },
  },
  lookAlikes: ['carrier-nat', 'campus', 'family', 'vpn-exit', 'small-vpn', 'address-churn'],
  sources: [
    'Casado and Freedman, Peering through the shroud: the effect of edge opacity on IP-based client identification, NSDI 2007',
    'Naus, The distribution of the size of the maximum cluster of points on a line, JASA 60 (1965), doi:10.1080/01621459.1965.10480810',
    'RFC 6598 (shared address space of carrier NAT)',
  ],
  appeal: 'Proof that the address is a shared one: a letter of the provider, the campus or the VPN.',
};
