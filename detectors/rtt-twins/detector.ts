/** Accounts in different networks whose machines answer through one room's line. */
import type { DetectorMeta } from '../../contracts/detector.ts';

export const meta: DetectorMeta = {
  title: 'One line behind different networks',
  states:
    'Machines of four or more accounts, in unrelated networks, answer the probes late and lose pings at the same times. Rooms are found on odd days and tested on even ones, against shifts. Silent below 40 spans of either.',
  family: 'network',
  subject: 'account',
  links: true,
  needs: { pings: ['rtt_ms'], heartbeats: ['ip'], devices: ['account_id'] },
  reads: [
    'features.address_spelling',
    'raw.accounts',
    'raw.devices',
    'rollup.device_grid',
    'rollup.device_ip_day',
    'rollup.device_restart',
    'rollup.ping_day',
    'rollup.ping_grid',
  ],
  params: {
    least_nats: {
      value: 3,
      unit: 'nats',
      source: 'chosen: chance of one in twenty over all machines',
    },
    least_accounts: {
      value: 4,
      unit: 'accounts',
      source: 'chosen: three may share a household or a friend’s line',
    },
    room_low: {
      value: 3,
      unit: 'z',
      source: 'chosen: Stouffer’s mean over the members, three standard deviations',
    },
    sure_nats: {
      value: 6,
      unit: 'nats',
      source: 'chosen: chance of one in 400 over all machines',
    },
    common: {
      value: 3,
      unit: 'times',
      source: 'chosen: where rooms hold a third of everybody, the cause is common',
    },
    least_spans: {
      value: 40,
      unit: 'spans',
      source: 'chosen: fewer tell no correlation of 0.4 from chance',
    },
    day_bins: {
      value: 96,
      unit: 'quarter hours',
      source: 'definition: a day has 96 quarter hours',
    },
    kept_days: {
      value: 14,
      unit: 'days',
      source: 'chosen: the newest fortnight',
    },
    around: {
      value: 12,
      unit: 'quarter hours',
      source: 'chosen: three hours before and after',
    },
    upper: {
      value: 0.75,
      unit: 'quantile',
      source: 'definition: three quarters lie below the upper quartile, one below the lower',
    },
    lower: {
      value: 0.25,
      unit: 'quantile',
      source: 'definition: three quarters lie below the upper quartile, one below the lower',
    },
    quartiles: {
      value: 1.349,
      unit: 'standard deviations',
      source: 'normal distribution: between its quartiles',
    },
    rounding_us: {
      value: 100,
      unit: 'µs',
      source: 'probes print tenths of a millisecond',
    },
    least_answers: {
      value: 24,
      unit: 'answers',
      source: 'chosen: fewer give no quartiles',
    },
    latest: {
      value: 3,
      unit: 'spreads',
      source: 'chosen: one answer moves a span no more than this; a lost one counts as the latest',
    },
    quarter_minutes: {
      value: 15,
      unit: 'minutes',
      source: 'width of a bin of the rollup tables',
    },
    region_accounts: {
      value: 20,
      unit: 'accounts',
      source: 'chosen: a country of fewer cannot be told from a room',
    },
    per_account: {
      value: 8,
      unit: 'machines',
      source: 'chosen: a big holder’s hall says nothing about others',
    },
    least_machines: {
      value: 10,
      unit: 'machines',
      source: 'chosen: a median of fewer is moved by a room',
    },
  },
  levels: {
    'one-room': {
      reason: 'one-line-behind-many-places',
      says: 'A machine of this account, whose address claims to be elsewhere, is slow and loses probes exactly when machines of other accounts do.',
      forgeableBy: 'operator',
    },
    alike: {
      reason: 'lines-slow-together',
      says: 'A machine of this account is slow and loses probes when machines of other accounts in other networks do.',
      forgeableBy: 'operator',
    },
    nearby: {
      reason: 'lines-of-one-country-slow-together',
      says: 'A machine of this account is slow when machines of other networks of the same country are.',
      forgeableBy: 'anyone',
    },
  },
  lookAlikes: [
    'one-exchange-point',
    'regional-outage',
    'probe-trouble',
    'customers-of-one-cloud',
    'busy-evenings',
  ],
  sources: [
    'Charikar, Similarity estimation techniques from rounding algorithms, STOC 2002, doi:10.1145/509907.509965',
    'Xie, Yu, Achan, Gillum, Goldszmidt and Wobber, How dynamic are IP addresses?, SIGCOMM 2007, doi:10.1145/1282380.1282415',
    'Padmanabhan and Subramanian, An investigation of geographic mapping techniques for Internet hosts, SIGCOMM 2001, doi:10.1145/383059.383073',
  ],
  appeal:
    'A probe of the machine at a time of the appeal, from two vantage points, and the contract of its line.',
};
