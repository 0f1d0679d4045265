import type { Row } from '../../contracts/dataset.ts';
import type { DetectorCases } from '../../contracts/detector.ts';
import { EXCHANGES, lives, pay } from '../../testing/detectors/money.ts';
import { people } from '../../testing/detectors/people.ts';
import { account, atLevels, noise } from '../../testing/detectors/rows.ts';

const CROWD = people(200);
const CROWD_LIVES = lives(CROWD.map(({ wallet }) => wallet!));
const ids = (n: number) => Array.from({ length: n }, (_, i) => `s${i}`);
const w = (id: string) => `w-${id}`;
const world = (own: readonly string[], transfers: readonly Row<'transfers'>[]) => ({
  accounts: [...CROWD, ...own.map((id) => account(id, { wallet: w(id) }))],
  transfers: [...CROWD_LIVES, ...transfers],
});
/** Filled by an exchange at a time of its own, spent at six places, then `last`. */
const stranger = (id: string, i: number, last: readonly Row<'transfers'>[]) => [
  pay(EXCHANGES[i % 4]!, w(id), 25 * noise(i), 1 + i / 7),
  ...[1, 2, 3, 4, 5, 6].map((k) =>
    pay(w(id), `place-${(i + k) % 12}`, 26 + 3 * noise(i * 9 + k), 0.1 + noise(i + k)),
  ),
  ...last,
];

export const cases: DetectorCases = {
  fraud: [
    {
      name: 'six wallets filled from one purse send what is left to one place',
      tables: world(
        ids(6),
        ids(6).flatMap((id, i) => [
          pay('purse', w(id), 20 + i / 50, 0.2),
          pay(w(id), `place-${i}`, 21 + i, 0.1),
          pay(w(id), 'collector', 30 + 3 * i, 0.09),
        ]),
      ),
      expect: atLevels(ids(6), 'collected'),
    },
    {
      name: 'six wallets filled from one purse return most of it',
      tables: world(
        ids(6),
        ids(6).flatMap((id, i) => [
          pay('purse', w(id), 20 + i / 50, 0.2),
          pay(w(id), `place-${i}`, 21 + i, 0.05),
          pay(w(id), 'collector', 30 + 3 * i, 0.12),
        ]),
      ),
      expect: atLevels(ids(6), 'drained', 'collected'),
    },
    {
      name: 'without times and amounts',
      tables: world(
        ids(4),
        ids(4).flatMap((id) => [
          { from_wallet: 'purse', to_wallet: w(id) },
          { from_wallet: w(id), to_wallet: 'collector' },
        ]),
      ),
      expect: atLevels(ids(4), 'collected'),
    },
    {
      name: 'five wallets filled by exchanges are emptied into one place within hours',
      tables: world(
        ids(5),
        ids(5).flatMap((id, i) => stranger(id, i, [pay(w(id), 'collector', 33 + i / 200, 0.5)])),
      ),
      expect: ['s0:first', ...atLevels(ids(5).slice(1), 'swept')],
    },
    {
      name: 'twenty of them',
      tables: world(
        ids(20),
        ids(20).flatMap((id, i) => stranger(id, i, [pay(w(id), 'collector', 33 + i / 200, 0.5)])),
      ),
      expect: ['s0:first', ...atLevels(ids(20).slice(1), 'emptied', 'swept')],
    },
  ],
  honest: [
    {
      name: 'exchange',
      tables: world(
        ids(40),
        ids(40).flatMap((id, i) =>
          stranger(id, i, [pay(w(id), 'exchange-z', 30 + 45 * noise(i + 500), 0.5)]),
        ),
      ),
    },
    {
      name: 'shop',
      tables: world(
        ids(12),
        ids(12).flatMap((id, i) =>
          stranger(id, i, [
            pay(w(id), 'shop', 27 + 30 * noise(i + 70), 0.05),
            pay(w(id), `place-${i % 12}`, 60 + i, 0.1),
          ]),
        ),
      ),
    },
    {
      name: 'mint-day',
      tables: world(
        ids(20),
        ids(20).flatMap((id, i) =>
          stranger(id, i, [
            pay(w(id), 'mint', 33 + i / 200, 0.05),
            pay(w(id), `place-${i % 12}`, 36 + i, 0.1),
          ]),
        ),
      ),
    },
    {
      name: 'exchange-in-and-out',
      tables: world(
        ids(24),
        ids(24).flatMap((id, i) => [
          pay('exchange-out', w(id), 60 * noise(i), 1),
          pay(w(id), `place-${i % 12}`, 61 + noise(i), 0.1),
          ...(i % 5 < 2 ? [pay(EXCHANGES[i % 4]!, w(id), 62 + noise(i), 1)] : []),
          pay(w(id), 'exchange-in', 64 + 10 * noise(i + 50), 0.8),
        ]),
      ),
    },
    {
      name: 'end-of-data',
      tables: world(
        ids(12),
        ids(12).flatMap((id, i) => stranger(id, i, [pay(w(id), 'new-place', 77 + i / 200, 0.1)])),
      ),
    },
    {
      name: 'sink-adopted-by-strangers',
      tables: {
        ...world(
          ['s0'],
          [
            ...stranger('s0', 0, [pay(w('s0'), 'cold-wallet', 30, 3)]),
            ...ids(12)
              .slice(1)
              .flatMap((_, i) => [
                pay('purse', `w-stranger-${i}`, 31 + i / 50, 0.2),
                pay(`w-stranger-${i}`, 'cold-wallet', 32 + i / 50, 0.1),
              ]),
          ],
        ),
      },
    },
  ],
  silent: [
    { name: 'no transfers', tables: { ...world(ids(6), []), transfers: [] } },
    { name: 'table absent', tables: { accounts: CROWD } },
    {
      name: 'three wallets',
      tables: world(
        ids(3),
        ids(3).flatMap((id, i) => [
          pay('purse', w(id), 20 + i / 50, 0.2),
          pay(w(id), 'collector', 30 + i, 0.1),
        ]),
      ),
    },
  ],
};
