import type { Row } from '../../contracts/dataset.ts';
import type { DetectorCases } from '../../contracts/detector.ts';
import { account, atLevels, HOUR, MINUTE, noise, START } from '../../testing/detectors/rows.ts';

const GUIDE = [
  'follow',
  'discord',
  'connect',
  'retweet',
  'quiz',
  'telegram',
  'stake',
  'worker',
  'clap',
  'form',
  'role',
  'vote',
];
const SCRIPT = ['form', 'clap', 'stake', 'follow', 'vote', 'connect', 'role', 'quiz', 'retweet', 'discord'];
const PAUSES = [61, 92, 265, 80, 46, 142, 700, 59, 183];

/** One person follows the guide, leaves some out, and pauses from seconds to days. */
function human(id: string, seed: number): Row<'engagement'>[] {
  let at = START + Math.floor(noise(seed) * 400) * HOUR;
  return GUIDE.filter((_, i) => noise(seed * 31 + i) > 0.25).map((kind, i) => {
    const draw = noise(seed * 57 + i);
    at += Math.floor(
      1000 * Math.exp(draw < 0.35 ? 8 + 4 * noise(seed + 91 * i) : 2.5 + 3.5 * noise(seed + 17 * i)),
    );
    return { account_id: id, occurred_at: at, kind };
  });
}

/**
 * The script at work for account number `i`: pauses multiplied by about `1 ± jitter`, some steps left out.
 */
function scripted(id: string, i: number, jitter: number, leaveOut = 0): Row<'engagement'>[] {
  let at = START + i * 50 * MINUTE;
  const rows: Row<'engagement'>[] = [];
  SCRIPT.forEach((kind, step) => {
    if (step > 0) at += Math.round(1000 * PAUSES[step - 1]! * (1 + jitter * (2 * noise(i * 101 + step) - 1)));
    if (noise(i * 13 + step * 7 + 5) >= leaveOut) rows.push({ account_id: id, occurred_at: at, kind });
  });
  return rows;
}

const HUMANS = Array.from({ length: 150 }, (_, i) => `p${i}`);
const ids = (n: number) => Array.from({ length: n }, (_, i) => `s${i}`);
const world = (own: readonly string[], actions: readonly Row<'engagement'>[]) => ({
  accounts: [...HUMANS, ...own].map((id) => account(id)),
  engagement: [...HUMANS.flatMap((id, i) => human(id, i + 1)), ...actions],
});

export const cases: DetectorCases = {
  fraud: [
    {
      name: 'eight accounts, the same seconds',
      tables: world(
        ids(8),
        ids(8).flatMap((id, i) => scripted(id, i, 0.004)),
      ),
      expect: ['s0:first', ...atLevels(ids(8).slice(1), 'identical', 'script', 'similar')],
    },
    {
      name: 'eight accounts, pauses varied by a quarter',
      tables: world(
        ids(8),
        ids(8).flatMap((id, i) => scripted(id, i, 0.25)),
      ),
      expect: ['s0:first', ...atLevels(ids(8).slice(1), 'script', 'similar')],
    },
    {
      name: 'ten accounts, steps left out',
      tables: world(
        ids(10),
        ids(10).flatMap((id, i) => scripted(id, i, 0.3, 0.12)),
      ),
      expect: [
        's0:first',
        // Ahead of the rest in the steps that s0 left out.
        's1:first',
        's8:similar',
        's9:similar',
        ...atLevels(ids(8).slice(2), 'script', 'similar'),
      ],
    },
    {
      name: 'copies that began with an early mission of their own leave the copied account first',
      tables: world(ids(8), [
        ...ids(8).flatMap((id, i) => scripted(id, i, 0.004)),
        ...ids(8)
          .slice(1)
          .map((id) => ({ account_id: id, occurred_at: START - 5 * HOUR, kind: 'early' })),
      ]),
      expect: ['s0:first', ...atLevels(ids(8).slice(1), 'identical', 'script', 'similar')],
    },
  ],
  honest: [
    { name: 'popular-guide', tables: world([], []) },
    {
      // A teacher reads out one mission after the other; everybody clicks within half a minute.
      name: 'class-at-one-pace',
      tables: world(
        ids(20),
        ids(20).flatMap((id, i) =>
          SCRIPT.map((kind, step) => ({
            account_id: id,
            kind,
            occurred_at:
              START +
              1000 * PAUSES.slice(0, step).reduce((sum, pause) => sum + pause, 0) +
              Math.floor(30_000 * noise(i * 61 + step * 5)),
          })),
        ),
      ),
    },
  ],
  silent: [
    {
      name: 'daily check-ins only',
      tables: world(
        ids(6),
        ids(6).flatMap((id) =>
          [0, 1, 2, 3].map((day) => ({
            account_id: id,
            occurred_at: START + day * 24 * HOUR,
            kind: 'check-in',
          })),
        ),
      ),
    },
    { name: 'table absent', tables: { accounts: [account('a')] } },
  ],
};
