import type { Row } from '../../contracts/dataset.ts';
import type { DetectorCases } from '../../contracts/detector.ts';
import { account, device, gpu } from '../../testing/detectors/rows.ts';

type Card = Partial<Row<'gpus'>>;

const FULL: Card = {
  name: 'NVIDIA GeForce RTX 4090',
  memory_total_mib: 24_564,
  pci_bus_id: '00000000:01:00.0',
  pci_device_id: '10de:2684',
  pci_subsystem_id: '0x88E51043',
  gpu_part_number: '2684-301-A1',
  vbios_version: '95.02.3C.40.14',
  virtualization_mode: 'None',
};
const KIT: Card = {
  name: 'NVIDIA GeForce RTX 4090',
  memory_total_mib: 24_576,
  pci_bus_id: '00000000:41:00.0',
  pci_device_id: '10de:2684',
};

const uuid = (i: number) => `GPU-9a3d7e18-5b60-2c94-a71f-4e8d02c6${String(1_000 + i)}`;

/** One machine per owner: `count` of them with the same client, named from `name`. */
function machines(name: string, count: number, card: Card, more: Partial<Row<'devices'>> = {}) {
  const numbers = Array.from({ length: count }, (_, i) => i);
  return {
    accounts: numbers.map((i) => account(`${name}-owner${i}`)),
    devices: numbers.map((i) =>
      device(`${name}${i}`, `${name}-owner${i}`, { agent_version: '2.4.1', os: 'Ubuntu 22.04', ...more }),
    ),
    gpus: numbers.map((i) => gpu(`${name}${i}`, { gpu_uuid: uuid(i), ...card })),
  };
}

function together(...parts: ReturnType<typeof machines>[]) {
  return {
    accounts: parts.flatMap((part) => part.accounts),
    devices: parts.flatMap((part) => part.devices),
    gpus: parts.flatMap((part) => part.gpus),
  };
}

const fleet = machines('fleet', 40, FULL);

export const cases: DetectorCases = {
  fraud: [
    {
      name: 'the public kit among forty of its kind',
      tables: together(fleet, machines('kit', 1, KIT)),
      expect: ['kit0:few-fields'],
    },
    {
      name: 'placeholders fill nothing',
      tables: together(
        fleet,
        machines('kit', 1, {
          ...KIT,
          vbios_version: '[N/A]',
          virtualization_mode: 'N/A',
          gpu_part_number: 'N/A',
        }),
      ),
      expect: ['kit0:few-fields'],
    },
    {
      name: 'a rare model is compared with all of its client and system',
      tables: together(
        fleet,
        machines('server', 3, { ...FULL, name: 'NVIDIA L40S' }, { gpu_model: 'NVIDIA L40S' }),
        machines('kit', 1, { ...KIT, name: 'NVIDIA H200' }, { gpu_model: 'NVIDIA H200' }),
      ),
      expect: ['kit0:few-fields'],
    },
    {
      name: 'ten machines of one kit owner are one vote',
      tables: (() => {
        const kit = machines('kit', 10, KIT);
        return together(fleet, {
          ...kit,
          accounts: [account('kit-owner0')],
          devices: kit.devices.map((row) => ({ ...row, account_id: 'kit-owner0' })),
        });
      })(),
      expect: Array.from({ length: 10 }, (_, i) => `kit${i}:few-fields`),
    },
  ],
  honest: [
    // The client itself leaves fields out on some machines: no field is a rule any more.
    { name: 'agent-bug', tables: together(machines('fleet', 30, FULL), machines('bug', 6, KIT)) },
    {
      name: 'missing-fields',
      tables: together(fleet, machines('part', 1, { ...FULL, vbios_version: null, pci_subsystem_id: null })),
    },
    { name: 'old-agent', tables: together(fleet, machines('old', 4, KIT, { agent_version: '2.0.4' })) },
    { name: 'other-system', tables: together(fleet, machines('windows', 4, KIT, { os: 'Windows 11' })) },
    {
      // Only server boards print a serial; the comparison stays within the model.
      name: 'server-board',
      tables: together(
        machines(
          'server',
          20,
          { ...FULL, name: 'NVIDIA L40S', serial: '1650522003820' },
          { gpu_model: 'NVIDIA L40S' },
        ),
        fleet,
      ),
    },
    {
      name: 'apple',
      tables: together(
        fleet,
        machines('mac', 12, { name: 'Apple M2', memory_total_mib: 16_384 }, { gpu_model: 'Apple M2' }),
      ),
    },
  ],
  silent: [
    { name: 'too few others', tables: together(machines('fleet', 9, FULL), machines('kit', 1, KIT)) },
    {
      name: 'no client versions',
      tables: together(
        machines('fleet', 40, FULL, { agent_version: null }),
        machines('kit', 1, KIT, { agent_version: null }),
      ),
    },
    {
      name: 'the kit is the majority',
      tables: together(machines('fleet', 10, FULL), machines('kit', 90, KIT)),
    },
  ],
};
