import type { DetectorMeta } from '../../contracts/detector.ts';

export const meta: DetectorMeta = {
  title: 'Power and heat of another card',
  states:
    'Idle power, power under load and warming, against quantiles that a small network learns on trusted machines. Found where two of three figures deviate; as a smaller card where power is low as well. Silent with few trusted cards.',
  family: 'telemetry',
  subject: 'device',
  links: false,
  needs: { devices: ['gpu_model'], heartbeats: ['power_draw_w'] },
  reads: [
    'features.card_claim',
    'features.telemetry_anchor',
    'features.telemetry_bins',
    'features.telemetry_card',
    'rollup.device_grid',
  ],
  params: {
    outside: {
      value: 1.3,
      unit: 'deviations',
      source: 'chosen: a deviation of 1 is where one trusted card in forty ends; a third beyond it',
    },
    least_limit_share: {
      value: 0.33,
      unit: 'share of the default limit',
      source: 'NVIDIA nvidia-smi -q -d POWER: Min Power Limit is a third of the default or more',
    },
    idle_load: {
      value: 0.02,
      unit: 'utilization, 0..1',
      source: 'chosen: class 0, nothing runs',
    },
    light_load: {
      value: 0.2,
      unit: 'utilization, 0..1',
      source: 'chosen: class 1',
    },
    half_load: {
      value: 0.6,
      unit: 'utilization, 0..1',
      source: 'chosen: class 2; above it the card is under load',
    },
    least_bins: {
      value: 4,
      unit: 'quarter hours',
      source: 'chosen: an hour of a load',
    },
    heat_bins: {
      value: 96,
      unit: 'quarter hours',
      source: 'chosen: a day',
    },
    heat_spread: {
      value: 0.03,
      unit: 'share of the limit',
      source: 'chosen: less movement of power tells no slope',
    },
    heat_corr: {
      value: 0.4,
      unit: 'correlation',
      source: 'chosen: a weaker one tells no slope',
    },
    hundredths: {
      value: 100,
      unit: 'centiwatts',
      source: 'rollup.device_grid counts watts in hundredths',
    },
    ten_thousandths: {
      value: 10000,
      unit: 'hundredths of a percent',
      source: 'rollup.device_grid counts percent in hundredths',
    },
    least_cards: {
      value: 40,
      unit: 'cards',
      source: 'chosen: trusted cards without which nothing is learned',
    },
    least_owners: {
      value: 10,
      unit: 'owners',
      source: 'chosen: trusted owners without which nothing is learned',
    },
    least_alike: {
      value: 5,
      unit: 'cards',
      source: 'chosen: trusted cards of the same architecture and size without which nothing is judged',
    },
    like_size: {
      value: 1.5,
      unit: 'times',
      source: 'chosen: power limits that count as the same size',
    },
    inside: {
      value: 0.975,
      unit: 'share',
      source: 'chosen: trusted cards that must lie within the limit; a few of them may be fakes that passed',
    },
    narrowest: {
      value: 0.02,
      unit: 'logarithm',
      source: 'chosen: half an interval of 80 % that is narrower is an accident of few cards',
    },
  },
  levels: {
    'smaller-card': {
      reason: 'telemetry-of-smaller-card',
      says: 'The card draws too little power for its model and warms up too much for that power: it behaves like a smaller card.',
      forgeableBy: 'operator',
    },
    'other-card': {
      reason: 'telemetry-of-other-card',
      says: 'Power and heat of the card relate otherwise than on machines with the same model.',
      forgeableBy: 'operator',
    },
  },
  lookAlikes: ['power-capped', 'clogged-cooler', 'water-cooling', 'absent-sensors', 'declared-slice'],
  sources: [
    'Koenker and Bassett, Regression quantiles (Econometrica 1978): the pinball loss',
    'Vovk, Cross-conformal predictors (Annals of Mathematics and Artificial Intelligence 2015)',
    'Romano, Patterson and Candès, Conformalized quantile regression (NeurIPS 2019)',
    'NVIDIA nvidia-smi -q -d POWER: Min Power Limit of GeForce and data-centre cards is a third of the default or more',
    'default power limits: fixtures/catalog/gpu_models.csv',
  ],
  appeal:
    'The power limit that is set (`nvidia-smi -q -d POWER`), and a benchmark at a time that the network picks: a card at its data sheet’s throughput is the claimed card, whatever it draws.',
};
