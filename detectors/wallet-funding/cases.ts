import type { DetectorCases } from '../../contracts/detector.ts';
import { people, when } from '../case-people.ts';
import { account, DAY, HOUR, noise, START } from '../case-rows.ts';

const CROWD = people(200);
const ids = (n: number) => Array.from({ length: n }, (_, i) => `s${i}`);
const farm = ids(6).map((id, i) => account(id, { created_at: when(0.5) + i * HOUR, wallet: `w-${id}` }));
const customers = ids(30).map((id, i) => account(id, { created_at: when(noise(i)), wallet: `w-${id}` }));
const send = (from_wallet: string, to_wallet: string, i: number) => ({
  from_wallet,
  to_wallet,
  occurred_at: START + i * DAY,
  amount: 5,
});

export const cases: DetectorCases = {
  fraud: [
    {
      name: 'six wallets of one afternoon empty into one',
      tables: {
        accounts: [...CROWD, ...farm],
        transfers: ids(6).map((id, i) => send(`w-${id}`, 'collector', i)),
      },
      expect: ids(6).map((id) => `${id}:sweep`),
    },
    {
      name: 'six wallets of one afternoon filled from one',
      tables: {
        accounts: [...CROWD, ...farm],
        transfers: ids(6).map((id, i) => send('purse', `w-${id}`, i)),
      },
      expect: ids(6).map((id) => `${id}:funded`),
    },
  ],
  honest: [
    {
      name: 'exchange',
      tables: {
        accounts: [...CROWD, ...customers],
        transfers: ids(30).map((id, i) => send(`w-${id}`, 'exchange', i % 7)),
      },
    },
    {
      name: 'dust',
      tables: {
        accounts: CROWD,
        transfers: CROWD.slice(0, 60).flatMap(({ wallet }, i) => [
          send(`friend-${i}`, wallet!, 0),
          send('duster', wallet!, 3),
        ]),
      },
    },
  ],
  silent: [
    { name: 'no transfers', tables: { accounts: farm, transfers: [] } },
    { name: 'table absent', tables: { accounts: farm } },
  ],
};
