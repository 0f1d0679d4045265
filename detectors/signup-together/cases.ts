import type { Row } from '../../contracts/dataset.ts';
import type { DetectorCases } from '../../contracts/detector.ts';
import { people, when } from '../../testing/detectors/people.ts';
import { account, atLevels, HOUR, MINUTE, noise, numbered, START } from '../../testing/detectors/rows.ts';

const KINDS = [
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
];
/** A script's own order. */
const ORDER = [
  'form',
  'clap',
  'stake',
  'follow',
  'telegram',
  'connect',
  'worker',
  'quiz',
  'retweet',
  'discord',
];
const PAUSES = [61, 92, 265, 80, 46, 142, 700, 59, 183];

/** Missions in the guide's order, with pauses of one's own. */
function byHand(id: string, seed: number): Row<'engagement'>[] {
  let at = START + Math.floor(noise(seed) * 400) * HOUR;
  return KINDS.filter((_, i) => noise(seed * 31 + i) > 0.2).map((kind, i) => {
    at += Math.floor(1000 * Math.exp(2.5 + 8 * noise(seed * 57 + i)));
    return { account_id: id, occurred_at: at, kind };
  });
}

/** Missions by a script: the same pauses, give or take half a per cent. */
function byScript(id: string, i: number): Row<'engagement'>[] {
  let at = START + i * 50 * MINUTE;
  return ORDER.map((kind, step) => {
    if (step > 0) at += Math.round(1000 * PAUSES[step - 1]! * (1 + 0.005 * (2 * noise(i * 101 + step) - 1)));
    return { account_id: id, occurred_at: at, kind };
  });
}

/** Accounts `s0 …`, each from a network of its own, `every` milliseconds apart. */
const series = (n: number, every: number, from: number, more: Partial<Row<'accounts'>> = {}, prefix = 's') =>
  Array.from({ length: n }, (_, i) =>
    account(`${prefix}${i}`, { created_at: from + i * every, signup_ip: `99.${i}.7.8`, ...more }),
  );

const PEOPLE = people(300);
const MISSIONS = PEOPLE.flatMap(({ account_id }, i) => byHand(account_id, i + 1));
const scripted = (n: number, prefix = 's') =>
  Array.from({ length: n }, (_, i) => byScript(`${prefix}${i}`, i)).flat();
/**
 * Ten who came over the weeks and let one public tool do their missions: whom a script joins here did not
 * come together.
 */
const TOOL = series(10, 120 * HOUR, when(0.1), {}, 't');
const TOOL_MISSIONS = scripted(10, 't');

export const cases: DetectorCases = {
  fraud: [
    {
      name: 'one script, ten networks, one evening',
      tables: {
        accounts: [...PEOPLE, ...series(10, 10 * MINUTE, when(0.5))],
        engagement: [...MISSIONS, ...scripted(10)],
      },
      // The one who clicks first may have been copied, so it stands outside; the next is the first of those
      // who remain.
      expect: ['s1:first', ...atLevels(numbered(2, 9), 'together', 'near')],
    },
    {
      name: 'one script, two thirds of its accounts within a day',
      tables: {
        accounts: [
          ...PEOPLE,
          ...series(10, 5 * HOUR, when(0.5)).map((row, i) =>
            i < 7 ? row : { ...row, created_at: when(0.1 * (i - 6)) },
          ),
        ],
        engagement: [...MISSIONS, ...scripted(10)],
      },
      expect: ['s1:first', ...atLevels(numbered(2, 6), 'near')],
    },
  ],
  honest: [
    {
      name: 'influencer-wave',
      tables: {
        accounts: [...PEOPLE, ...TOOL, ...series(80, MINUTE, when(0.5), { referrer_id: 'p0' })],
        engagement: [
          ...MISSIONS,
          ...TOOL_MISSIONS,
          ...Array.from({ length: 80 }, (_, i) => byHand(`s${i}`, 500 + i)).flat(),
        ],
      },
    },
    {
      name: 'popular-guide',
      tables: { accounts: [...PEOPLE, ...TOOL], engagement: [...MISSIONS, ...TOOL_MISSIONS] },
    },
  ],
  silent: [
    {
      name: 'strangers name the wallet of a newcomer, having registered all around it',
      tables: {
        accounts: [...PEOPLE, ...series(12, 20 * MINUTE, when(0.5), { wallet: 'purse-of-the-victim' })],
        engagement: MISSIONS,
      },
    },
    {
      name: 'a script whose accounts came one by one over the weeks',
      tables: {
        accounts: [...PEOPLE, ...series(10, 120 * HOUR, when(0.1))],
        engagement: [...MISSIONS, ...scripted(10)],
      },
    },
    { name: 'column absent', tables: { accounts: [account('a'), account('b')] } },
  ],
};
