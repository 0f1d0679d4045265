/** Missions clicked through by one script. */
import type { DetectorMeta } from '../../contracts/detector.ts';

export const meta: DetectorMeta = {
  title: 'One script behind many accounts',
  states:
    'Three or more accounts go through the missions in the same order with the same pauses. People who follow one guide share the order, but pause like everybody. Silent below four distinct missions done once.',
  family: 'behaviour',
  subject: 'account',
  links: true,
  needs: { engagement: ['account_id', 'kind', 'occurred_at'] },
  reads: ['features.mission_step', 'features.script_member'],
  params: {
    similar_llr: { value: 4, unit: 'nats', source: 'chosen: one chance match in 55' },
    script_llr: { value: 8, unit: 'nats', source: 'chosen: one chance match in 3,000' },
    identical_llr: { value: 12, unit: 'nats', source: 'chosen: one chance match in 160,000' },
    margin: { value: 6, unit: 'nats', source: 'chosen: beyond the number of groups, one in 400' },
    least_matched: {
      value: 3,
      unit: 'steps',
      source: 'chosen: two matches come by chance among the windows that form groups',
    },
    least_exact: {
      value: 6,
      unit: 'pauses',
      source: 'chosen: six pauses to three seconds are no coincidence of tempo',
    },
    least_accounts: { value: 3, unit: 'accounts', source: 'chosen: two people may have sat side by side' },
  },
  levels: {
    identical: {
      reason: 'missions-to-the-second',
      says: 'The account went through the missions with the same pauses as others, to a few seconds.',
      forgeableBy: 'operator',
    },
    script: {
      reason: 'missions-scripted',
      says: 'The account went through the missions in the order and with the pauses of others before it.',
      forgeableBy: 'operator',
    },
    similar: {
      reason: 'missions-alike',
      says: 'Most of the missions of this account follow the order and pauses of others before it.',
      forgeableBy: 'operator',
    },
    first: {
      reason: 'missions-copied',
      says: 'Others later went through the missions in the order and with the pauses of this account.',
      forgeableBy: 'anyone',
    },
  },
  lookAlikes: ['popular-guide', 'class-at-one-pace'],
  sources: [
    'Cao, Yang, Yu and Palow, Uncovering large groups of active malicious accounts in online social networks (SynchroTrap), CCS 2014, doi:10.1145/2660267.2660269',
    'Wang, Konolige, Wilson, Wang, Zheng and Zhao, You are how you click: clickstream analysis for Sybil detection, USENIX Security 2013',
  ],
  appeal:
    'A recording of the missions being done by hand, or the public tool that was used, with its publication date.',
};
