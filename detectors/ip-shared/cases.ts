import type { Row } from '../../contracts/dataset.ts';
import type { DetectorCases } from '../../contracts/detector.ts';
import { people, when } from '../../testing/detectors/people.ts';
import {
  account,
  atLevels,
  beats,
  DAY,
  device,
  HOUR,
  MINUTE,
  noise,
  START,
} from '../../testing/detectors/rows.ts';

const CROWD = people(200);

/** Accounts, one machine each, and heartbeats from addresses that the machine takes turns on, one a day. */
function hosts(
  ids: readonly string[],
  created: (i: number) => number,
  address: (i: number, day: number) => string,
) {
  const heartbeats: Row<'heartbeats'>[] = [];
  ids.forEach((id, i) => {
    for (let day = 0; day < 4; day++) {
      const from = START + day * DAY + i * MINUTE;
      heartbeats.push(...beats({ device_id: `d-${id}`, ip: address(i, day), from, to: from + 2 * HOUR }));
    }
  });
  return {
    accounts: [...CROWD, ...ids.map((id, i) => account(id, { created_at: created(i), signup_ip: null }))],
    devices: ids.map((id) => device(`d-${id}`, id)),
    heartbeats,
  };
}

function turns() {
  const tables = hosts(
    ids(6),
    (i) => when(0.5) + i * 10 * MINUTE,
    () => '78.160.3.4',
  );
  const heartbeats = ids(6).flatMap((id, i) => {
    const from = START + i * 3 * DAY;
    return beats({ device_id: `d-${id}`, ip: '78.160.3.4', from, to: from + DAY });
  });
  return { ...tables, heartbeats };
}

const ids = (n: number) => Array.from({ length: n }, (_, i) => `s${i}`);
const proxy = (i: number, day: number) =>
  `${[23, 46, 73, 99, 121, 175][(i + day) % 6]}.${(i + day) % 6}.4.20`;

export const cases: DetectorCases = {
  fraud: [
    {
      name: 'eight accounts of one evening on one address',
      tables: hosts(
        ids(8),
        (i) => when(0.5) + i * 10 * MINUTE,
        () => '85.17.150.165',
      ),
      expect: atLevels(ids(8), 'address'),
    },
    {
      name: 'six accounts take turns on six proxies in six networks',
      tables: hosts(ids(6), (i) => when(0.5) + i * HOUR, proxy),
      expect: [...atLevels(ids(6), 'pool'), ...atLevels(ids(6).slice(2), 'follows-pool')],
    },
    {
      name: 'an older stranger, in whose exits the pool sits before him',
      tables: hosts(
        [...ids(10), 'victim'],
        (i) => (i < 10 ? when(0.5) + i * HOUR : when(0.1)),
        (i, day) => proxy(i < 10 ? i : 5, day),
      ),
      expect: [
        ...atLevels(['victim', ...ids(10)], 'pool'),
        ...atLevels(ids(10).slice(1), 'follows-pool'),
        ...[...ids(10), 'victim'].flatMap((id) => Array.from({ length: 4 }, () => `${id}:address`)),
      ],
    },
  ],
  honest: [
    {
      name: 'carrier-nat',
      tables: hosts(
        ids(40),
        (i) => when(noise(i)),
        (i, day) => `106.195.89.${(i + day) % 5}`,
      ),
    },
    {
      name: 'campus',
      tables: hosts(
        ids(25),
        (i) => when(i / 25),
        () => '166.111.230.9',
      ),
    },
    {
      name: 'family',
      tables: hosts(
        ids(4),
        (i) => when(0.5) + i * HOUR,
        (_, day) => `82.${day}.49.7`,
      ),
    },
    {
      name: 'vpn-exit',
      tables: hosts(
        ids(12),
        (i) => when(noise(i + 50)),
        (i, day) => `${[5, 31, 45][(i + day) % 3]}.9.9.9`,
      ),
    },
    {
      name: 'small-vpn',
      // Nine customers of a provider with six exits, three or four of them on each.
      tables: hosts(ids(9), (i) => when(noise(i * 7 + 1)), proxy),
    },
    {
      name: 'address-churn',
      // Neighbours who get one of thirty addresses in two networks every day, and joined over some months.
      tables: hosts(
        ids(12),
        (i) => when(0.3 + noise(i + 20) * 0.7),
        (i, day) => `${78 + (day % 2)}.160.3.${Math.floor(noise(i * 5 + day) * 15)}`,
      ),
    },
    {
      name: 'handed-on-address',
      // Six people of one evening to whom a provider leases one address in turn, two days apart.
      tables: turns(),
    },
  ],
  silent: [
    {
      name: 'no addresses',
      tables: { accounts: [account('a', { signup_ip: null }), account('b', { signup_ip: null })] },
    },
    {
      name: 'unrouted address',
      tables: hosts(
        ids(8),
        (i) => when(0.5) + i * MINUTE,
        () => '192.168.1.2',
      ),
    },
  ],
};
