import type { DetectorMeta } from '../../contracts/detector.ts';

export const meta: DetectorMeta = {
  title: 'Two machines whose power moves as one',
  states:
    'Steps of two machines’ power meet in the same quarter hours, outside work that the network gave, more often than at other shifts (Poisson, after all pairs). The machine registered first is spared.',
  family: 'telemetry',
  subject: 'device',
  links: false,
  needs: { devices: ['gpu_model'], heartbeats: ['power_draw_w'] },
  reads: [
    'features.full_speed',
    'features.telemetry_copy',
    'features.telemetry_rhythm',
    'raw.devices',
    'raw.rentals',
    'rollup.device_grid',
  ],
  params: {
    least_steps: {
      value: 40,
      unit: 'steps',
      source: 'chosen: two days of a tenth of all quarter hours, up and down',
    },
    least_nats: {
      value: 5,
      unit: 'nats',
      source: 'chosen: chance of one in 150 after all pairs',
    },
    least_matched: {
      value: 24,
      unit: 'steps',
      source: 'chosen: too many for two habits to share by accident',
    },
    met_share: {
      value: 0.3,
      unit: 'share',
      source: 'chosen: a shard may hide most of its steps',
    },
    card_share: {
      value: 0.6,
      unit: 'share',
      source: 'chosen: two readers of one sensor agree in most steps',
    },
    hidden_nats: {
      value: 12,
      unit: 'nats',
      source: 'chosen: it accuses the machine registered first, too',
    },
    least_hidden: {
      value: 8,
      unit: 'steps',
      source: 'chosen: eight steps of power at utilization 0 that meet another machine’s work',
    },
    power_gap: {
      value: 0.025,
      unit: 'logarithm',
      source: 'Sinha et al., SC 2022: cards of one model differ by about a tenth, a quarter of that here',
    },
    temp_gap_c: {
      value: 2.5,
      unit: '°C',
      source:
        'Sinha et al., SC 2022: cards of one model differ by ten degrees and more, a quarter of that here',
    },
    percent: {
      value: 100,
      unit: 'hundredths',
      source: 'rollup tables count watts, °C and percent in hundredths',
    },
  },
  levels: {
    'hidden-load': {
      reason: 'telemetry-hidden-load-of-another',
      says: 'While this machine says that nothing runs on its card, the card draws power exactly when another machine works.',
      forgeableBy: 'operator',
      sameCard: true,
    },
    'one-card': {
      reason: 'telemetry-of-one-card',
      says: 'Power and temperature of this machine move with another machine’s, at the same level, though they were not hired together.',
      forgeableBy: 'operator',
      sameCard: true,
    },
    'same-load': {
      reason: 'telemetry-same-load',
      says: 'This card is loaded and idle at the same moments as another machine’s, though they were not hired together.',
      forgeableBy: 'operator',
    },
  },
  lookAlikes: ['same-job', 'same-room', 'daily-script', 'honest-mig', 'idle-card'],
  sources: [
    'Indyk and Motwani, Approximate nearest neighbors (STOC 1998): locality-sensitive hashing',
    'Wang, An industrial-strength audio search algorithm (ISMIR 2003): hashes of neighbouring events survive a shift',
    'Chernoff’s bound for a Poisson count: P(K ≥ k) ≤ exp(k − λ − k·ln(k/λ))',
    'Sinha et al., Not all GPUs are created equal (SC 2022): power and temperature of cards of one model differ by about a tenth and by ten degrees and more',
  ],
  appeal:
    'Benchmarks on both machines at the same second, as the audit’s challenge plan asks for: two cards both run at full speed. Or the job that the owner ran on both.',
};
