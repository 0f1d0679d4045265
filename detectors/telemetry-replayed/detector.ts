import type { DetectorMeta } from '../../contracts/detector.ts';

export const meta: DetectorMeta = {
  title: 'Telemetry that was recorded before',
  states:
    'The largest steps of a card’s power repeat another machine’s, or its own, some hours or days later, more often than a Poisson count allows, after all pairs and shifts. The later series is the copy. Silent for still cards.',
  family: 'telemetry',
  subject: 'device',
  links: false,
  needs: { devices: ['gpu_model'], heartbeats: ['power_draw_w'] },
  reads: ['features.telemetry_copy', 'features.telemetry_rhythm'],
  params: {
    least_steps: {
      value: 40,
      unit: 'steps',
      source: 'chosen: two days of a tenth of all quarter hours, up and down',
    },
    least_nats: {
      value: 5,
      unit: 'nats',
      source: 'chosen: chance of one in 150 after all pairs and shifts',
    },
    least_matched: {
      value: 24,
      unit: 'steps',
      source: 'chosen: too many for two habits to share by accident',
    },
    copied_share: {
      value: 0.25,
      unit: 'share',
      source: 'chosen: noise over a recording hides up to three steps in four',
    },
    own_share: {
      value: 0.6,
      unit: 'share',
      source: 'chosen: habits repeat up to a third',
    },
    days_share: {
      value: 0.4,
      unit: 'share',
      source: 'chosen: habits repeat up to a third; whole days are where loops are made',
    },
    least_pauses: {
      value: 8,
      unit: 'different pauses',
      source: 'chosen: a habit has few different pauses, real use many',
    },
    round_steps: {
      value: 12,
      unit: 'steps',
      source: 'chosen: a loop of fewer steps a round may be a habit',
    },
    day_bins: {
      value: 96,
      unit: 'quarter hours',
      source: 'definition: a day has 96 quarter hours',
    },
    hour_bins: {
      value: 4,
      unit: 'quarter hours',
      source: 'definition: an hour has four quarter hours',
    },
  },
  levels: {
    'other-machine': {
      reason: 'telemetry-copied',
      says: 'The power of this card repeats, hours or days later, what another machine’s card drew.',
      forgeableBy: 'operator',
    },
    'own-past': {
      reason: 'telemetry-looped',
      says: 'The power of this card repeats its own past step by step.',
      forgeableBy: 'operator',
    },
    'own-days': {
      reason: 'telemetry-day-repeated',
      says: 'Much of what this card’s power does it did at the same time some whole days before, step by step.',
      forgeableBy: 'operator',
    },
  },
  lookAlikes: ['daily-script', 'daily-habit', 'one-customers-job-in-turn', 'idle-card', 'honest-mig'],
  sources: [
    'Wang, An industrial-strength audio search algorithm (ISMIR 2003): hashes of neighbouring events, then one shift for all',
    'Indyk and Motwani, Approximate nearest neighbors (STOC 1998): locality-sensitive hashing',
    'Chernoff’s bound for a Poisson count: P(K ≥ k) ≤ exp(k − λ − k·ln(k/λ))',
  ],
  appeal:
    'A benchmark at a second that the network picks while heartbeats are read: a recording cannot show it. The steps of that benchmark must appear in the card’s own power.',
};
