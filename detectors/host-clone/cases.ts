import type { Row } from '../../contracts/dataset.ts';
import type { DetectorCases } from '../../contracts/detector.ts';
import { people, when } from '../case-people.ts';
import { account, device, HOUR, noise } from '../case-rows.ts';

const CROWD = people(200);
const ids = (n: number) => Array.from({ length: n }, (_, i) => `s${i}`);

function world(n: number, created: (i: number) => number, machine: (i: number) => Partial<Row<'devices'>>) {
  return {
    accounts: [...CROWD, ...ids(n).map((id, i) => account(id, { created_at: created(i) }))],
    devices: [
      ...CROWD.map(({ account_id }, i) =>
        device(`d-${account_id}`, account_id, { machine_id: `${i}-0123456789abcdef`, hostname: `pc-${i}` }),
      ),
      ...ids(n).map((id, i) => device(`d-${id}`, id, machine(i))),
    ],
  };
}

const together = (i: number) => when(0.5) + i * HOUR;
const apart = (i: number) => when(noise(i));
const found = (n: number, level: string) => [
  's0:first',
  ...ids(n)
    .slice(1)
    .map((id) => `${id}:${level}`),
];

export const cases: DetectorCases = {
  fraud: [
    {
      name: 'eight copies with one machine id',
      tables: world(8, together, () => ({ machine_id: 'c0ffee00c0ffee00c0ffee00c0ffee00' })),
      expect: found(8, 'machine'),
    },
    {
      name: 'eight machines of one image and host-name template',
      tables: world(8, together, (i) => ({
        machine_id: `${i}-fedcba9876543210`,
        image_id: 'img-77',
        hostname: `worker-${i + 10}`,
        os: 'Debian 12',
      })),
      expect: found(8, 'image'),
    },
  ],
  honest: [
    {
      name: 'golden-image',
      tables: world(40, apart, (i) => ({
        machine_id: `${i}-fedcba9876543210`,
        image_id: 'ubuntu-2204-gpu',
        hostname: `ip-172-31-0-${i}`,
      })),
    },
    {
      name: 'default-machine-id',
      tables: world(20, apart, () => ({ machine_id: 'c0ffee00c0ffee00c0ffee00c0ffee00' })),
    },
    {
      name: 'big-holder',
      tables: {
        accounts: CROWD,
        devices: ids(50).map((id) =>
          device(id, 'p3', { machine_id: 'c0ffee00c0ffee00c0ffee00c0ffee00', image_id: 'own', hostname: id }),
        ),
      },
    },
  ],
  silent: [
    {
      name: 'four copies',
      tables: world(4, together, () => ({ machine_id: 'c0ffee00c0ffee00c0ffee00c0ffee00' })),
    },
    { name: 'no ids', tables: world(8, together, () => ({ machine_id: '', image_id: null })) },
  ],
};
