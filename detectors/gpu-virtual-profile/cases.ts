import type { Row } from '../../contracts/dataset.ts';
import type { DetectorCases } from '../../contracts/detector.ts';
import { account, device, gpu } from '../../testing/detectors/rows.ts';

const H100 = 'NVIDIA H100 80GB HBM3';
const A100 = 'NVIDIA A100-SXM4-40GB';

function machine(gpu_model: string, card: Partial<Row<'gpus'>>) {
  return {
    accounts: [account('owner')],
    devices: [device('box', 'owner', { gpu_model })],
    gpus: [gpu('box', { name: gpu_model, ...card })],
  };
}

/** Beside it a machine of its owner that is claimed, and shows itself, as a whole card. */
function besideWhole(tables: ReturnType<typeof machine>, name = 'NVIDIA L40S') {
  return {
    ...tables,
    devices: [...tables.devices, device('whole', 'owner', { gpu_model: 'NVIDIA L40S' })],
    gpus: [...tables.gpus, gpu('whole', { name, memory_total_mib: 46_068 })],
  };
}

export const cases: DetectorCases = {
  fraud: [
    {
      name: 'a MIG profile',
      tables: machine(H100, { mig_profile: '3g.40gb', memory_total_mib: 40_448 }),
      expect: ['box:mig', 'box:slice-memory'],
    },
    {
      name: 'a MIG uuid',
      tables: machine(H100, {
        gpu_uuid: 'MIG-85fe20bf-6a27-502e-9050-8c9a4b1cf9b0',
        memory_total_mib: 9_984,
      }),
      expect: ['box:mig', 'box:slice-memory'],
    },
    {
      name: 'a vGPU by its mode',
      tables: machine(A100, { virtualization_mode: 'VGPU', memory_total_mib: 4_864 }),
      expect: ['box:slice-memory', 'box:vgpu'],
    },
    { name: 'a vGPU by its name', tables: machine(A100, { name: 'GRID A100X-4C' }), expect: ['box:vgpu'] },
    {
      name: 'signs rubbed out, memory left',
      tables: machine(A100, { memory_total_mib: 9_984, virtualization_mode: 'Pass-Through' }),
      expect: ['box:slice-memory'],
    },
    {
      name: 'firmware of zeros',
      tables: machine('Tesla T4', { vbios_version: '00.00.00.00.00', memory_total_mib: 15_360 }),
      expect: ['box:vgpu-signs'],
    },
    {
      name: 'a vGPU type that is named like a card',
      tables: machine('NVIDIA GeForce RTX 3050', {
        pci_device_id: '10de:2237',
        pci_subsystem_id: '0x181010DE',
        memory_total_mib: 8_192,
      }),
      expect: ['box:vgpu-signs'],
    },
    {
      name: 'two cards claimed, one of them and its instances shown',
      tables: {
        accounts: [account('owner')],
        devices: [device('box', 'owner', { gpu_model: A100, gpu_count: 2 })],
        gpus: [
          gpu('box', { name: A100, memory_total_mib: 40_960 }),
          gpu('box', { gpu_index: 1, name: A100, memory_total_mib: 4_864, mig_profile: '1g.5gb' }),
        ],
      },
      expect: ['box:mig', 'box:slice-memory'],
    },
  ],
  honest: [
    {
      name: 'declared-slice',
      tables: besideWhole(
        machine(`${H100} MIG 1g.10gb`, {
          mig_profile: '1g.10gb',
          gpu_uuid: 'MIG-85fe20bf-6a27-502e-9050-8c9a4b1cf9b0',
          memory_total_mib: 9_984,
        }),
      ),
    },
    {
      name: 'passthrough-vm',
      tables: machine('NVIDIA L40S', {
        virtualization_mode: 'Pass-Through',
        memory_total_mib: 46_068,
        vbios_version: '95.02.66.00.15',
      }),
    },
    {
      name: 'vgpu-host',
      tables: machine('NVIDIA A40', { virtualization_mode: 'Host VGPU', memory_total_mib: 46_068 }),
    },
    {
      name: 'grid-board',
      tables: besideWhole(machine('GRID K520', { name: 'GRID K520', memory_total_mib: 4_036 }), 'GRID K520'),
    },
    {
      name: 'mig-host',
      tables: {
        ...machine(A100, {}),
        gpus: [
          gpu('box', { name: A100, memory_total_mib: 40_960 }),
          gpu('box', { gpu_index: 1, name: A100, memory_total_mib: 4_864, mig_profile: '1g.5gb' }),
          gpu('box', { gpu_index: 2, name: A100, memory_total_mib: 4_864, mig_profile: '1g.5gb' }),
        ],
      },
    },
    { name: 'whole-instance', tables: machine(A100, { mig_profile: '7g.40gb', memory_total_mib: 40_192 }) },
  ],
  silent: [
    { name: 'unknown model', tables: machine('Some Card', { mig_profile: '1g.10gb' }) },
    { name: 'absurd memory', tables: machine(A100, { memory_total_mib: 17_592_186_044_134 }) },
    { name: 'nothing reported', tables: machine(A100, { name: null }) },
  ],
};
