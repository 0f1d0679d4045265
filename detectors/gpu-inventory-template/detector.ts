import type { DetectorMeta } from '../../contracts/detector.ts';

export const meta: DetectorMeta = {
  title: 'An inventory with the few fields of a fake nvidia-smi',
  states:
    'A machine fills only the fields that a fake nvidia-smi answers, and lacks three or more that at least 19 of 20 other accounts with the same client version, system and model fill. Silent with fewer than ten of them.',
  family: 'inventory',
  subject: 'device',
  links: false,
  needs: {
    devices: ['gpu_model', 'agent_version'],
    gpus: ['device_id', 'gpu_uuid', 'name', 'memory_total_mib'],
  },
  reads: ['features.device_claim', 'raw.devices', 'raw.gpus'],
  params: {
    least_accounts: {
      value: 10,
      unit: 'accounts',
      source: 'chosen: below ten others “nineteen in twenty” means all of them',
    },
    rule_share: {
      value: 0.95,
      unit: 'share',
      source: 'chosen: a field that one account in twenty lacks is no rule',
    },
    least_missing: {
      value: 3,
      unit: 'fields',
      source: 'chosen: one or two missing fields are a broken sensor or an old driver',
    },
  },
  levels: {
    'few-fields': {
      reason: 'inventory-template',
      says: 'The machine answers only a few questions about its card, which the same client answers in full elsewhere.',
      forgeableBy: 'operator',
    },
  },
  lookAlikes: ['agent-bug', 'missing-fields', 'old-agent', 'other-system', 'server-board', 'apple'],
  sources: [
    'a public kit installs a fake nvidia-smi that answers five fields',
    'Hanley and Lippman-Hand 1983, rule of three: a term stays below ln(n/3), n = the other accounts compared',
  ],
  appeal: 'The full output of nvidia-smi -q -x, and which of its fields the client left out.',
};
