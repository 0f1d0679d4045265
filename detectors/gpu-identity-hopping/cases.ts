import type { Row } from '../../contracts/dataset.ts';
import type { CaseTables, DetectorCases } from '../../contracts/detector.ts';
import { account, beats, DAY, device, gpu, HOUR, noise, START } from '../../testing/detectors/rows.ts';

const hex = (seed: number, digits: number) =>
  Array.from({ length: digits }, (_, i) =>
    Math.floor(16 * noise(seed * 7919 + i * 31 + 1)).toString(16),
  ).join('');
/** The k-th identifier ever made. */
const uuid = (k: number) =>
  `GPU-${hex(k, 8)}-${hex(k + 1000, 4)}-${hex(k + 2000, 4)}-${hex(k + 3000, 4)}-${hex(k + 4000, 12)}`;

type Swap = Partial<Row<'gpus'>>;

/**
 * One machine of one card whose inventory is taken at the start of its client, every six hours, for four
 * days.
 */
function machine(
  inventories: readonly (readonly Swap[])[],
  more: Partial<Row<'devices'>> = {},
  everyH = 12,
): CaseTables {
  return {
    accounts: [account('owner')],
    devices: [device('box', 'owner', { registered_at: START, ...more })],
    gpus: inventories.flatMap((cards, at) =>
      cards.map((card, gpu_index) =>
        gpu('box', { seen_at: START + at * everyH * HOUR + 5_000, gpu_index, ...card }),
      ),
    ),
    heartbeats: inventories.flatMap((_, at) =>
      beats({
        device_id: 'box',
        ip: '203.0.113.7',
        from: START + at * everyH * HOUR,
        to: START + (at + 1) * everyH * HOUR,
        row: (i) => ({ uptime_s: i * 900 }),
      }),
    ),
  };
}

const fresh = (n: number, more: Swap = {}): Swap[][] =>
  Array.from({ length: n }, (_, i) => [{ gpu_uuid: uuid(i), ...more }]);

/** Devices that are online in turns of six hours with one card, for four days. */
function turns(owners: readonly string[], hours = 6): CaseTables {
  const names = owners.map((_, i) => `d${i}`);
  return {
    accounts: [...new Set(owners)].map((owner) => account(owner)),
    devices: names.map((name, i) => device(name, owners[i]!, { registered_at: START - 5 * DAY + i * HOUR })),
    gpus: names.map((name) => gpu(name, { gpu_uuid: uuid(99), seen_at: START })),
    heartbeats: names.flatMap((name, i) =>
      Array.from({ length: 5 }, (_, round) => START + (round * owners.length + i) * hours * HOUR).flatMap(
        (from) => beats({ device_id: name, ip: `203.0.113.${i}`, from, to: from + hours * HOUR }),
      ),
    ),
  };
}

export const cases: DetectorCases = {
  fraud: [
    {
      name: 'a kit that mints an identifier at every start',
      tables: machine(fresh(6)),
      expect: ['box:every-start', 'box:hopping', 'box:twice'],
    },
    {
      name: 'a guest whose bus moves with every name is no guest that moved',
      tables: machine(
        fresh(6).map(([card], i) => [{ ...card, pci_bus_id: `00000000:${hex(i + 50, 2)}:00.0` }]),
        { hypervisor: 'kvm' },
      ),
      expect: ['box:every-start', 'box:hopping', 'box:twice'],
    },
    {
      name: 'two of four cards renamed again and again, long after the starts',
      tables: {
        ...machine([]),
        gpus: Array.from({ length: 5 }, (_, at) =>
          [0, 1, 2, 3].map((index) =>
            gpu('box', {
              seen_at: START + at * DAY + 7 * HOUR,
              gpu_index: index,
              gpu_uuid: index < 2 ? uuid(index) : uuid(100 + at * 10 + index),
            }),
          ),
        ).flat(),
        heartbeats: beats({
          device_id: 'box',
          ip: '203.0.113.7',
          to: START + 5 * DAY,
          row: (i) => ({ uptime_s: i * 900 }),
        }),
      },
      expect: ['box:hopping', 'box:twice'],
    },
    { name: 'twice in two days', tables: machine(fresh(3)), expect: ['box:twice'] },
    {
      name: 'new names on one board',
      tables: machine(fresh(3, { serial: '1650522003820', name: 'NVIDIA A100-SXM4-80GB' })),
      expect: ['box:same-board', 'box:twice'],
    },
    {
      name: 'a guest of a cloud that lands on another card at every start is named apart',
      tables: machine(fresh(6, { pci_bus_id: '00000000:00:1E.0' }), { hypervisor: 'kvm' }),
      expect: ['box:guest'],
    },
    {
      name: 'a guest whose drifting clock shows that it never moved',
      tables: {
        ...machine(fresh(6), { hypervisor: 'kvm' }),
        heartbeats: beats({
          device_id: 'box',
          ip: '203.0.113.7',
          to: START + 3 * DAY,
          row: (i, t) => ({
            uptime_s: (i % 48) * 900,
            sent_at: t + Math.round(9_000 + ((t - START) * 14) / 1e6),
          }),
        }),
      },
      expect: ['box:every-start', 'box:hopping', 'box:twice'],
    },
    {
      name: 'one owner, one card, three devices in turns',
      tables: turns(['o', 'o', 'o']),
      expect: ['d0:own-turns', 'd1:own-turns', 'd2:own-turns'],
    },
    {
      name: 'one card in turns under two accounts',
      tables: turns(['o', 'p']),
      expect: ['d0:in-turns', 'd1:in-turns'],
    },
  ],
  honest: [
    {
      name: 'broken-card',
      tables: machine([
        [0, 1, 2, 3].map((k) => ({ gpu_uuid: uuid(k) })),
        [0, 1, 3].map((k) => ({ gpu_uuid: uuid(k) })),
        [0, 3].map((k) => ({ gpu_uuid: uuid(k) })),
        [0, 1, 2, 3].map((k) => ({ gpu_uuid: uuid(k) })),
      ]),
    },
    {
      name: 'rma',
      tables: machine([
        ...[0, 1, 2].map((times) =>
          [0, 1, 2, 3].map((k) => ({ gpu_uuid: k === 2 ? uuid(20 + times) : uuid(k) })),
        ),
      ]),
    },
    {
      name: 'container-re-creation',
      tables: machine(Array.from({ length: 8 }, () => [{ gpu_uuid: uuid(1) }])),
    },
    {
      // Two cards that change places between two hosts of one owner: known from elsewhere.
      name: 'moved-cards',
      tables: {
        accounts: [account('owner')],
        devices: [device('a', 'owner'), device('b', 'owner')],
        gpus: [0, 1, 2, 3].flatMap((at) => [
          gpu('a', { seen_at: START + at * DAY, gpu_uuid: uuid(at % 2) }),
          gpu('b', { seen_at: START + at * DAY, gpu_uuid: uuid((at + 1) % 2) }),
        ]),
        heartbeats: ['a', 'b'].flatMap((id) =>
          beats({ device_id: id, ip: '203.0.113.7', to: START + 4 * DAY }),
        ),
      },
    },
    { name: 'two-systems-on-one-computer', tables: turns(['o', 'o']) },
    {
      name: 'upgraded-machine',
      tables: machine([
        [{ gpu_uuid: uuid(0) }],
        [{ gpu_uuid: uuid(1) }],
        [1, 2, 3, 4].map((k) => ({ gpu_uuid: uuid(k) })),
      ]),
    },
    {
      name: 'second-hand-card',
      tables: {
        ...turns(['seller', 'buyer']),
        heartbeats: [
          ...beats({ device_id: 'd0', ip: '203.0.113.1', to: START + DAY }),
          ...beats({ device_id: 'd1', ip: '203.0.113.2', from: START + 2 * DAY, to: START + 4 * DAY }),
        ],
      },
    },
  ],
  silent: [
    {
      name: 'no times of inventories',
      tables: { ...machine([]), gpus: [gpu('box', { gpu_uuid: uuid(1) })] },
    },
    {
      name: 'four sets in three years',
      tables: {
        ...machine([]),
        gpus: [0, 1, 2, 3].map((at) => gpu('box', { seen_at: START + at * 270 * DAY, gpu_uuid: uuid(at) })),
      },
    },
    {
      name: 'slices that are cut anew',
      tables: machine(fresh(6, { mig_profile: '1g.10gb' })),
    },
    {
      name: 'placeholders',
      tables: machine([
        [{ gpu_uuid: uuid(1) }],
        [{ gpu_uuid: 'N/A' }],
        [{ gpu_uuid: 'GPU-00000000-0000-0000-0000-000000000000' }],
        [{ gpu_uuid: 'GPU-12345678-aaaa-bbbb-cccc-0123456789ab' }],
      ]),
    },
  ],
};
