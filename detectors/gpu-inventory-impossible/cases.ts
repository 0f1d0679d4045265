import type { Row } from '../../contracts/dataset.ts';
import type { DetectorCases } from '../../contracts/detector.ts';
import { account, beats, DAY, device, gpu, START } from '../../testing/detectors/rows.ts';

const CARD: Partial<Row<'gpus'>> = {
  gpu_uuid: 'GPU-9a3d7e18-5b60-2c94-a71f-4e8d02c6b935',
  gpu_part_number: '2684-301-A1',
  pci_bus_id: '00000000:01:00.0',
  pci_device_id: '10de:2684',
  name: 'NVIDIA GeForce RTX 4090',
  memory_total_mib: 24_564,
  vbios_version: '95.02.3C.40.14',
  virtualization_mode: 'None',
};

function machine(card: Partial<Row<'gpus'>>, more: Partial<Row<'devices'>> = {}) {
  return {
    accounts: [account('owner')],
    devices: [device('box', 'owner', { driver_version: '550.54.14', ...more })],
    gpus: [gpu('box', { ...CARD, ...card })],
  };
}

const A100: Partial<Row<'gpus'>> = {
  ...CARD,
  name: 'NVIDIA A100-SXM4-80GB',
  pci_device_id: '10de:20b2',
  gpu_part_number: '20B2-895-A1',
  vbios_version: '92.00.36.00.02',
};

/** Twelve owners of one machine each. */
function fleet(card: (i: number) => Partial<Row<'gpus'>>) {
  const parts = Array.from({ length: 12 }, (_, i) => ({ id: `m${i}`, owner: `o${i}`, card: card(i) }));
  return {
    accounts: parts.map(({ owner }) => account(owner)),
    devices: parts.map(({ id, owner }) => device(id, owner, { driver_version: '550.54.14' })),
    gpus: parts.map((part) => gpu(part.id, { ...CARD, ...part.card })),
  };
}

const expect = (level: string) => [`box:${level}`];

export const cases: DetectorCases = {
  fraud: [
    {
      name: 'the device id of a 4060',
      tables: machine({ pci_device_id: '10DE:2882', gpu_part_number: null }),
      expect: expect('other-device-id'),
    },
    {
      name: 'a part number of another chip',
      tables: machine({ gpu_part_number: '2704-300-A1' }),
      expect: expect('part-number'),
    },
    {
      name: 'nvidia-smi names another card',
      tables: machine({ name: 'NVIDIA GeForce RTX 3060' }),
      expect: expect('other-name'),
    },
    {
      name: 'half the memory',
      tables: machine({ memory_total_mib: 12_288 }),
      expect: ['box:memory-short', 'box:memory-unlisted'],
    },
    {
      name: 'the public kit: round memory, a driver that never was',
      tables: machine({ name: 'GeForce RTX 4090', memory_total_mib: 24_576 }, { driver_version: '535.00' }),
      expect: ['box:driver', 'box:memory-unlisted', 'box:name-spelling'],
    },
    {
      name: 'a driver from before the card',
      tables: machine({}, { driver_version: '470.42.01' }),
      expect: expect('driver'),
    },
    {
      name: 'an audio function as a card',
      tables: machine({ pci_bus_id: '00000000:01:00.1' }),
      expect: expect('odd-bus'),
    },
    {
      name: 'the firmware of a 3080 on a 3090',
      tables: machine(
        {
          name: 'NVIDIA GeForce RTX 3090',
          memory_total_mib: 24_576,
          vbios_version: '94.02.71.40.72',
          pci_device_id: null,
          gpu_part_number: '[REDACTED]',
        },
        { gpu_model: 'NVIDIA GeForce RTX 3090' },
      ),
      expect: expect('vbios-other-card'),
    },
    {
      name: 'the mock GB200: Hopper firmware, round memory, a short bus address',
      tables: machine(
        {
          name: 'NVIDIA GB200',
          memory_total_mib: 196_608,
          vbios_version: '96.00.9E.00.01',
          pci_device_id: '234110DE',
          gpu_part_number: null,
          pci_bus_id: '0000:0A:00.0',
        },
        { gpu_model: 'NVIDIA GB200', driver_version: '580.65.06' },
      ),
      expect: ['box:bus-form', 'box:memory-unlisted', 'box:vbios-generation'],
    },
    {
      name: 'an instance alone under the whole card’s name',
      tables: machine(
        {
          name: 'NVIDIA A100-SXM4-80GB',
          pci_device_id: '10de:20b2',
          gpu_part_number: '20B2-895-A1',
          memory_total_mib: 19_968,
          mig_profile: '1g.20gb',
          vbios_version: '92.00.36.00.02',
        },
        { gpu_model: 'NVIDIA A100-SXM4-80GB' },
      ),
      expect: ['box:memory-short', 'box:memory-unlisted'],
    },
    {
      name: 'more used than there is',
      tables: {
        ...machine({}),
        heartbeats: beats({
          device_id: 'box',
          ip: '203.0.113.1',
          to: START + DAY,
          row: () => ({ memory_used_mib: 30_000 }),
        }),
      },
      expect: expect('used-over-total'),
    },
    {
      name: 'a T4 under the short name of a 4090',
      tables: machine(
        { name: 'Tesla T4', pci_device_id: '10de:1eb8', gpu_part_number: null, memory_total_mib: 15_360 },
        { gpu_model: 'rtx4090' },
      ),
      expect: ['box:memory-short', 'box:memory-unlisted', 'box:other-device-id', 'box:other-name'],
    },
    {
      name: 'a 1060 under the name of several A100',
      tables: machine(
        { name: 'GTX 1060 6GB', pci_device_id: '10de:1c03', gpu_part_number: null, memory_total_mib: 6_144 },
        { gpu_model: 'A100 SXM4' },
      ),
      expect: [
        'box:memory-short',
        'box:memory-unlisted',
        'box:other-device-id',
        'box:other-name',
        'box:vbios-generation',
      ],
    },
    {
      name: 'Pascal’s firmware under a name of Turing and Ada, an NVIDIA card under the name of one of AMD',
      tables: {
        accounts: [account('owner')],
        devices: [
          device('box', 'owner', { gpu_model: 'RTX 6000' }),
          device('amd', 'owner', { gpu_model: 'MI300X' }),
        ],
        gpus: [
          gpu('box', { vbios_version: '86.06.3F.00.31' }),
          gpu('amd', { name: 'NVIDIA GeForce RTX 3060' }),
        ],
      },
      expect: ['amd:other-name', 'box:vbios-generation'],
    },
  ],
  honest: [
    {
      name: 'short-name',
      tables: {
        accounts: [account('owner')],
        devices: (
          [
            ['sxm-80', 'A100 SXM4'],
            ['sxm-40', 'A100_SXM'],
            ['pcie-80', 'A100 80GB'],
            ['sxm-64', 'A100'],
            ['h100', 'H100'],
            ['ada', 'RTX 6000'],
            ['turing', 'RTX 6000'],
            ['amd', 'mi300x'],
          ] as const
        ).map(([id, gpu_model]) => device(id, 'owner', { gpu_model, driver_version: '550.54.14' })),
        gpus: [
          gpu('sxm-80', { ...A100, memory_total_mib: 81_920 }),
          gpu('sxm-40', {
            ...A100,
            name: 'NVIDIA A100-SXM4-40GB',
            pci_device_id: '10de:20b0',
            gpu_part_number: null,
            memory_total_mib: 40_960,
          }),
          gpu('pcie-80', {
            ...A100,
            name: 'NVIDIA A100 80GB PCIe',
            pci_device_id: '10de:20b5',
            gpu_part_number: null,
            memory_total_mib: 81_920,
          }),
          gpu('sxm-64', { name: 'NVIDIA A100-SXM-64GB', pci_device_id: '10de:20b3' }),
          gpu('h100', { name: 'NVIDIA H100 PCIe', pci_device_id: '10de:2331', memory_total_mib: 81_559 }),
          gpu('ada', {
            name: 'NVIDIA RTX 6000 Ada Generation',
            pci_device_id: '10de:26b1',
            memory_total_mib: 49_140,
            vbios_version: '95.02.47.00.02',
          }),
          gpu('turing', {
            name: 'Quadro RTX 6000',
            pci_device_id: '10de:1e30',
            memory_total_mib: 24_576,
            vbios_version: '90.02.30.00.04',
          }),
          // A share of the card that its host hands out sits at another function of the bus address.
          gpu('amd', {
            name: 'AMD Instinct MI300X OAM',
            pci_device_id: '1002:74a1',
            pci_bus_id: '0000:0c:00.2',
          }),
        ],
      },
    },
    {
      name: 'older-driver',
      tables: machine(
        {
          name: 'Tesla T4',
          pci_device_id: '10de:1eb8',
          gpu_part_number: '900-2G183-0000-001',
          memory_total_mib: 15_097,
          vbios_version: '90.04.38.00.03',
        },
        { gpu_model: 'Tesla T4', driver_version: '450.80.02' },
      ),
    },
    { name: 'newer-driver', tables: machine({}, { driver_version: '799.12' }) },
    { name: 'graphics-device', tables: machine({ name: 'Graphics Device' }) },
    {
      name: 'tesla-without-prefix',
      tables: machine(
        {
          name: 'Tesla T4',
          pci_device_id: '10de:1eb8',
          gpu_part_number: '1EB8-895-A1',
          memory_total_mib: 15_360,
          vbios_version: '90.04.96.00.02',
        },
        { gpu_model: 'NVIDIA Tesla T4' },
      ),
    },
    {
      name: 'ecc',
      tables: machine(
        {
          name: 'NVIDIA RTX A5000',
          pci_device_id: '10de:2231',
          gpu_part_number: '2231-850-A1',
          memory_total_mib: 23_028,
          vbios_version: '94.02.6D.00.0D',
        },
        { gpu_model: 'NVIDIA RTX A5000' },
      ),
    },
    {
      name: 'passthrough-vm',
      tables: machine({ virtualization_mode: 'Pass-Through', pci_bus_id: '00000000:00:1E.0' }),
    },
    {
      name: 'honest-mig',
      tables: machine(
        {
          name: 'NVIDIA H100 80GB HBM3 MIG 1g.10gb',
          pci_device_id: '10de:2330',
          gpu_part_number: '2330-885-A1',
          memory_total_mib: 9_984,
          mig_profile: '1g.10gb',
        },
        { gpu_model: 'NVIDIA H100 80GB HBM3 MIG 1g.10gb' },
      ),
    },
    {
      name: 'mig-host',
      tables: {
        ...machine({}, { gpu_model: 'NVIDIA A100-SXM4-80GB' }),
        gpus: [
          gpu('box', { ...A100, memory_total_mib: 81_920 }),
          gpu('box', { ...A100, gpu_index: 1, memory_total_mib: 19_968, mig_profile: '1g.20gb' }),
        ],
      },
    },
    {
      name: 'client-spelling',
      tables: fleet((i) =>
        i < 4 ? { name: 'GeForce RTX 4090', pci_bus_id: '0000:01:00.0' } : { pci_bus_id: '00000000:01:00.0' },
      ),
    },
    {
      name: 'client-firmware',
      tables: fleet((i) => ({ vbios_version: `${85 + i}.04.1${i}.00.2F` })),
    },
    { name: 'windows-driver', tables: machine({}, { driver_version: '31.0.15.3179' }) },
  ],
  silent: [
    {
      name: 'a model that the catalogue does not know',
      tables: machine(
        { name: 'NVIDIA Tomorrow 9', memory_total_mib: 1_000 },
        { gpu_model: 'NVIDIA Tomorrow 9' },
      ),
    },
    {
      name: 'an id that the catalogue does not know',
      tables: machine({ pci_device_id: '10de:ffff', gpu_part_number: null }),
    },
    {
      name: 'absurd and absent values',
      tables: machine(
        {
          memory_total_mib: 17_592_186_044_134,
          pci_bus_id: '??',
          gpu_part_number: 'N/A',
          pci_device_id: null,
          name: null,
        },
        { driver_version: 'x' },
      ),
    },
    { name: 'negative memory', tables: machine({ memory_total_mib: -1 }) },
  ],
};
