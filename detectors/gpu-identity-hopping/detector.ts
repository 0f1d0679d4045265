import type { DetectorMeta } from '../../contracts/detector.ts';

export const meta: DetectorMeta = {
  title: 'Cards whose identity will not hold still',
  states:
    'Between inventories the whole set of a machine’s card identifiers is replaced by ones never seen before, twice or more. Null: whole sets are renewed every 180 days, a Poisson process, tested in the ' +
    'fullest week and the fullest 28 days (Chernoff bound of the tail, Bonferroni over those of the time watched). One of several cards replaced, cards missing and cards known from elsewhere do not count. ' +
    'Also: one card that returns three times or more to devices that take turns with it. Silent without times of inventories, and for slices and virtual cards.',
  family: 'identity',
  subject: 'device',
  links: false,
  needs: { devices: ['gpu_model'], gpus: ['gpu_uuid', 'seen_at'] },
  reads: [
    'features.card_turn',
    'features.clock_line',
    'features.device_claim',
    'raw.devices',
    'raw.gpus',
    'rollup.device_day',
    'rollup.device_restart',
  ],
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
