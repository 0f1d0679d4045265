import type { Row } from '../../contracts/dataset.ts';
import type { DetectorCases } from '../../contracts/detector.ts';
import { EXCHANGES, lives, pay } from '../../testing/detectors/money.ts';
import { people } from '../../testing/detectors/people.ts';
import { account, atLevels, DAY, HOUR, MINUTE, noise } from '../../testing/detectors/rows.ts';

const CROWD = people(300);
const CROWD_LIVES = lives(CROWD.map(({ wallet }) => wallet!));
const ids = (n: number) => Array.from({ length: n }, (_, i) => `s${i}`);
const w = (id: string) => `w-${id}`;
const ROUTE = ['place-7', 'place-2', 'place-11', 'place-4', 'place-9', 'place-1'];
const HOURS = [0, 3.1, 0.8, 11, 1.7, 5.2];
const PAID = [0.031, 0.052, 0.011, 0.024, 0.087, 0.043];
const world = (own: readonly string[], transfers: readonly Row<'transfers'>[]) => ({
  accounts: [...CROWD, ...own.map((id) => account(id, { wallet: w(id) }))],
  transfers: [...CROWD_LIVES, ...own.map((id, i) => pay(EXCHANGES[i % 4]!, w(id), 9, 1)), ...transfers],
});

/** The route from day `start` on; pauses multiplied by `pause(step)`, amounts by `amount(step)`. */
function walk(
  id: string,
  start: number,
  {
    steps = 6,
    pause,
    amount,
  }: { steps?: number; pause: (step: number) => number; amount: (step: number) => number },
): Row<'transfers'>[] {
  let at = start;
  return ROUTE.slice(0, steps).map((place, step) => {
    at += (HOURS[step]! * pause(step) * HOUR) / DAY;
    return pay(w(id), place, at, PAID[step]! * amount(step));
  });
}
const jitter = (seed: number, by: number) => 1 + by * (2 * noise(seed) - 1);
const human = (seed: number) => Math.exp(2.5 * (2 * noise(seed) - 1));

export const cases: DetectorCases = {
  fraud: [
    {
      name: 'eight wallets, one route, pauses and amounts varied a little',
      tables: world(
        ids(8),
        ids(8).flatMap((id, i) =>
          walk(id, 10 + i / 3, {
            pause: (s) => jitter(i * 31 + s, 0.1),
            amount: (s) => jitter(i * 57 + s, 0.02),
          }),
        ),
      ),
      expect: ['s0:first', ...atLevels(ids(8).slice(1), 'script', 'similar')],
    },
    {
      name: 'eight wallets, three places',
      tables: world(
        ids(8),
        ids(8).flatMap((id, i) =>
          walk(id, 10 + i / 3, {
            steps: 3,
            pause: (s) => jitter(i * 31 + s, 0.1),
            amount: (s) => jitter(i * 57 + s, 0.02),
          }),
        ),
      ),
      expect: ['s0:first', ...atLevels(ids(8).slice(1), 'similar')],
    },
  ],
  honest: [
    {
      name: 'campaign',
      tables: world(
        ids(60),
        ids(60).flatMap((id, i) =>
          walk(id, 10 + 7 * noise(i), { pause: (s) => human(i * 31 + s), amount: (s) => human(i * 57 + s) }),
        ),
      ),
    },
    {
      name: 'fixed-prices',
      tables: world(
        ids(60),
        ids(60).flatMap((id, i) =>
          walk(id, 10 + 7 * noise(i), { pause: (s) => human(i * 31 + s), amount: () => 1 }),
        ),
      ),
    },
    {
      name: 'router',
      tables: world(
        ids(30),
        ids(30).flatMap((id, i) =>
          ['router', 'pool', 'vault'].map((place, s) =>
            pay(w(id), place, 10 + 40 * noise(i) + (s * 0.2 * MINUTE) / DAY, 0.5 + noise(i + 90)),
          ),
        ),
      ),
    },
  ],
  silent: [
    {
      name: 'no times',
      tables: world(
        ids(8),
        ids(8).flatMap((id) => ROUTE.map((place) => ({ from_wallet: w(id), to_wallet: place }))),
      ),
    },
    { name: 'no transfers', tables: { ...world(ids(6), []), transfers: [] } },
    { name: 'table absent', tables: { accounts: CROWD } },
  ],
};
