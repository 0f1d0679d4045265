/** Accounts behind one address or one pool of addresses that joined together. */
import type { DetectorMeta } from '../../contracts/detector.ts';

export const meta: DetectorMeta = {
  title: 'One address or one proxy pool, many accounts that joined together',
  states:
    'Five or more accounts were seen on one address at overlapping times, or take turns on three or more addresses in different ' +
    'networks, and they registered within a window that is too short for strangers (time measured by the registrations of ' +
    'everybody else). Strangers behind a carrier, a campus or a VPN joined when everybody did and are silent, as are families of ' +
    'two to four. An account that came to most of the pool’s addresses after others had been there, and registered after others ' +
    'of them, followed them by its own doing.',
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
