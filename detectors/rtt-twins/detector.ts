/** Accounts in different networks whose machines answer through one room's line. */
import type { DetectorMeta } from '../../contracts/detector.ts';

export const meta: DetectorMeta = {
  title: 'One line behind different networks',
  states:
    'Machines of four or more accounts, in networks that have nothing in common, answer the probes late and lose pings at the same times, half-hour by half-hour, ' +
    'beyond what the probe, the country and their own day explain. Groups are found on odd days and tested on even ones: the agreement of each machine with the others must stand out from ' +
    'the agreement at every shift of time, Bonferroni over all machines. Null: the lines of different networks are slow independently. Silent below 40 half-hours in either half of the days, ' +
    'and among machines that share an address block (/16, /32) or an autonomous system.',
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
