import type { Row } from '../../contracts/dataset.ts';
import type { DetectorCases } from '../../contracts/detector.ts';
import { account, atLevels, DAY, HOUR, MINUTE, noise, START } from '../../testing/detectors/rows.ts';

const DAYS = 10;
const checkin = (account_id: string, day: number, at: number): Row<'engagement'> => ({
  account_id,
  kind: 'daily_checkin',
  occurred_at: START + day * DAY + Math.floor(Math.min(Math.max(at, 0), DAY - 1)),
});

/** Nine days of ten, around an hour of one's own, which some keep to the minute and some hardly. */
function person(id: string, seed: number): Row<'engagement'>[] {
  const hour = 6 + noise(seed * 7) * 16;
  const spread = 0.3 + 3 * noise(seed * 11);
  return Array.from({ length: DAYS }, (_, day) => day)
    .filter((day) => noise(seed * 101 + day) > 0.1)
    .map((day) => checkin(id, day, (hour + spread * (2 * noise(seed * 31 + day) - 1)) * HOUR));
}

/** The moment of a day's round, anew each day. */
const round = (day: number) => (7 + 14 * noise(day * 17 + 3)) * HOUR;

/** One operator goes through his accounts, within `minutes`, on most days. */
const rung = (ids: readonly string[], minutes: number, misses = 0.15, until = DAYS): Row<'engagement'>[] =>
  ids.flatMap((id, i) =>
    Array.from({ length: until }, (_, day) => day)
      .filter((day) => noise(i * 53 + day * 7) >= misses)
      .map((day) => checkin(id, day, round(day) + noise(i * 19 + day * 23) * minutes * MINUTE)),
  );

const PEOPLE = Array.from({ length: 200 }, (_, i) => `p${i}`);
const HABITS = PEOPLE.flatMap((id, i) => person(id, i + 1));
const ids = (n: number) => Array.from({ length: n }, (_, i) => `s${i}`);
const world = (own: readonly string[], actions: readonly Row<'engagement'>[]) => ({
  accounts: [...PEOPLE, ...own].map((id) => account(id)),
  engagement: [...HABITS, ...actions],
});

export const cases: DetectorCases = {
  fraud: [
    {
      name: 'twelve accounts in one round a day',
      tables: world(ids(12), rung(ids(12), 20)),
      expect: atLevels(ids(12), 'lockstep', 'similar'),
    },
    {
      name: 'a round that begins with the account that is being followed',
      tables: world(
        [...ids(6), 'victim'],
        [
          ...rung(ids(6), 12),
          ...Array.from({ length: DAYS }, (_, day) => checkin('victim', day, round(day) - MINUTE)),
        ],
      ),
      expect: [...atLevels(ids(6), 'lockstep', 'similar'), 'victim:first'],
    },
    {
      name: 'a round of half an hour, six days long',
      tables: world(ids(8), rung(ids(8), 30, 0, 6)),
      expect: atLevels(ids(8), 'similar'),
    },
  ],
  honest: [
    {
      name: 'morning-habit',
      tables: world(
        ids(40),
        ids(40).flatMap((id, i) =>
          Array.from({ length: DAYS }, (_, day) =>
            checkin(id, day, 8 * HOUR + 25 * MINUTE * (2 * noise(i * 29 + day * 3) - 1)),
          ),
        ),
      ),
    },
    {
      name: 'daily-reset',
      tables: world(
        ids(60),
        ids(60).flatMap((id, i) =>
          Array.from({ length: DAYS }, (_, day) => checkin(id, day, 20 * MINUTE * noise(i * 13 + day * 5))),
        ),
      ),
    },
    {
      // A channel calls its members at another hour every day; one in three follows within half an hour, the
      // others go when they go.
      name: 'community-reminder',
      tables: world(
        ids(80),
        ids(80).flatMap((id, i) =>
          Array.from({ length: DAYS }, (_, day) =>
            checkin(
              id,
              day,
              noise(i * 47 + day * 11) < 0.33
                ? round(day) + 30 * MINUTE * noise(i * 3 + day)
                : (6 + 16 * noise(i * 71 + day * 13)) * HOUR,
            ),
          ),
        ),
      ),
    },
  ],
  silent: [
    { name: 'a family of four at dinner', tables: world(ids(4), rung(ids(4), 10, 0)) },
    { name: 'three days are too few', tables: world(ids(12), rung(ids(12), 20, 0, 3)) },
    { name: 'no engagement', tables: { accounts: [account('a'), account('b')] } },
  ],
};
