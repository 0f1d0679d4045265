import type { Row } from '../../contracts/dataset.ts';
import type { DetectorCases } from '../../contracts/detector.ts';
import { account, beats, DAY, device, HOUR, MINUTE, noise, START } from '../../testing/detectors/rows.ts';

const OWNERS = Array.from({ length: 60 }, (_, i) => `o${i}`);
const ids = (n: number) => Array.from({ length: n }, (_, i) => `s${i}`);
const all = (n: number, level: string) => ids(n).map((id) => `${id}:${level}`);

/** Three hours from hour `at` on. */
const hire = (renter_id: string, owner: string, at: number): Row<'rentals'> => ({
  rental_id: `${renter_id}-${owner}-${at}`,
  device_id: `d-${owner}`,
  renter_id,
  started_at: START + at * HOUR,
  ended_at: START + (at + 3) * HOUR,
  price_usd: 1.2,
});
/** Customers hire from owners at random; some owners hire, too. */
const MARKET = Array.from({ length: 400 }, (_, i) =>
  hire(
    i % 9 === 0 ? `o${Math.floor(60 * noise(i + 4000))}` : `customer-${i % 90}`,
    `o${Math.floor(60 * noise(i + 9000) ** 2)}`,
    (i * 5) % 70,
  ),
).filter(({ renter_id, device_id }) => device_id !== `d-${renter_id}`);

const load = (owner: string, pct: number) =>
  beats({
    device_id: `d-${owner}`,
    ip: '81.2.3.4',
    to: START + 3 * DAY + 4 * HOUR,
    every: 15 * MINUTE,
    row: () => ({ utilization_gpu_pct: pct }),
  });

function world(own: readonly string[], rentals: readonly Row<'rentals'>[], idle: readonly string[] = []) {
  const owners = [...OWNERS, ...own];
  return {
    accounts: owners.map((id) => account(id)),
    devices: owners.map((id) => device(`d-${id}`, id)),
    rentals: [...MARKET, ...rentals],
    heartbeats: owners.flatMap((id) => load(id, idle.includes(id) ? 0 : 80)),
  };
}
/** Each hires from the next two, twice. */
const ring = (n: number) =>
  ids(n).flatMap((id, i) => [1, 2, 1].map((step, k) => hire(id, `s${(i + step) % n}`, 4 * k + i)));

export const cases: DetectorCases = {
  fraud: [
    {
      name: 'eight accounts hire from each other and use nothing',
      tables: world(ids(8), ring(8), ids(8)),
      expect: [...all(8, 'circle-idle'), ...all(8, 'circle')],
    },
    { name: 'eight accounts hire from each other', tables: world(ids(8), ring(8)), expect: all(8, 'circle') },
    {
      name: 'an account hires its own machine',
      tables: world(ids(1), [hire('s0', 's0', 1)]),
      expect: ['s0:self'],
    },
    {
      name: 'customers kept for one owner',
      tables: world(
        ids(1),
        [0, 1, 2, 3, 4, 5].map((i) => hire(`captive-${i % 2}`, 's0', 5 * i)),
        ids(1),
      ),
      expect: ['s0:kept'],
    },
  ],
  honest: [
    {
      name: 'loyal-customer',
      tables: world(
        ids(1),
        [0, 1, 2, 3, 4, 5, 6, 7].map((i) => hire('loyal', 's0', 5 * i)),
      ),
    },
    {
      name: 'company-and-friend',
      tables: world(ids(5), [
        ...[0, 1, 2, 3].flatMap((i) => [hire('s0', `s${1 + i}`, 4 * i), hire('s0', `s${1 + i}`, 30 + 4 * i)]),
        hire('s1', 's0', 50),
      ]),
    },
    {
      name: 'batch-jobs-wait',
      tables: world(
        ids(1),
        [0, 1, 2, 3, 4, 5].map((i) => hire(`captive-${i % 2}`, 's0', 5 * i)),
        [...ids(1), ...OWNERS.slice(0, 30)],
      ),
    },
    {
      name: 'owners-who-hire',
      tables: world(
        [],
        Array.from({ length: 200 }, (_, i) =>
          hire(`o${i % 60}`, `o${(i + 1 + Math.floor(58 * noise(i + 77))) % 60}`, (i * 7) % 70),
        ),
      ),
    },
    {
      name: 'hired-by-a-ring',
      tables: world(
        ['victim'],
        [0, 1, 2].map((i) => hire(`stranger-${i}`, 'victim', 6 * i)),
        ['victim'],
      ),
    },
  ],
  silent: [
    { name: 'three accounts', tables: world(ids(3), ring(3)) },
    { name: 'no hires', tables: { ...world(ids(8), []), rentals: [] } },
    { name: 'table absent', tables: { accounts: ids(8).map((id) => account(id)) } },
  ],
};
