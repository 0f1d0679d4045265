import type { DetectorMeta } from '../../contracts/detector.ts';

export const meta: DetectorMeta = {
  title: 'An inventory that contradicts itself',
  states:
    'What a machine says of its card (device id, part number, name, memory, firmware, driver, bus address, memory used) must fit the claimed model in the catalogue. What the catalogue does not know says nothing; nor do widely shared spellings.',
  family: 'inventory',
  subject: 'device',
  links: false,
  needs: { devices: ['gpu_model'], gpus: ['device_id'] },
  reads: [
    'features.gpu_class',
    'features.shown_card',
    'features.telemetry_card',
    'reference.architectures',
    'reference.drivers',
    'reference.pci_names',
    'reference.vbios',
  ],
  params: {
    nvidia_names_branch: {
      value: 495,
      unit: 'driver branch',
      source:
        'driver branch 470 printed NVIDIA before names first; 495 is the next branch in the archive of Unix drivers',
    },
    habit_accounts: {
      value: 10,
      unit: 'accounts',
      source: 'chosen: fewer accounts do not show a habit of the client',
    },
    habit_share: {
      value: 0.2,
      unit: 'share',
      source: 'chosen: what a fifth of the accounts print is the client’s doing',
    },
    whole_memory_branch: {
      value: 510,
      unit: 'driver branch',
      source: 'captures of real cards: drivers before 510 print memory without their reserve',
    },
    reserved_share: {
      value: 0.97,
      unit: 'share',
      source: 'captures of real cards: the reserve of drivers before 510 is at most 3 %',
    },
    used_margin: {
      value: 1.02,
      unit: 'share',
      source: 'chosen: 2 % for rounding between the two tools that print it',
    },
  },
  levels: {
    'other-device-id': {
      reason: 'inventory-other-device-id',
      says: 'The device id belongs to another model than the claimed one.',
      forgeableBy: 'operator',
    },
    'vbios-other-card': {
      reason: 'inventory-vbios-other-card',
      says: 'The firmware version is one that another model is known to carry.',
      forgeableBy: 'operator',
    },
    'vbios-generation': {
      reason: 'inventory-vbios-generation',
      says: 'The firmware version belongs to another generation of cards than the claimed one.',
      forgeableBy: 'operator',
    },
    'name-spelling': {
      reason: 'inventory-name-spelling',
      says: 'The name is not spelled as this driver spells it.',
      forgeableBy: 'operator',
    },
    'bus-form': {
      reason: 'inventory-bus-form',
      says: 'The bus address is not written as nvidia-smi writes it.',
      forgeableBy: 'operator',
    },
    'part-number': {
      reason: 'inventory-part-number',
      says: 'The part number of the board and the device id belong to different cards.',
      forgeableBy: 'operator',
    },
    'other-name': {
      reason: 'inventory-other-name',
      says: 'The machine names another card than the one that was registered.',
      forgeableBy: 'operator',
    },
    'memory-short': {
      reason: 'inventory-memory-short',
      says: 'The card has much less memory than the claimed model is made with.',
      forgeableBy: 'operator',
    },
    'memory-unlisted': {
      reason: 'inventory-memory-unlisted',
      says: 'The card’s memory is not a size that the driver prints for the claimed model.',
      forgeableBy: 'operator',
    },
    driver: {
      reason: 'inventory-driver',
      says: 'The driver version was never released, or is too old for the claimed card.',
      forgeableBy: 'operator',
    },
    'used-over-total': {
      reason: 'inventory-used-over-total',
      says: 'The card reports more memory in use than it has.',
      forgeableBy: 'operator',
    },
    'odd-bus': {
      reason: 'inventory-odd-bus',
      says: 'The card sits at an address on the bus where no graphics card sits.',
      forgeableBy: 'operator',
    },
  },
  lookAlikes: [
    'older-driver',
    'newer-driver',
    'graphics-device',
    'tesla-without-prefix',
    'ecc',
    'passthrough-vm',
    'honest-mig',
    'windows-driver',
    'mig-host',
    'client-spelling',
    'client-firmware',
    'short-name',
  ],
  sources: [
    'NVIDIA open GPU kernel modules: names by device id (MIT); pci.ids; NVIDIA Unix driver archive',
    'nvidia-smi -q -x captures of 19 real cards: the part number begins with the device id in all',
    'the first byte of the firmware version is the chip generation in all 24 captures of real cards (86 Pascal to 98 Blackwell)',
    'an RTX 3090 capture edited for a test carries the firmware version of an RTX 3080; mock NVML gives a GB200 that of a Hopper card',
    'a public fake nvidia-smi prints driver 535.00 and 24576 MiB for an RTX 4090 (real: 24564)',
    'drivers before 510 print memory without their reserve',
  ],
  appeal: 'The full output of nvidia-smi -q -x; a photograph of a modified board.',
};
