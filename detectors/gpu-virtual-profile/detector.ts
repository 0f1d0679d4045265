import type { DetectorMeta } from '../../contracts/detector.ts';

export const meta: DetectorMeta = {
  title: 'A slice claimed as a whole card',
  states:
    'The claim names a whole card, and the inventory shows a MIG instance, a vGPU, or exactly the memory of a MIG profile of that model. Silent for declared slices, passthrough, vGPU hosts and unknown models.',
  family: 'inventory',
  subject: 'device',
  links: false,
  needs: { devices: ['gpu_model'], gpus: ['device_id'] },
  reads: ['features.gpu_class', 'features.gpu_kind', 'features.shown_card', 'reference.vgpu_subsystems'],
  params: {
    slice_share: {
      value: 0.985,
      unit: 'share',
      source: 'captures of MIG instances: the driver prints up to 1.5 % less than the table of profiles',
    },
  },
  levels: {
    mig: {
      reason: 'slice-mig-as-whole',
      says: 'The machine reports one instance of a divided card but was registered as a whole card.',
      forgeableBy: 'operator',
    },
    vgpu: {
      reason: 'slice-vgpu-as-whole',
      says: 'The machine reports a virtual share of a card but was registered as a whole card.',
      forgeableBy: 'operator',
    },
    'slice-memory': {
      reason: 'slice-memory-as-whole',
      says: 'The card has exactly the memory of a slice of the claimed model.',
      forgeableBy: 'operator',
    },
    'vgpu-signs': {
      reason: 'slice-vgpu-signs',
      says: 'The firmware version is all zeros, or the subsystem id is one of a virtual card.',
      forgeableBy: 'operator',
    },
  },
  lookAlikes: ['declared-slice', 'passthrough-vm', 'vgpu-host', 'grid-board', 'whole-instance', 'mig-host'],
  sources: [
    'NVIDIA MIG user guide: profiles and their memory; captures of H100 and H200 instances',
    'NVIDIA open GPU kernel modules: vGPU type names (MIT)',
    'NVIDIA open GPU kernel modules: 1,053 pairs of device and subsystem id that are vGPU types, some named like GeForce cards',
    'capture of an A100 in MIG mode: the whole card and four instances under it',
    'capture of a GRID P4-1Q guest: virtualization mode VGPU, VBIOS 00.00.00.00.00',
  ],
  appeal: 'The registration corrected to the slice, or nvidia-smi -q of the whole card.',
};
