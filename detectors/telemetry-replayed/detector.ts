import type { DetectorMeta } from '../../contracts/detector.ts';

export const meta: DetectorMeta = {
  title: 'Telemetry that was recorded before',
  states:
    'A step is a change of a card’s mean power from one quarter hour to the next that is among its largest tenth, up or down, over at least two days of the last fortnight. Steps that repeat another ' +
    'machine’s, or the card’s own, at one shift are counted, less those within hires or benchmarks of both. Null: independent cards; a Poisson count whose mean is what the pair shows at other shifts. Found where ' +
    'Chernoff’s bound, after all pairs and all shifts, leaves 5 nats, 24 steps and a quarter of all repeat (six in ten for its own past, four at a shift of whole days, in a rhythm of at least eight different pauses), and no shift by other whole hours ' +
    'shows half as many. The later series is the copy. Silent for cards that stand still, declared slices, and cards seen for less than two days.',
  family: 'telemetry',
  subject: 'device',
  links: false,
  needs: { devices: ['gpu_model'], heartbeats: ['power_draw_w'] },
  reads: ['features.telemetry_event', 'features.telemetry_copy'],
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
