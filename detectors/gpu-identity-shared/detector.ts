import type { DetectorMeta } from '../../contracts/detector.ts';

export const meta: DetectorMeta = {
  title: 'One card reported by several machines at once',
  states:
    'A gpu_uuid or board serial is reported by several devices that send heartbeats in the same quarter hours, an hour or more in all. The device observed first with the card, without a long break, is spared.',
  family: 'identity',
  subject: 'device',
  links: true,
  needs: { devices: ['gpu_model'], gpus: ['gpu_uuid'], heartbeats: ['received_at'] },
  reads: ['features.card_identity', 'raw.devices', 'raw.gpu_rows', 'raw.gpus', 'rollup.device_day'],
  params: {
    least_quarters: {
      value: 4,
      unit: 'quarter hours',
      source: 'chosen: an hour; a handover overlaps by minutes',
    },
    longest_break_days: {
      value: 14,
      unit: 'days',
      source: 'chosen: longer than holidays and repairs keep a machine off',
    },
    crowd: {
      value: 4,
      unit: 'devices',
      source: 'chosen: a card that was resold has one or two stale claims, not four',
    },
    chips_of_a_board: {
      value: 4,
      unit: 'chips',
      source: 'NVIDIA A16 and M10 data sheets: four chips on a board',
    },
  },
  levels: {
    crowd: {
      reason: 'card-claimed-by-many',
      says: 'This machine reports a card that at least four other machines report at the same time, and it came after the first of them.',
      forgeableBy: 'anyone',
    },
    'later-claim': {
      reason: 'card-already-claimed',
      says: 'This machine reports a card that another machine was already using at the same time.',
      forgeableBy: 'anyone',
    },
    'own-copies': {
      reason: 'card-copied-by-owner',
      says: 'The owner of this machine reports the same card more than once at the same time.',
      forgeableBy: 'operator',
      sameCard: true,
    },
    serial: {
      reason: 'board-serial-repeated',
      says: 'This machine reports the serial number of a board that another machine was already using, with another card identifier.',
      forgeableBy: 'anyone',
    },
  },
  lookAlikes: [
    'second-hand-card',
    'container-re-creation',
    'framed-account',
    'honest-mig',
    'samples-of-a-loop',
    'two-chips-on-one-board',
    'placeholder-identity',
  ],
  sources: [
    'NVIDIA, nvidia-smi: "UUID: this value is the globally unique immutable alphanumeric identifier of the GPU"; "serial number matches the number physically printed on each board"',
    'NVIDIA MIG user guide: instances carry MIG- uuids, their parent one GPU- uuid',
    'public inventories: placeholders (all zeros, 12345678-…) are scrubbed captures, not cards',
  ],
  appeal:
    'A photograph of the board with its serial number and the date, or a simultaneous benchmark of both machines on request: two cards answer at once, one cannot.',
};
