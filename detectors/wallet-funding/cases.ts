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
/** What a wallet spends at a place of its own choice, an hour after it was filled. */
const spend = (id: string, at: number, amount: number) =>
  pay(w(id), `place-${Math.floor(12 * noise(at * 1000))}`, at + 0.04, amount);
const at = (i: number) => 20 + i * 0.02;

export const cases: DetectorCases = {
  fraud: [
    {
      name: 'a star: nine wallets filled from one within hours',
      tables: world(
        ids(9),
        ids(9).flatMap((id, i) => [pay('purse', w(id), at(i), 0.2), spend(id, at(i), 0.1)]),
      ),
      expect: atLevels(ids(9), 'star', 'loose'),
    },
    {
      name: 'an hour of an exchange that one operator used, one of whose wallets an exchange filled again',
      tables: world(ids(20), [
        ...ids(20).flatMap((id, i) => {
          const filled = i < 18 ? 20 + i / 200 : 2 + 31 * (i - 18);
          return [pay('exchange-z', w(id), filled, 0.2), spend(id, filled, 0.1)];
        }),
        pay(EXCHANGES[0]!, w('s3'), 55, 0.2),
      ]),
      expect: atLevels(ids(18), 'star', 'loose').filter((row) => row !== 's3:star'),
    },
    {
      name: 'a star through fresh wallets of nobody',
      tables: world(
        ids(9),
        ids(9).flatMap((id, i) => [
          pay('purse', `relay-${i}`, at(i), 0.21),
          pay(`relay-${i}`, w(id), at(i) + 0.005, 0.2),
          spend(id, at(i), 0.1),
        ]),
      ),
      expect: atLevels(ids(9), 'tree', 'loose'),
    },
    {
      name: 'a chain over weeks: each wallet fills the next',
      tables: world(
        ids(9),
        ids(9).map((id, i) => pay(i === 0 ? 'purse' : w(`s${i - 1}`), w(id), 5 + 4 * i, 9 - i)),
      ),
      // The last one has spent nothing: anybody could have filled it.
      expect: [...atLevels(ids(8), 'tree', 'loose'), 's8:funded'],
    },
    {
      name: 'an account that fills five wallets, one of which had money of its own',
      tables: world(ids(6), [
        pay(EXCHANGES[0]!, w('s0'), 18, 5),
        ...[1, 2, 3, 4, 5].flatMap((i) => [
          pay(w('s0'), w(`s${i}`), 20 + 3 * i, 0.2),
          spend(`s${i}`, 21 + 3 * i, 0.1),
        ]),
        pay(EXCHANGES[1]!, w('s5'), 35.5, 2),
        ...[1, 2, 3, 4, 5].map((i) => pay(w(`s${i}`), 'own-place', 50 + i, 0.05)),
      ]),
      expect: ['s0:root', ...atLevels(['s1', 's2', 's3', 's4'], 'loose'), 's5:funded'],
    },
    {
      name: 'a sum that goes round six accounts',
      tables: world(ids(6), [
        ...ids(6).map((id, i) => pay(EXCHANGES[i % 4]!, w(id), 3 + 7 * i, 0.5)),
        ...ids(6).map((id, i) => pay(w(id), w(`s${(i + 1) % 6}`), 50 + i, 8 - 0.01 * i)),
        pay(w('s0'), w('s1'), 56.5, 7.9),
      ]),
      expect: atLevels(ids(6), 'relayed'),
    },
    {
      name: 'a chain without times and amounts',
      tables: world(
        ids(9),
        ids(9).map((id, i) => ({ from_wallet: i === 0 ? 'purse' : w(`s${i - 1}`), to_wallet: w(id) })),
      ),
      expect: [...atLevels(ids(8), 'tree', 'loose'), 's8:funded'],
    },
  ],
  honest: [
    {
      name: 'exchange',
      tables: world(
        ids(40),
        ids(40).flatMap((id, i) => [pay('exchange-z', w(id), 60 * noise(i), 2), spend(id, 60 * noise(i), 1)]),
      ),
    },
    {
      name: 'exchange-of-a-ring',
      tables: world(ids(8), [
        ...ids(8).flatMap((id, i) => [
          pay('exchange-z', w(id), 2 + 7 * i + noise(i), 2),
          spend(id, 2 + 7 * i + noise(i), 1),
        ]),
        ...ids(40).flatMap((_, i) => [
          pay('exchange-z', `ring-${i}`, 31 + i / 500, 0.2),
          pay(`ring-${i}`, 'collector', 33 + i / 500, 0.1),
        ]),
      ]),
    },
    {
      name: 'faucet-day',
      tables: world(
        ids(40),
        ids(40).flatMap((id, i) => [
          pay('faucet', w(id), 30 + i / 100, 0.05),
          pay(w(id), 'campaign', 30.1 + i / 100 + noise(i), 0.01),
          ...(i % 5 < 2 ? [pay(EXCHANGES[i % 4]!, w(id), 32 + 20 * noise(i + 9), 1)] : []),
        ]),
      ),
    },
    {
      name: 'faucet',
      tables: world(
        ids(40),
        ids(40).flatMap((id, i) => [
          pay('faucet', w(id), 60 * noise(i), 0.01),
          spend(id, 60 * noise(i), 0.005),
        ]),
      ),
    },
    {
      name: 'employer',
      tables: world(
        ids(9),
        ids(9).flatMap((id, i) => [
          ...[0, 1, 2].map((month) => pay('employer', w(id), 10 + 20 * month + i / 100, 3)),
          spend(id, 12 + i, 1 + i / 5),
        ]),
      ),
    },
    {
      name: 'dealer',
      tables: world(ids(9), [
        ...ids(9).flatMap((id, i) => [pay('dealer', w(id), 30 + i / 50, 1), spend(id, 31 + i, 0.2 + i / 20)]),
        ...CROWD.slice(0, 20).map(({ wallet }, i) => pay('dealer', wallet!, 61 + i, 1)),
      ]),
    },
    {
      name: 'dust',
      tables: world(
        [],
        CROWD.slice(0, 60).flatMap(({ wallet }, i) => [
          pay('duster', wallet!, -1 + i / 1000, 0.00001),
          pay('duster', wallet!, 61, 0.2),
        ]),
      ),
    },
    {
      name: 'friends',
      tables: world(ids(4), [
        ...ids(4).map((id, i) => pay(EXCHANGES[i]!, w(id), 5 + 9 * i, 1)),
        ...ids(12).map((_, i) =>
          pay(w(`s${i % 4}`), w(`s${(i * 7 + 1 + (i % 3)) % 4}`), 41 + i, 0.05 + i / 40),
        ),
      ]),
    },
  ],
  silent: [
    { name: 'no transfers', tables: { ...world(ids(6), []), transfers: [] } },
    { name: 'table absent', tables: { accounts: CROWD } },
    {
      name: 'amounts of nothing that a token contract recorded',
      tables: world(
        ids(9),
        ids(9).flatMap((id, i) => [pay('purse', w(id), at(i), 0), spend(id, at(i), 0)]),
      ),
    },
    {
      name: 'wallets that never spent what they were sent',
      tables: world(
        ids(9),
        ids(9).map((id, i) => pay('purse', w(id), at(i), 0.2)),
      ),
    },
  ],
};
