import type { DetectorMeta } from '../../contracts/detector.ts';

export const meta: DetectorMeta = {
  title: 'Online by its own word, not by the network’s probes',
  states:
    'On days with heartbeats nearly throughout, or shown online throughout, fewer than a fifth of 50 or more probes over two days were answered. Null: who is there answers. Silent for machines that the network benchmarked.',
  family: 'network',
  subject: 'device',
  links: false,
  needs: { devices: ['device_id'], heartbeats: ['received_at'], pings: ['ok'] },
  reads: ['features.benchmark_run', 'raw.shown_status', 'rollup.device_day', 'rollup.ping_day'],
  params: {
    day_bins: { value: 86, unit: 'quarter hours', source: 'chosen: nine tenths of the 96 of a day' },
    least_probes: {
      value: 50,
      unit: 'probes',
      source: 'chosen: of 50 a machine that answers half loses 40 with a chance below one in a million',
    },
    answered_share: { value: 0.2, unit: 'share', source: 'chosen: lossy lines answer half' },
  },
  levels: {
    'shown-not-there': {
      reason: 'shown-online-not-there',
      says: 'The network showed this machine as online on days on which it answered none of the probes or hardly any.',
      forgeableBy: 'nobody',
    },
    'beats-not-there': {
      reason: 'heartbeats-not-there',
      says: 'The machine sent heartbeats all day while the network could not reach it.',
      forgeableBy: 'nobody',
    },
    'never-answered': {
      reason: 'probes-never-answered',
      says: 'The machine has never answered a probe of the network.',
      forgeableBy: 'nobody',
    },
  },
  lookAlikes: ['filtering-router', 'off-at-snapshot', 'packet-loss'],
  sources: [
    'ICMP filtering at home routers is common: silence alone is not absence',
    'the network’s own probes and clock',
  ],
  appeal: 'A benchmark on request, or a router setting that lets the probes through.',
};
