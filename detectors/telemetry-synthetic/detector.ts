import type { DetectorMeta } from '../../contracts/detector.ts';

export const meta: DetectorMeta = {
  title: 'Sensor readings that no card gives',
  states:
    'Over a day or more: power and temperature never change by one step (200 readings each); or idle power spreads beyond 1.2 × power limit × √(m(1 − m)) + 6 % + 8 W, the most that readings ' +
    'of mean utilization m allow; or over 96 quarter hours temperature correlates less than 0.25 with power that spreads by 8 % of the limit; or half of 200 temperatures have ' +
    'fractions of a degree, where four in five trusted machines of the same maker and agent release have none (five owners); or over 96 pairs of quarter hours a temperature that spreads by 1 °C correlates less than 0.1 with the one before. Silent for absent sensors, declared slices (their ' +
    'sensors are the whole card’s), Apple, unknown models and cards that never changed load.',
  family: 'telemetry',
  subject: 'device',
  links: false,
  needs: { devices: ['gpu_model'], heartbeats: ['power_draw_w', 'temperature_gpu_c'] },
  reads: [
    'features.card_claim',
    'features.telemetry_anchor',
    'features.telemetry_bins',
    'features.telemetry_card',
    'raw.devices',
  ],
  levels: {
    frozen: {
      reason: 'telemetry-frozen',
      says: 'Power and temperature never changed by a single step.',
      forgeableBy: 'operator',
    },
    'heat-without-power': {
      reason: 'telemetry-heat-without-power',
      says: 'The temperature takes no notice of how much power the card draws.',
      forgeableBy: 'operator',
    },
    'power-without-load': {
      reason: 'telemetry-power-without-load',
      says: 'The card draws full power again and again while it reports that nothing runs on it.',
      forgeableBy: 'operator',
    },
    'fractional-degrees': {
      reason: 'telemetry-fractional-degrees',
      says: 'The temperature has fractions of a degree, which this kind of sensor does not know.',
      forgeableBy: 'operator',
    },
    'power-beyond-load': {
      reason: 'telemetry-power-beyond-load',
      says: 'The card draws more varying power than the reported work explains.',
      forgeableBy: 'operator',
    },
    'without-memory': {
      reason: 'telemetry-without-memory',
      says: 'The temperature jumps about as if a heat sink had no mass.',
      forgeableBy: 'operator',
    },
  },
  lookAlikes: [
    'idle-card',
    'idle-flat',
    'water-cooling',
    'honest-mig',
    'video-encoding',
    'absent-sensors',
    'agent-averages',
  ],
  sources: [
    'variance of a variable in 0..1 with mean m is at most m(1 − m)',
    'NVIDIA NVML: nvmlDeviceGetTemperature returns whole degrees; AMD: rocm-smi shows fractions',
    'NVIDIA nvidia-smi: power.draw is a one-second average, temperature whole degrees; utilization.gpu counts kernels, not copy and video engines',
    'a heat sink follows its power within minutes; 15-minute means are long against that',
  ],
  appeal:
    'A benchmark at a time that the network picks while heartbeats are read: load, power and temperature must rise together.',
};
