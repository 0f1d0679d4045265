/** Registrations from one network that come too close together. */
import type { DetectorMeta } from '../../contracts/detector.ts';

export const meta: DetectorMeta = {
  title: 'A burst of registrations from one network',
  states:
    'Four or more accounts registered from one network (IPv4 /24, IPv6 /48) within a window too short for chance, measured in everybody else’s registrations, so that waves change nothing. Networks whose accounts mostly came at other times are silent.',
  family: 'timing',
  subject: 'account',
  links: true,
  needs: { accounts: ['created_at', 'signup_ip'] },
  reads: ['features.account_order'],
  params: {
    most_strangers: {
      value: 2,
      unit: 'accounts',
      source: 'chosen: one home or office may have stood in a rented network before',
    },
    packed_nats: {
      value: 12,
      unit: 'nats',
      source: 'chosen: one false alarm in 160,000 networks, after Bonferroni',
    },
  },
  levels: {
    packed: {
      reason: 'signup-burst',
      says: 'The account was registered within a rapid series from one network that holds hardly anyone else.',
      forgeableBy: 'operator',
    },
    close: {
      reason: 'signup-series',
      says: 'The account was registered close to others from one network that holds hardly anyone else.',
      forgeableBy: 'operator',
    },
    crowded: {
      reason: 'signup-crowded',
      says: 'The account was registered within a rapid series from a network that others use too.',
      forgeableBy: 'anyone',
    },
    first: {
      reason: 'signup-followed',
      says: 'A rapid series of registrations from the same network followed this one.',
      forgeableBy: 'anyone',
    },
  },
  lookAlikes: ['influencer-wave', 'tenfold-week', 'campus', 'carrier-nat'],
  sources: [
    'Naus, The distribution of the size of the maximum cluster of points on a line, JASA 60 (1965), doi:10.1080/01621459.1965.10480810',
    'Kulldorff, A spatial scan statistic, Communications in Statistics 26 (1997), doi:10.1080/03610929708831995',
  ],
  appeal: 'The event at which the accounts were opened (a class, a hackathon), with its organiser.',
};
