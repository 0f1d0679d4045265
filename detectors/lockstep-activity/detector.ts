/** Machines of different accounts that restart together. */
import type { DetectorMeta } from '../../contracts/detector.ts';

export const meta: DetectorMeta = {
  title: 'Restarts in lockstep',
  states:
    'Machines of five or more accounts restart in the same half-hours, three times or more on two days or more, when few others do. Daily habits, updates, regional outages and groups of one address block are left out.',
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
  params: {
    least_events: {
      value: 3,
      unit: 'events',
      source: 'chosen: two restarts in common are usual within a month',
    },
    event_part: {
      value: 3,
      unit: 'members per restart',
      source: 'chosen: an event is one of a third of the group, so that a few do not make it',
    },
    tolerance_min: {
      value: 20,
      unit: 'minutes',
      source: 'SynchroTrap, CCS 2014, groups actions within 20 minutes',
    },
    member_keeps: {
      value: 0.7,
      unit: 'probability',
      source: 'chosen: a member misses events while its machine is off or left out of a round',
    },
    least_share: {
      value: 0.001,
      unit: 'share',
      source: 'chosen: no event is rarer than one in a thousand accounts, so that one event never convicts',
    },
    quarter_min: {
      value: 15,
      unit: 'minutes',
      source: 'half of the half-hours of features.activity_restart, which come in two phases',
    },
    least_accounts: { value: 5, unit: 'accounts', source: 'chosen: a household shares its power cuts' },
    lockstep_nats: {
      value: 5,
      unit: 'nats',
      source: 'chosen: one false alarm in 150 after Bonferroni over accounts',
    },
    hall_share: {
      value: 0.75,
      unit: 'share',
      source: 'chosen: guests of one host or tenants of one hall restart with it',
    },
  },
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
