import type { DetectorMeta } from '../../contracts/detector.ts';

export const meta: DetectorMeta = {
  title: 'A machine passed from account to account',
  states:
    'A card or a machine id stops under one account and appears under another within three days, three times or more, and both are hardly ever online together (at most a tenth of its quarter hours). ' +
    'Null: machines change owners by sale, once, with days between. Who had it first is never more than `first`: it may have been copied and used while its owner was off. Silent for one or two changes, for changes between machines of one account, and without overlap-free times of both.',
  family: 'identity',
  subject: 'account',
  links: true,
  needs: { devices: ['machine_id'], gpus: ['gpu_uuid'], heartbeats: ['received_at', 'ip'] },
  reads: ['features.card_turn', 'raw.devices', 'raw.gpus'],
  levels: {
    unbroken: {
      reason: 'machine-passed-on-without-a-break',
      says: 'A machine moves between this account and others again and again, each time on the same line within the hour.',
      forgeableBy: 'operator',
    },
    'passed-on': {
      reason: 'machine-passed-on',
      says: 'A card or machine known by its identifier moves between this account and others again and again.',
      forgeableBy: 'anyone',
    },
    first: {
      reason: 'machine-was-passed-on',
      says: 'A card or machine that this account had first is used by other accounts in turns; it may have been copied.',
      forgeableBy: 'anyone',
    },
  },
  lookAlikes: ['second-hand-sale', 'moved-between-own-hosts', 'golden-image', 'carrier-nat'],
  sources: [
    'NVIDIA, nvidia-smi: the UUID is "the globally unique immutable alphanumeric identifier of the GPU"',
    'machine-id(5), freedesktop.org: one id for an installation',
    'RFC 6598: carriers put many subscribers behind one address, so an address alone links nobody',
  ],
  appeal: 'Bills of sale with dates, or the household that shares the computer: who used it when.',
};
