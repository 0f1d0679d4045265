import type { DetectorMeta } from '../../contracts/detector.ts';

export const meta: DetectorMeta = {
  title: 'Two machines whose power moves as one',
  states:
    'A step is a change of a card’s mean power from one quarter hour to the next that is among its largest tenth, up or down, over at least two days of the last fortnight. Steps of two machines in the ' +
    'same quarter hour are counted, less those within hires or benchmarks of both. Null: independent cards, whose steps meet as often as at other shifts, a Poisson count; found where Chernoff’s bound, ' +
    'after all pairs that could have been compared, leaves 5 nats, 24 steps and three in ten meet, and no shift by whole hours shows half as many. Candidates come from locality-sensitive hashing, never ' +
    'from all pairs. The machine registered first is judged only by power that it draws while it says that nothing runs. Silent for cards that stand still, declared slices, and cards seen for less than two days.',
  family: 'telemetry',
  subject: 'device',
  links: false,
  needs: { devices: ['gpu_model'], heartbeats: ['power_draw_w'] },
  reads: [
    'features.telemetry_event',
    'features.telemetry_copy',
    'raw.devices',
    'raw.rentals',
    'rollup.device_grid',
  ],
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
