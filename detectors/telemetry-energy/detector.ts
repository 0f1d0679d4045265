import type { DetectorMeta } from '../../contracts/detector.ts';

export const meta: DetectorMeta = {
  title: 'An energy counter that no driver keeps',
  states:
    'The energy counter gains exactly what the powers in two messages, or their mean, would give; or nothing; or less than half or more than twice what was drawn. Compared with trusted machines of the same agent and architecture.',
  family: 'telemetry',
  subject: 'device',
  links: false,
  needs: { devices: ['gpu_model'], heartbeats: ['power_draw_w', 'total_energy_mj'] },
  reads: ['features.card_claim', 'features.telemetry_anchor', 'raw.devices', 'rollup.device_meter'],
  params: {
    least_intervals: {
      value: 48,
      unit: 'intervals',
      source: 'chosen: half a day of quarter hours',
    },
    least_steps: {
      value: 6,
      unit: 'steps',
      source: 'chosen: fewer steps of power give no share',
    },
    release_owners: {
      value: 5,
      unit: 'owners',
      source: 'chosen: fewer trusted owners do not show what an agent release prints',
    },
    architecture_owners: {
      value: 3,
      unit: 'owners',
      source: 'chosen: fewer trusted owners do not show what an architecture counts',
    },
    watts_low: {
      value: 0.8,
      unit: 'share',
      source: 'chosen: trusted machines’ counters agree with their power within a fifth',
    },
    watts_high: {
      value: 1.25,
      unit: 'share',
      source: 'chosen: trusted machines’ counters agree with their power within a fifth',
    },
    least_share: {
      value: 0.1,
      unit: 'share',
      source: 'chosen: cards of one model differ; the usual share is taken for a tenth at least',
    },
    still_share: {
      value: 0.9,
      unit: 'share',
      source: 'chosen: nine intervals in ten without gain',
    },
    least_nats: {
      value: 3,
      unit: 'nats',
      source: 'chosen: chance of one in twenty after all cards',
    },
  },
  levels: {
    ledger: {
      reason: 'telemetry-energy-ledger',
      says: 'The energy counter is the sum of the powers that the card has told, exactly: it was added up, not measured.',
      forgeableBy: 'operator',
    },
    interpolated: {
      reason: 'telemetry-energy-interpolated',
      says: 'The energy counter gains the mean of two neighbouring power readings even where power jumps between them: it was computed from the messages.',
      forgeableBy: 'operator',
    },
    unrelated: {
      reason: 'telemetry-energy-unrelated',
      says: 'The energy counter does not grow by the power that the card reports.',
      forgeableBy: 'operator',
    },
    stuck: {
      reason: 'telemetry-energy-stuck',
      says: 'The energy counter stands still while the card reports power.',
      forgeableBy: 'operator',
    },
  },
  lookAlikes: [
    'no-counter',
    'counter-starts-again',
    'whole-watts',
    'idle-card',
    'agent-counts-in-joules',
    'agent-adds-up',
    'declared-slice',
  ],
  sources: [
    'NVIDIA NVML: nvmlDeviceGetTotalEnergyConsumption counts millijoules since the driver was loaded, from Volta on',
    'NVIDIA NVML: nvmlDeviceGetPowerUsage is an average over one second, or a moment',
    'Chernoff’s bound for a Poisson count: P(K ≥ k) ≤ exp(k − λ − k·ln(k/λ))',
  ],
  appeal:
    'A benchmark at a second that the network picks, with the counter read before and after it: a driver counts the energy between two messages, a program knows only the messages.',
};
