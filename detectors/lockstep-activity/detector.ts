/** Machines of different accounts that restart together. */
import type { DetectorMeta } from '../../contracts/detector.ts';

export const meta: DetectorMeta = {
  title: 'Restarts in lockstep',
  states:
    'The machines of five or more accounts restart in the same half-hours, three times or more on two days or more, when ' +
    'few others do. Null: accounts restart independently, with the rate that each half-hour had for everybody. Daily habits of ' +
    'a machine, client updates and regional outages are left out; groups of which one address block holds three quarters are silent, since guests restart with their host. Silent without uptime and for machines that hardly restart.',
  family: 'timing',
  subject: 'account',
  links: true,
  needs: { devices: ['account_id'], heartbeats: ['uptime_s'] },
  reads: [
    'features.account_address',
    'features.account_order',
    'features.activity_lockstep',
    'features.activity_restart',
    'raw.devices',
    'rollup.device_restart',
  ],
  levels: {
    lockstep: {
      reason: 'restarts-in-lockstep',
      says: 'The machines of this account restart at the same odd times as those of other accounts.',
      forgeableBy: 'operator',
    },
    similar: {
      reason: 'restarts-alike',
      says: 'The machines of this account often restart at the same odd times as those of other accounts.',
      forgeableBy: 'operator',
    },
    first: {
      reason: 'restarts-mirrored',
      says: 'Machines of accounts that registered later restart at the same odd times as those of this account.',
      forgeableBy: 'anyone',
    },
  },
  lookAlikes: ['daily-restart-script', 'client-update', 'regional-outage', 'family-power-cuts', 'co-tenants'],
  sources: [
    'Cao, Yang, Yu and Palow, Uncovering large groups of active malicious accounts in online social networks (SynchroTrap), CCS 2014, doi:10.1145/2660267.2660269',
  ],
  appeal:
    'The cause of the common restarts (a hoster that moves its machines, a shared power feed), with its notice.',
};
