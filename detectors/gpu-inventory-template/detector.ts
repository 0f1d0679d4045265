import type { DetectorMeta } from '../../contracts/detector.ts';

export const meta: DetectorMeta = {
  title: 'An inventory with the few fields of a fake nvidia-smi',
  states:
    'The fields that a machine fills are compared with those that other accounts with the same client version, system and model fill (with any NVIDIA model where ten others have not the same). Under the null the client fills the same fields on every machine. ' +
    'Named is who answers nothing but name, uuid, memory, bus address and device id, and lacks three or more fields that at least 19 of 20 other accounts have on all their machines. ' +
    'Silent with fewer than ten other accounts, without client versions, for slices and for makers other than NVIDIA.',
  family: 'inventory',
  subject: 'device',
  links: false,
  needs: {
    devices: ['gpu_model', 'agent_version'],
    gpus: ['device_id', 'gpu_uuid', 'name', 'memory_total_mib'],
  },
  reads: ['features.device_claim', 'raw.devices', 'raw.gpus'],
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
