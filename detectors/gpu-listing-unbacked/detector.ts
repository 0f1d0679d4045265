import type { DetectorMeta } from '../../contracts/detector.ts';

export const meta: DetectorMeta = {
  title: 'More listed than is there',
  states:
    'The listed cards against those that inventories show: half or more absent for days, most of them lesser, or no run near the listed model. A host of several models is no offence. Silent with fewer than three inventories.',
  family: 'inventory',
  subject: 'device',
  links: false,
  needs: { devices: ['gpu_model'], gpus: ['device_id'] },
  reads: ['features.benchmark_run', 'features.device_claim', 'features.run_claim', 'features.shown_card'],
  params: {
    least_inventories: {
      value: 3,
      unit: 'inventories',
      source: 'chosen: one or two may fall into a repair',
    },
    least_days: {
      value: 2,
      unit: 'days',
      source: 'chosen: a card that falls off the bus comes back with the next reboot',
    },
    quarter: {
      value: 0.25,
      unit: 'share',
      source: 'chosen: half of what half-absent asks for',
    },
    least_runs: {
      value: 3,
      unit: 'runs',
      source: 'chosen: one or two runs may be disturbed',
    },
    bandwidth_share: {
      value: 0.75,
      unit: 'share',
      source: 'catalogue: the other cards of a class come to three quarters of its bandwidth',
    },
    fp32_share: {
      value: 0.6,
      unit: 'share',
      source: 'chosen: power caps take up to two fifths of the arithmetic',
    },
    habit_accounts: {
      value: 10,
      unit: 'accounts',
      source: 'chosen: fewer accounts do not show a habit of the client',
    },
    habit_share: {
      value: 0.2,
      unit: 'share',
      source: 'chosen: what a fifth of the owners show is the client’s doing',
    },
  },
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
