import type { DetectorMeta } from '../../contracts/detector.ts';

export const meta: DetectorMeta = {
  title: 'One card reported by several machines at once',
  states:
    'A gpu_uuid, or the serial of a board with one chip, is reported by two or more devices that send heartbeats in the same quarter hours, for an hour or more in all. ' +
    'Under the null every card has its own uuid and sits in one machine at a time. The device observed first with the card and without a break of more than 14 days is spared; ' +
    'later ones are named, and all machines of an owner that share one card. Silent without overlap, for placeholders and for declared slices.',
  family: 'identity',
  subject: 'device',
  links: true,
  needs: { devices: ['gpu_model'], gpus: ['gpu_uuid'], heartbeats: ['received_at'] },
  reads: ['raw.devices', 'raw.gpu_rows', 'raw.gpus', 'rollup.device_day'],
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
