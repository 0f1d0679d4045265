import type { DetectorMeta } from '../../contracts/detector.ts';

export const meta: DetectorMeta = {
  title: 'An inventory that contradicts itself',
  states:
    'What the machine says of its card is compared with the catalogue of the claimed model: device id, part number, name, memory sizes, driver version, bus function, memory used. ' +
    'Under the null all belong to one real card. Names go through the id-to-name table of the driver; what the catalogue does not know (new ids, newer drivers, other models) says nothing.',
  family: 'inventory',
  subject: 'device',
  links: false,
  needs: { devices: ['gpu_model'], gpus: ['device_id'] },
  reads: [
    'features.device_claim',
    'features.gpu_class',
    'features.telemetry_card',
    'raw.gpus',
    'reference.architectures',
    'reference.drivers',
    'reference.pci_names',
  ],
  levels: {
    'other-device-id': {
      reason: 'inventory-other-device-id',
      says: 'The device id belongs to another model than the claimed one.',
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
  ],
  sources: [
    'NVIDIA open GPU kernel modules: names by device id (MIT); pci.ids; NVIDIA Unix driver archive',
    'nvidia-smi -q -x captures of 19 real cards: the part number begins with the device id in all',
    'a public fake nvidia-smi prints driver 535.00 and 24576 MiB for an RTX 4090 (real: 24564)',
    'drivers before 510 print memory without their reserve',
  ],
  appeal: 'The full output of nvidia-smi -q -x; a photograph of a modified board.',
};
