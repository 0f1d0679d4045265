import type { DetectorMeta } from '../../contracts/detector.ts';

export const meta: DetectorMeta = {
  title: 'Power and heat of another card',
  states:
    'Idle power and power under load as shares of the claimed model’s limit, and °C that the card would warm up by at that limit (slope of 15-minute temperature on power). A network of two hidden layers learns their 10, 50 and ' +
    '90 % quantiles from catalogue figures and load, on machines that the network’s benchmarks confirm and that people who hire from three owners or more have paid for; deviations are calibrated on trusted owners that it has not seen ' +
    '(cross-conformal), 1 being where one trusted card in forty ends. Found where two of three figures pass 1.3; as a smaller card where idle power passes 1 as well, or loaded power stays under a third of the limit. Silent below 40 trusted cards of 10 owners, below 5 of the same architecture and size, for Apple, declared slices and cards without load.',
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
