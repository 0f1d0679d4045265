import type { DetectorCases } from '../../contracts/detector.ts';
import { account, beats, DAY, device, gpu, noise, START } from '../../testing/detectors/rows.ts';

const digits = (seed: number) =>
  Array.from({ length: 4 }, (_, i) =>
    Math.floor(noise(seed * 7 + i + 1) * 2 ** 32)
      .toString(16)
      .padStart(8, '0'),
  ).join('');

/** A uuid from 32 hexadecimal digits, with the shape of a random uuid or surely without it. */
function uuid(seed: number, v4: boolean): string {
  const x = digits(seed);
  const third = v4 ? `4${x.slice(13, 16)}` : `c${x.slice(13, 16)}`;
  const fourth = v4 ? `a${x.slice(17, 20)}` : x.slice(16, 20);
  return `GPU-${x.slice(0, 8)}-${x.slice(8, 12)}-${third}-${fourth}-${x.slice(20, 32)}`;
}

/** Machines of one owner, one card each. */
function owner(name: string, uuids: readonly string[]) {
  return {
    accounts: [account(name)],
    devices: uuids.map((_, i) => device(`${name}-${i}`, name)),
    gpus: uuids.map((gpu_uuid, i) => gpu(`${name}-${i}`, { gpu_uuid, name: 'NVIDIA GeForce RTX 4090' })),
  };
}

function together(...parts: ReturnType<typeof owner>[]) {
  return {
    accounts: parts.flatMap((part) => part.accounts),
    devices: parts.flatMap((part) => part.devices),
    gpus: parts.flatMap((part) => part.gpus),
  };
}

const range = (n: number) => Array.from({ length: n }, (_, i) => i);
const silicon = (n: number, from = 100) => range(n).map((i) => uuid(from + i, false));
const minted = (n: number, from = 500) => range(n).map((i) => uuid(from + i, true));
/** Enough other owners that one odd spelling is not the client's habit. */
const others = range(9).map((i) => owner(`other${i}`, silicon(1, 2_000 + i)));

export const cases: DetectorCases = {
  fraud: [
    {
      name: 'four cards of one owner, all minted',
      tables: owner('o', minted(4)),
      expect: [
        'o-0:likely-minted',
        'o-0:minted',
        'o-0:one',
        'o-1:likely-minted',
        'o-1:minted',
        'o-1:one',
        'o-2:likely-minted',
        'o-2:minted',
        'o-2:one',
        'o-3:likely-minted',
        'o-3:minted',
        'o-3:one',
      ],
    },
    {
      name: 'half of ten minted: the others are spared',
      tables: owner('o', [...minted(5), ...silicon(5)]),
      expect: range(5).flatMap((i) => ['minted', 'likely-minted', 'one'].map((level) => `o-${i}:${level}`)),
    },
    {
      name: 'two of two',
      tables: owner('o', minted(2)),
      expect: ['o-0:likely-minted', 'o-0:one', 'o-1:likely-minted', 'o-1:one'],
    },
    { name: 'one', tables: owner('o', minted(1)), expect: ['o-0:one'] },
    {
      name: 'one machine per account, all behind one address',
      tables: {
        ...together(...range(4).map((i) => owner(`a${i}`, minted(1, 700 + i)))),
        heartbeats: range(4).flatMap((i) =>
          beats({ device_id: `a${i}-0`, ip: '198.51.100.7', to: START + DAY }),
        ),
      },
      expect: range(4).flatMap((i) => ['neighbours', 'one'].map((level) => `a${i}-0:${level}`)),
    },
    {
      name: 'upper case',
      tables: together(
        owner(
          'o',
          silicon(1).map((x) => `GPU-${x.slice(4).toUpperCase()}`),
        ),
        ...others,
      ),
      expect: ['o-0:upper-case'],
    },
    {
      name: 'counted',
      tables: owner('o', [
        'GPU-a1b2c3d4-e5f6-1789-8abc-def012345601',
        'GPU-a1b2c3d4-e5f6-1789-8abc-def012345602',
      ]),
      expect: ['o-0:counted', 'o-1:counted'],
    },
    {
      name: 'trailing zeros of a virtual card',
      tables: owner('o', ['GPU-5f1c9d22-77ab-11f0-93e1-4a2b00000000']),
      expect: ['o-0:time-based', 'o-0:zeros'],
    },
    {
      name: 'the date of a virtual card',
      tables: owner('o', ['GPU-5f1c9d22-77ab-11ef-93e1-4a2b7c01d3e5']),
      expect: ['o-0:time-based'],
    },
  ],
  honest: [
    { name: 'one-in-64', tables: owner('o', [...silicon(20), ...minted(1)]) },
    { name: 'big-holder', tables: owner('o', [...silicon(126), ...minted(3)]) },
    {
      name: 'upper-casing-client',
      tables: together(
        ...range(10).map((i) =>
          owner(
            `o${i}`,
            silicon(1, 300 + i).map((x) => `GPU-${x.slice(4).toUpperCase()}`),
          ),
        ),
      ),
    },
    {
      name: 'honest-mig',
      tables: {
        accounts: [account('o')],
        devices: [
          ...range(4).map((i) => device(`o-${i}`, 'o', { gpu_model: 'NVIDIA A100-SXM4-80GB MIG 1g.10gb' })),
          device('o-whole', 'o', { gpu_model: 'NVIDIA A100-SXM4-80GB' }),
        ],
        gpus: [
          ...minted(4).map((gpu_uuid, i) => gpu(`o-${i}`, { gpu_uuid, mig_profile: '1g.10gb' })),
          ...silicon(1).map((gpu_uuid) => gpu('o-whole', { gpu_uuid })),
        ],
      },
    },
    {
      // The honest machine behind the fakes' address keeps its own shape.
      name: 'neighbour-of-a-fake',
      tables: {
        ...owner('neighbour', silicon(1)),
        heartbeats: beats({ device_id: 'neighbour-0', ip: '198.51.100.7', to: START + DAY }),
      },
    },
  ],
  silent: [
    {
      name: 'placeholders',
      tables: owner('o', [
        'GPU-00000000-0000-0000-0000-000000000000',
        'N/A',
        'GPU-12345678-aaaa-bbbb-cccc-0123456789ab',
        'GPU-xxxxxxxx-xxxx-xxxx-xxxx-xxxxxxxxxxxx',
        'GPU-00000001-0000-0000-0000-000000000001',
        'GPU-00000002-0000-0000-0000-000000000002',
        'GPU-b200b200-0000-0000-0000-000000000000',
      ]),
    },
    { name: 'not uuids', tables: owner('o', ['', 'GPU-', 'x'.repeat(500), 'GPU-zzzz']) },
  ],
};
