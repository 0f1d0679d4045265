import type { DetectorCases } from '../../contracts/detector.ts';
import { account, beats, DAY, device, gpu, HOUR, START } from '../../testing/detectors/rows.ts';

const UUID = 'GPU-9a3d7e18-5b60-2c94-a71f-4e8d02c6b935';
const OTHER = 'GPU-51c8f0a2-6e3d-9b17-b5d4-27f90c31e86a';
const THIRD = 'GPU-39b4d7e6-80f2-3a5c-2d91-c64e0b73f815';

/** Machines of one owner each, all online over [from, to). */
function machines(names: readonly string[], from = START, to = START + DAY) {
  return {
    accounts: names.map((name) => account(`owner-${name}`)),
    devices: names.map((name, i) =>
      device(name, `owner-${name}`, { registered_at: START - 20 * DAY + i * HOUR }),
    ),
    heartbeats: names.flatMap((name, i) => beats({ device_id: name, ip: `203.0.113.${i + 1}`, from, to })),
  };
}

export const cases: DetectorCases = {
  fraud: [
    {
      name: 'a copied uuid: the first machine is spared, the second is named',
      tables: {
        ...machines(['first', 'second']),
        gpus: [gpu('first', { gpu_uuid: UUID }), gpu('second', { gpu_uuid: UUID })],
      },
      expect: ['second:later-claim'],
    },
    {
      name: 'one card sold as six, in two spellings',
      tables: {
        ...machines(['a', 'b', 'c', 'd', 'e', 'f']),
        gpus: ['a', 'b', 'c', 'd', 'e', 'f'].map((name, i) =>
          gpu(name, { gpu_uuid: i === 3 ? `GPU-${UUID.slice(4).toUpperCase()}` : UUID }),
        ),
      },
      expect: [
        'b:crowd',
        'b:later-claim',
        'c:crowd',
        'c:later-claim',
        'd:crowd',
        'd:later-claim',
        'e:crowd',
        'e:later-claim',
        'f:crowd',
        'f:later-claim',
      ],
    },
    {
      name: 'an owner who copies his own card implicates the first machine too',
      tables: {
        accounts: [account('owner')],
        devices: [device('one', 'owner'), device('two', 'owner', { registered_at: START - DAY })],
        gpus: [gpu('one', { gpu_uuid: UUID }), gpu('two', { gpu_uuid: UUID })],
        heartbeats: ['one', 'two'].flatMap((name) =>
          beats({ device_id: name, ip: '203.0.113.9', to: START + DAY }),
        ),
      },
      expect: ['one:own-copies', 'two:later-claim', 'two:own-copies'],
    },
    {
      name: 'a squatter registered first: the owner who comes later is named, by what anyone could create',
      tables: {
        accounts: [account('squatter'), account('owner')],
        devices: [device('squat', 'squatter'), device('real', 'owner', { registered_at: START })],
        gpus: [gpu('squat', { gpu_uuid: UUID }), gpu('real', { gpu_uuid: UUID })],
        heartbeats: ['squat', 'real'].flatMap((name, i) =>
          beats({ device_id: name, ip: `203.0.113.${i}`, to: START + DAY }),
        ),
      },
      expect: ['real:later-claim'],
    },
    {
      name: 'one machine lists one card as two',
      tables: {
        ...machines(['box']),
        devices: [device('box', 'owner-box', { gpu_count: 2 })],
        gpus: [gpu('box', { gpu_uuid: UUID }), gpu('box', { gpu_uuid: UUID, gpu_index: 1 })],
      },
      expect: ['box:own-copies'],
    },
    {
      name: 'fresh uuids over one board serial',
      tables: {
        ...machines(['first', 'second']),
        gpus: [
          gpu('first', { gpu_uuid: UUID, serial: '1650522003820', name: 'NVIDIA A100-SXM4-80GB' }),
          gpu('second', { gpu_uuid: OTHER, serial: '1650522003820', name: 'NVIDIA A100-SXM4-80GB' }),
        ],
      },
      expect: ['second:serial'],
    },
    {
      name: 'a card copied after both machines changed their inventory',
      tables: {
        ...machines(['first', 'second'], START, START + 4 * DAY),
        gpus: [
          gpu('first', { gpu_uuid: UUID, seen_at: START - DAY }),
          gpu('first', { gpu_uuid: UUID, seen_at: START + DAY }),
          gpu('second', { gpu_uuid: OTHER, seen_at: START - DAY }),
          gpu('second', { gpu_uuid: UUID, seen_at: START + DAY }),
        ],
      },
      expect: ['second:later-claim'],
    },
  ],
  honest: [
    {
      name: 'second-hand-card',
      tables: {
        accounts: [account('seller'), account('buyer')],
        devices: [device('old', 'seller'), device('new', 'buyer', { registered_at: START + DAY })],
        gpus: [gpu('old', { gpu_uuid: UUID }), gpu('new', { gpu_uuid: UUID })],
        heartbeats: [
          ...beats({ device_id: 'old', ip: '203.0.113.1', to: START + DAY - 3 * HOUR }),
          ...beats({ device_id: 'new', ip: '203.0.113.2', from: START + DAY, to: START + 2 * DAY }),
        ],
      },
    },
    {
      name: 'container-re-creation',
      tables: {
        accounts: [account('owner')],
        devices: [device('old', 'owner'), device('new', 'owner', { registered_at: START + DAY - HOUR / 2 })],
        gpus: [gpu('old', { gpu_uuid: UUID }), gpu('new', { gpu_uuid: UUID })],
        heartbeats: [
          ...beats({ device_id: 'old', ip: '203.0.113.1', to: START + DAY }),
          ...beats({
            device_id: 'new',
            ip: '203.0.113.1',
            from: START + DAY - HOUR / 2,
            to: START + 2 * DAY,
          }),
        ],
      },
    },
    {
      // The copy is named, the framed machine is not; here the copy never came online.
      name: 'framed-account',
      tables: {
        ...machines(['victim']),
        accounts: [account('owner-victim'), account('squatter')],
        devices: [device('victim', 'owner-victim'), device('squat', 'squatter', { registered_at: START })],
        gpus: [gpu('victim', { gpu_uuid: UUID }), gpu('squat', { gpu_uuid: UUID })],
      },
    },
    {
      name: 'samples-of-a-loop',
      tables: {
        ...machines(['box']),
        gpus: Array.from({ length: 60 }, (_, i) =>
          gpu('box', { gpu_uuid: UUID, gpu_index: i, seen_at: START }),
        ),
      },
    },
    {
      name: 'honest-mig',
      tables: {
        ...machines(['slice1', 'slice2']),
        gpus: ['slice1', 'slice2'].map((name) =>
          gpu(name, {
            gpu_uuid: UUID,
            serial: '1650522003820',
            mig_profile: '3g.40gb',
            name: 'NVIDIA H100 80GB HBM3',
          }),
        ),
      },
    },
    {
      name: 'two-chips-on-one-board',
      tables: {
        ...machines(['vm1', 'vm2', 'vm3']),
        gpus: [UUID, OTHER, THIRD].map((gpu_uuid, i) =>
          gpu(`vm${i + 1}`, { gpu_uuid, serial: '1320720031234', name: 'NVIDIA A16' }),
        ),
      },
    },
    {
      name: 'placeholder-identity',
      tables: {
        ...machines(['a', 'b', 'c']),
        gpus: [
          ...['a', 'b'].map((name) =>
            gpu(name, { gpu_uuid: 'GPU-12345678-aaaa-bbbb-cccc-0123456789ab', serial: '0000000000000' }),
          ),
          gpu('c', { gpu_uuid: UUID, serial: '0000000000000' }),
        ],
      },
    },
  ],
  silent: [
    { name: 'no inventory table', tables: machines(['a', 'b']) },
    {
      name: 'shared but never online together',
      tables: {
        ...machines(['a', 'b'], START, START + HOUR / 2),
        gpus: [gpu('a', { gpu_uuid: UUID }), gpu('b', { gpu_uuid: UUID })],
      },
    },
  ],
};
