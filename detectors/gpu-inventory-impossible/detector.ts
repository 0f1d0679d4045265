import type { DetectorMeta } from '../../contracts/detector.ts';

export const meta: DetectorMeta = {
  title: 'An inventory that contradicts itself',
  states:
    'What the machine says of its card is compared with the catalogue of the claimed model: device id, part number, name, memory sizes, firmware version, driver version, bus address, memory used. ' +
    'Under the null all belong to one real card. Names go through the id-to-name table of the driver; what the catalogue does not know (new ids, newer drivers, other models) says nothing, and spellings that a fifth of ten or more accounts share are the client’s habit.',
  family: 'inventory',
  subject: 'device',
  links: false,
  needs: { devices: ['gpu_model'], gpus: ['device_id'] },
  reads: [
    'features.card_claim',
    'features.gpu_class',
    'features.telemetry_card',
    'raw.devices',
    'raw.gpus',
    'reference.architectures',
    'reference.drivers',
    'reference.pci_names',
    'reference.vbios',
  ],
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
