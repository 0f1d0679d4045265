import type { DetectorMeta } from '../../contracts/detector.ts';

export const meta: DetectorMeta = {
  title: 'Sensor readings that no card gives',
  states:
    'Readings break a law of the sensor: a constant over a day, idle power beyond what utilization allows, heat unrelated to power, fractions of a degree, heat without memory. Silent for absent sensors, Apple and unknown models.',
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
  params: {
    least_readings: {
      value: 200,
      unit: 'readings',
      source: 'chosen: a day of quarter hours, twice',
    },
    trusted_readings: {
      value: 100,
      unit: 'readings',
      source: 'chosen: half of what is asked of the accused',
    },
    trusted_owners: {
      value: 5,
      unit: 'owners',
      source: 'chosen: fewer do not show what an agent release prints',
    },
    exceptions: {
      value: 0.2,
      unit: 'share',
      source: 'chosen: one trusted card in five may be read otherwise',
    },
    whole_share: {
      value: 0.99,
      unit: 'share',
      source: 'NVIDIA NVML: nvmlDeviceGetTemperature returns whole degrees',
    },
    told_share: {
      value: 0.9,
      unit: 'share',
      source: 'chosen: idle readings must come with a utilization',
    },
    over_limit: {
      value: 1.2,
      unit: 'share',
      source: 'chosen: short peaks pass the default limit by up to a fifth',
    },
    engine_share: {
      value: 0.06,
      unit: 'share of the limit',
      source: 'chosen: copy and video engines, which utilization does not count',
    },
    engine_w: {
      value: 8,
      unit: 'W',
      source: 'chosen: copy and video engines, which utilization does not count',
    },
    far_beyond: {
      value: 1.5,
      unit: 'share',
      source: 'chosen: half as much again as can be explained',
    },
    day_bins: {
      value: 96,
      unit: 'quarter hours',
      source: 'definition: a day has 96 quarter hours',
    },
    swing_share: {
      value: 0.08,
      unit: 'share of the limit',
      source: 'chosen: a heat sink shows such a swing by several degrees',
    },
    heat_corr: {
      value: 0.25,
      unit: 'correlation',
      source: 'chosen: real cards pass 0.5 at such swings',
    },
    least_memory: {
      value: 0.1,
      unit: 'correlation',
      source: 'chosen: independent draws over a day scatter by 0.1',
    },
    percent: {
      value: 100,
      unit: 'percent',
      source: 'utilization in percent as a share',
    },
  },
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
