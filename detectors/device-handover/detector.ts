import type { DetectorMeta } from '../../contracts/detector.ts';

export const meta: DetectorMeta = {
  title: 'A machine passed from account to account',
  states:
    'A card or machine id stops under one account and appears under another within three days, three times or more, hardly ever online together. Null: machines change owners by sale, once. Silent for one or two changes.',
  family: 'identity',
  subject: 'account',
  links: true,
  needs: { devices: ['machine_id'], gpus: ['gpu_uuid'], heartbeats: ['received_at', 'ip'] },
  reads: ['features.card_turn', 'raw.devices', 'raw.gpus'],
  params: {
    most_overlap: {
      value: 0.1,
      unit: 'share of quarter hours',
      source: 'chosen: clocks and restarts overlap a little, copies run at once',
    },
    longest_gap_days: {
      value: 3,
      unit: 'days',
      source: 'chosen: used cards are advertised, posted and installed in more',
    },
    least_changes: {
      value: 3,
      unit: 'changes',
      source: 'chosen: a sale is one change, a sale and a return are two',
    },
    window_days: {
      value: 60,
      unit: 'days',
      source: 'chosen: three sales of one card in that time are no trade that we know',
    },
    id_least: { value: 8, unit: 'characters', source: 'chosen: shorter machine ids are no ids' },
    id_most: { value: 128, unit: 'characters', source: 'chosen: longer machine ids are no ids' },
  },
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
