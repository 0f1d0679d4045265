import type { Row } from '../../contracts/dataset.ts';
import type { CaseTables, DetectorCases } from '../../contracts/detector.ts';
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
  numbered,
  START,
} from '../../testing/detectors/rows.ts';

interface Tenant {
  id: string;
  signup: string | null;
  /** Addresses of its machines, one machine each. */
  machines: readonly string[];
  /** Share of everybody's registrations at which it came. */
  at: number;
  country?: string;
}

const COUNTRIES = ['IN', 'US', 'VN', 'DE', 'BR'];

/** What these accounts and their machines leave in the tables: three days of messages. */
function living(tenants: readonly Tenant[], crowd = 200): CaseTables {
  const heartbeats: Row<'heartbeats'>[] = [];
  const devices: Row<'devices'>[] = [];
  tenants.forEach(({ id, machines }, i) => {
    machines.forEach((ip, m) => {
      const device_id = `d-${id}-${m}`;
      devices.push(device(device_id, id));
      heartbeats.push(
        ...beats({ device_id, ip, from: START + i * MINUTE, to: START + 3 * DAY, every: 6 * HOUR }),
      );
    });
  });
  const accounts = tenants.map(({ id, signup, at, country }) =>
    account(id, { created_at: when(at), signup_ip: signup, country: country ?? 'DE' }),
  );
  return { accounts: [...people(crowd), ...accounts], devices, heartbeats };
}

const some = (n: number, one: (i: number) => Omit<Tenant, 'id'>, prefix = 's'): Tenant[] =>
  Array.from({ length: n }, (_, i) => ({ id: `${prefix}${i}`, ...one(i) }));

/**
 * Customers of a hoster whose networks are 51.68.0.0/16, one in each block, registered at home in five
 * countries.
 */
const customers = (n = 10, block = (i: number) => 100 + i) =>
  some(
    n,
    (i) => ({
      signup: `90.${i}.7.8`,
      machines: [`51.68.${block(i)}.${9 + i}`],
      at: noise(i + 40),
      country: COUNTRIES[i % 5]!,
    }),
    'c',
  );

/** An operator's accounts, each on an address of its own in 51.68.219.0/24. */
const ring = (n: number, at = (i: number) => 0.5 + i * 0.002) =>
  some(n, (i) => ({ signup: `51.68.219.${10 + i}`, machines: [`51.68.219.${10 + i}`], at: at(i) }));

const levels = (n: number, held: readonly string[], firsts = 2) => [
  ...atLevels(numbered(0, firsts - 1), 'first'),
  ...atLevels(numbered(firsts, n - 1), ...held),
];
const RENTED = ['rented', 'likely'];

export const cases: DetectorCases = {
  fraud: [
    {
      name: 'twelve accounts in a block that they have to themselves',
      tables: living([...customers(), ...ring(12)]),
      expect: levels(12, RENTED),
    },
    {
      name: 'the same, spread over a third of the network’s life',
      tables: living([...customers(), ...ring(12, (i) => 0.4 + i * 0.03)]),
      expect: levels(12, RENTED),
    },
    {
      name: 'registered in one rented block, working in another',
      tables: living([
        ...customers(),
        ...some(9, (i) => ({
          signup: `85.17.30.${10 + i}`,
          machines: [`51.68.219.${10 + i}`, `51.68.219.${110 + i}`],
          at: 0.5 + i * 0.01,
        })),
      ]),
      expect: levels(9, RENTED),
    },
    {
      name: 'somebody lived there alone before the others filled his block',
      tables: living([
        ...customers(),
        { id: 'victim', signup: '51.68.219.7', machines: ['51.68.219.7'], at: 0.3 },
        ...ring(12),
      ]),
      expect: ['victim:first', ...levels(12, RENTED, 1)],
    },
    {
      name: 'a small one',
      tables: living([...customers(), ...ring(5)]),
      expect: levels(5, ['likely']),
    },
    {
      name: 'an IPv6 block of a hoster, one /64 each',
      tables: living([
        ...some(
          6,
          (i) => ({
            signup: `90.${i}.7.8`,
            machines: [`2a01:4f8:${i}::5`],
            at: noise(i),
            country: COUNTRIES[i % 5]!,
          }),
          'c',
        ),
        ...some(8, (i) => ({
          signup: `2a01:4f8:abc:${i}::1`,
          machines: [`2A01:4F8:0ABC:${i}::1`],
          at: 0.5 + i * 0.002,
        })),
      ]),
      expect: levels(8, RENTED),
    },
    {
      name: 'a hoster whom nobody else uses, and one account without a registration address',
      tables: living([...ring(11), { id: 's11', signup: null, machines: ['51.68.219.200'], at: 0.55 }]),
      expect: levels(12, ['loose']),
    },
    {
      name: 'the user’s table says that the block is a hoster’s',
      tables: {
        ...living(ring(12)),
        addresses: [
          { cidr: '51.68.0.0/16', class: 'residential' },
          { cidr: '51.68.219.0/24', class: 'hosting', asn: 16276 },
        ],
      },
      expect: levels(12, RENTED),
    },
    {
      name: 'machines among strangers, registrations in a block of their own',
      tables: living([
        ...customers(10, () => 219),
        ...some(9, (i) => ({
          signup: `51.68.30.${10 + i}`,
          machines: [`51.68.219.${100 + i}`],
          at: 0.5 + i * 0.01,
        })),
      ]),
      expect: [...levels(9, RENTED), ...levels(9, ['loose'])],
    },
  ],
  honest: [
    { name: 'cloud-customers', tables: living(customers(60, (i) => 219 + (i % 2))) },
    {
      name: 'big-holder',
      tables: living([
        ...customers(),
        {
          id: 'h',
          signup: '51.68.219.9',
          machines: Array.from({ length: 40 }, (_, i) => `51.68.219.${10 + i}`),
          at: 0.4,
        },
      ]),
    },
    {
      name: 'carrier-nat',
      tables: living(
        some(60, (i) => ({
          signup: `106.195.89.${i % 5}`,
          machines: [`106.195.89.${i % 5}`, `106.195.89.${(i + 1) % 5}`],
          at: noise(i),
          country: 'IN',
        })),
      ),
    },
    {
      name: 'campus',
      tables: living(
        some(40, (i) => ({ signup: `166.111.230.${i % 4}`, machines: [`166.111.230.${i % 4}`], at: i / 40 })),
      ),
    },
    {
      name: 'vpn-exit',
      tables: living([
        ...customers(),
        ...some(
          20,
          (i) => ({
            signup: `51.68.219.${i % 3}`,
            machines: [`51.68.219.${(i + 1) % 3}`],
            at: noise(i + 9),
            country: COUNTRIES[i % 5]!,
          }),
          'v',
        ),
      ]),
    },
    {
      name: 'dense-hoster',
      // People who browse through their servers: so do many in each block of this hoster.
      tables: living(
        some(240, (i) => ({
          signup: `51.68.${i % 16}.${20 + (i >> 4)}`,
          machines: [`51.68.${i % 16}.${20 + (i >> 4)}`],
          at: noise(i * 31 + 3),
          country: COUNTRIES[i % 5]!,
        })),
      ),
    },
    {
      name: 'workshop',
      // Thirty people rent at one cloud on one day and register at the venue, behind its one address.
      tables: living([
        ...customers(),
        ...some(30, (i) => ({
          signup: '90.200.3.4',
          machines: [`51.68.219.${10 + i}`, ...(i % 3 === 0 ? [`84.${i}.2.3`] : [])],
          at: 0.5 + i * 0.001,
          country: COUNTRIES[i % 5]!,
        })),
      ]),
    },
    {
      name: 'village',
      // Neighbours with addresses of their own at a small provider.
      tables: living(
        some(9, (i) => ({ signup: `188.20.7.${10 + i}`, machines: [`188.20.7.${10 + i}`], at: i / 9 })),
      ),
    },
  ],
  silent: [
    { name: 'three accounts', tables: living([...customers(), ...ring(3)]) },
    {
      name: 'no machine ever spoke',
      tables: living([...customers(), ...ring(12).map((one) => ({ ...one, machines: [] }))]),
    },
    {
      name: 'unrouted addresses',
      tables: living(
        some(12, (i) => ({ signup: `10.0.0.${i}`, machines: [`10.0.0.${i}`], at: 0.5 + i * 0.001 })),
      ),
    },
    { name: 'column absent', tables: { accounts: [account('a'), account('b')] } },
  ],
};
