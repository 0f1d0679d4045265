import type { DetectorMeta } from '../../contracts/detector.ts';

export const meta: DetectorMeta = {
  title: 'Cards whose identity will not hold still',
  states:
    'All card identifiers of a machine are replaced by ones never seen before, more often than a Poisson process of one renewal in 180 days explains; or one card returns again and again to devices that take turns with it.',
  family: 'identity',
  subject: 'device',
  links: false,
  needs: { devices: ['gpu_model'], gpus: ['gpu_uuid', 'seen_at'] },
  reads: [
    'features.card_identity',
    'features.card_turn',
    'features.clock_line',
    'features.device_claim',
    'raw.devices',
    'raw.gpus',
    'rollup.device_day',
    'rollup.device_restart',
  ],
  params: {
    life_days: {
      value: 180,
      unit: 'days',
      source:
        'chosen: several times as often as cards fail; Llama 3 technical report 2024: 9 % of GPUs a year failed under full load',
    },
    week_days: {
      value: 7,
      unit: 'days',
      source: 'chosen: the shorter of the two windows in which renewals are counted',
    },
    month_days: {
      value: 28,
      unit: 'days',
      source: 'chosen: the longer of the two windows in which renewals are counted',
    },
    start_minutes: {
      value: 10,
      unit: 'minutes',
      source: 'chosen: time for the first inventory of a client after it starts',
    },
    hops: {
      value: 3,
      unit: 'renewals',
      source: 'chosen: two replaced sets are a repair and an upgrade',
    },
    twice_nats: {
      value: 4.5,
      unit: 'nats',
      source: 'chosen: two renewals in a week have 6.5 nats, in a month 3.7',
    },
    hopping_nats: {
      value: 7,
      unit: 'nats',
      source: 'chosen: chance under 1 in 1,000 for each machine watched',
    },
    start_share: {
      value: 0.8,
      unit: 'share',
      source: 'chosen: four in five renewals at a start are what a kit does that mints at every start',
    },
    moved_buses: {
      value: 3,
      unit: 'renewals',
      source: 'chosen: hosts of a cloud keep the virtual bus, kits mint it too',
    },
    free_drift_ppm: {
      value: 0.1,
      unit: 'ppm',
      source: 'a clock that drifts less is set by time servers (host-clock-shared)',
    },
    one_clock_ms: {
      value: 250,
      unit: 'ms',
      source: 'chosen: far beyond what delay scatters, and another host’s clock breaks the line by more',
    },
    returns: {
      value: 3,
      unit: 'returns',
      source: 'chosen: a card that is sold, comes back once under a guarantee',
    },
    together_share: {
      value: 0.1,
      unit: 'share',
      source: 'chosen: beyond this share of quarter hours the devices do not take turns',
    },
    systems: {
      value: 3,
      unit: 'devices',
      source: 'chosen: two devices of one owner are one computer with two systems',
    },
  },
  levels: {
    'every-start': {
      reason: 'card-renamed-at-every-start',
      says: 'This machine shows cards that nobody has seen before whenever its client starts.',
      forgeableBy: 'operator',
    },
    hopping: {
      reason: 'card-renamed-again-and-again',
      says: 'All cards of this machine were replaced by cards that nobody has seen before, three times or more within weeks.',
      forgeableBy: 'operator',
    },
    'same-board': {
      reason: 'card-renamed-on-one-board',
      says: 'The card of this machine changes its identifier while the serial number of its board stays.',
      forgeableBy: 'operator',
    },
    twice: {
      reason: 'card-renamed-twice',
      says: 'All cards of this machine were replaced twice within weeks.',
      forgeableBy: 'operator',
    },
    guest: {
      reason: 'guest-with-changing-cards',
      says: 'All cards of this virtual machine were replaced again and again, as happens to guests that a cloud moves between hosts.',
      forgeableBy: 'operator',
    },
    'own-turns': {
      reason: 'card-used-in-turns-by-owner',
      says: 'One card returns again and again to several devices of this owner, which are never online together.',
      forgeableBy: 'operator',
    },
    'in-turns': {
      reason: 'card-used-in-turns',
      says: 'One card returns again and again to devices of several accounts, which are never online together.',
      forgeableBy: 'anyone',
    },
  },
  lookAlikes: [
    'broken-card',
    'rma',
    'container-re-creation',
    'moved-cards',
    'two-systems-on-one-computer',
    'upgraded-machine',
    'second-hand-card',
  ],
  sources: [
    'NVIDIA, nvidia-smi: the UUID is "the globally unique immutable alphanumeric identifier of the GPU"',
    'Llama 3 technical report, 2024: 9 % of GPUs a year failed under full load; the null allows for a whole set every 180 days',
    'a public container kit that answers for nvidia-smi mints a random UUID and PCI id at every start',
    'Chernoff bound of the Poisson tail: exp(−(k ln(k/μ) − k + μ))',
  ],
  appeal:
    'Invoices or return papers of the cards that were replaced, the cloud’s log of the hosts that the guest ran on, or a photograph of the boards with their serial numbers.',
};
