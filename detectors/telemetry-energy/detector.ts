import type { DetectorMeta } from '../../contracts/detector.ts';

export const meta: DetectorMeta = {
  title: 'An energy counter that no driver keeps',
  states:
    'Gain of the energy counter between neighbouring messages, in a third of the hours, beside the power told at both ends. Found where at least half of the intervals in which power steps by a tenth gain exactly (within 2 % of the step) ' +
    'what the power at one end would give; or half of those with a jump of three tenths gain the mean of both ends (within 5 %); or nine intervals in ten gain nothing; or the counter gains less than half or more than twice what was drawn, median over two days or more. The first ' +
    'two against twice the share that trusted machines of the same agent release and of the same architecture show, by Chernoff’s bound after all cards (3 nats); the others where those machines’ counters agree with their power within a fifth. Silent ' +
    'without counter, power or 48 intervals, for agent releases with fewer than five trusted owners, architectures with fewer than three, Apple and declared slices.',
  family: 'telemetry',
  subject: 'device',
  links: false,
  needs: { devices: ['gpu_model'], heartbeats: ['power_draw_w', 'total_energy_mj'] },
  reads: ['features.card_claim', 'features.telemetry_anchor', 'raw.devices', 'rollup.device_meter'],
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
