import type { DetectorMeta } from '../../contracts/detector.ts';

export const meta: DetectorMeta = {
  title: 'More listed than is there',
  states:
    'The listed model and number of cards against the distinct cards that the machine’s own inventories show. Counted are three inventories or more, over two days or more, since the last one ' +
    'with more than half of the listed cards. A host of several models is no offence; named is one of which no run reached three quarters of the listed model’s bandwidth and 0.6 of its FP32.',
  family: 'inventory',
  subject: 'device',
  links: false,
  needs: { devices: ['gpu_model'], gpus: ['device_id'] },
  reads: [
    'features.benchmark_run',
    'features.card_claim',
    'features.device_claim',
    'features.run_claim',
    'raw.devices',
    'raw.gpus',
  ],
  levels: {
    'mostly-absent': {
      reason: 'listing-mostly-absent',
      says: 'For days no inventory showed more than a quarter of the cards that the machine is listed with.',
      forgeableBy: 'operator',
    },
    'half-absent': {
      reason: 'listing-half-absent',
      says: 'For days no inventory showed more than half of the cards that the machine is listed with.',
      forgeableBy: 'operator',
    },
    'only-card-lesser': {
      reason: 'listing-only-card-lesser',
      says: 'It is listed as one card, shows a lesser one beside it, and no benchmark came near the listed model.',
      forgeableBy: 'nobody',
    },
    'never-reached': {
      reason: 'listing-never-reached',
      says: 'It shows several models, and no benchmark came near the one that it is listed as.',
      forgeableBy: 'nobody',
    },
    'mostly-lesser': {
      reason: 'listing-mostly-lesser',
      says: 'It shows several models and is listed as the best of them, which fewer than half of its cards are.',
      forgeableBy: 'operator',
    },
  },
  lookAlikes: [
    'mixed-host',
    'mixed-host-lists-lesser',
    'lost-card',
    'first-card-client',
    'mig-host',
    'fastest-card-first',
    'upgraded-machine',
    'samples-of-a-loop',
  ],
  sources: [
    'public reports of hosts with two models of card under one listed name (kickstart scripts, bpytop issues)',
    'CUDA orders devices fastest first unless CUDA_DEVICE_ORDER says otherwise (CUDA C++ programming guide): a run without an index is one of the best card',
    'two days and three inventories: a card that falls off the bus comes back with the next reboot',
  ],
  appeal:
    'The listing corrected to what is there, or the output of nvidia-smi -q -x with all cards; a benchmark of each card by its index.',
};
