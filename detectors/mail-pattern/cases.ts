import type { DetectorCases } from '../../contracts/detector.ts';
import { people, when } from '../../testing/detectors/people.ts';
import { account, atLevels, DAY, HOUR, MINUTE, noise } from '../../testing/detectors/rows.ts';

const CROWD = people(300);
const NAMES = ['rudolf', 'tilly', 'alwina', 'krystyna', 'gerhard', 'monika', 'samantha', 'tristan'];
const four = (i: number) => 1000 + Math.floor(noise(i + 900) * 9000);
const pick = (letters: string, seed: number) => letters[Math.floor(noise(seed) * letters.length)]!;
const drawn = (letters: string, n: number, seed: number) =>
  Array.from({ length: n }, (_, i) => pick(letters, seed * 40 + i)).join('');
const ids = (n: number, from = 0) => Array.from({ length: n - from }, (_, i) => `s${i + from}`);

interface Set {
  n: number;
  /** Share of the crowd that had registered before account i; default: spread over everybody's time. */
  at?: (i: number) => number;
  email: (i: number) => string;
  /** One network for all, as `a.b.c`; default: a network each. */
  network?: string;
  country?: string;
}

const set = ({ n, at = (i) => when(i / n), email, network, country = 'DE' }: Set) => [
  ...CROWD,
  ...ids(n).map((id, i) =>
    account(id, {
      created_at: at(i),
      email: email(i),
      signup_ip: network ? `${network}.${i + 1}` : `77.${i}.8.9`,
      country,
    }),
  ),
];
const one = (name: string, of: Set) => ({ name, tables: { accounts: set(of) } });
const found = (name: string, of: Set, expect: string[]) => ({ ...one(name, of), expect });

export const cases: DetectorCases = {
  fraud: [
    found(
      'four spellings of one mailbox at Gmail',
      {
        n: 4,
        email: (i) =>
          [
            'ada.zahradnik@gmail.com',
            'a.d.azahradnik@gmail.com',
            'adazahradnik+x@gmail.com',
            'AdaZahradnik@googlemail.com',
          ][i]!,
      },
      atLevels(ids(4), 'mailbox'),
    ),
    found(
      'one mailbox at Proton by its domains and separators, one at Fastmail by its subdomain',
      {
        n: 6,
        email: (i) =>
          [
            'ada.zahradnik@proton.me',
            'ada_zahradnik@pm.me',
            'adazahradnik+shop@protonmail.com',
            'edna@fastmail.com',
            'airdrop@edna.fastmail.com',
            'edna+two@fastmail.com',
          ][i]!,
      },
      atLevels(ids(6), 'mailbox'),
    ),
    found(
      'theresa001 to theresa009, over two months',
      { n: 9, email: (i) => `theresa00${i + 1}@gmail.com` },
      atLevels(ids(9), 'sequence'),
    ),
    found(
      'counting down in steps of seven, two digits',
      { n: 9, email: (i) => `theresa${90 - 7 * i}@gmail.com` },
      atLevels(ids(9), 'sequence'),
    ),
    found(
      'counting in hexadecimal, in any order',
      { n: 9, email: (i) => `unit-00${(0xfa + ((i * 4) % 9)).toString(16).padStart(3, '0')}@gmail.com` },
      atLevels(ids(9), 'sequence'),
    ),
    found(
      'seven of one rare name in an hour',
      {
        n: 7,
        at: (i) => when(0.5) + i * 8 * MINUTE,
        email: (i) => `zahradnik${four(i) % 97}@gmail.com`,
      },
      atLevels(ids(7), 'stem'),
    ),
    found(
      'one network, names and exactly four digits',
      { n: 12, email: (i) => `${NAMES[i % 8]}walder${four(i)}@gmail.com`, network: '51.210.22' },
      atLevels(ids(12), 'uniform', 'similar', 'drawn'),
    ),
    found(
      'one network, a name and a year for twelve of fifteen',
      {
        n: 15,
        email: (i) =>
          i < 12
            ? `${NAMES[i % 8]!.slice(0, 5)}${'xyz'[i % 3]}_${1960 + i}@gmail.com`
            : `${NAMES[i % 8]}.walder@gmail.com`,
        network: '51.210.22',
      },
      atLevels(ids(12), 'similar'),
    ),
    found(
      'one network, letters drawn evenly',
      { n: 8, email: (i) => `${drawn('abcdefghijklmnopqrstuvwxyz', 9, i)}@gmail.com`, network: '51.210.22' },
      atLevels(ids(8), 'uniform', 'similar'),
    ),
    found(
      'one network, fingers run along the keyboard',
      {
        n: 6,
        email: (i) =>
          `${['qwertyui', 'asdfghjk', 'zxcvbnm', 'poiuytre', 'lkjhgfds', 'mnbvcxz'][i]}@gmail.com`,
        network: '51.210.22',
      },
      atLevels(ids(6), 'uniform', 'similar'),
    ),
    found(
      'one network, twelve letters and digits in a jumble',
      {
        n: 6,
        email: (i) =>
          `${drawn('ghjkmn', 2, i)}${i}x${drawn('56789', 2, i)}kq${(i * 7) % 10}vv${i}zz@gmail.com`,
        network: '51.210.22',
      },
      atLevels(ids(6), 'uniform', 'similar'),
    ),
    found(
      'three spellings that look alike',
      {
        n: 3,
        email: (i) => ['victorino@gmail.com', 'v1ct0rino@gmail.com', 'viсtorino@outlook.com'][i]!,
      },
      atLevels(ids(3), 'look-alike'),
    ),
  ],
  honest: [
    one('common-names', { n: 12, at: (i) => when(noise(i)), email: (i) => `hai.nguyen${four(i)}@gmail.com` }),
    one('birth-years', {
      n: 30,
      at: (i) => when(noise(i)),
      email: (i) => `${NAMES[i % 8]}${70 + i}@gmail.com`,
    }),
    {
      name: 'national-habits',
      tables: {
        accounts: [
          ...set({
            n: 12,
            email: (i) => `${four(i)}${four(i + 50)}@qq.com`,
            network: '36.110.4',
            country: 'CN',
          }),
          ...Array.from({ length: 40 }, (_, i) =>
            account(`c${i}`, {
              created_at: when(i / 40),
              email:
                i % 5
                  ? `${four(i + 100)}${four(i + 150)}@qq.com`
                  : `${CROWD[i * 3]!.email!.split('@')[0]}@qq.com`,
              signup_ip: `36.${i}.7.7`,
              country: 'CN',
            }),
          ),
        ],
      },
    },
    one('company-addresses', {
      n: 9,
      at: (i) => when(0.5) + i * HOUR,
      email: (i) => `${NAMES[i % 8]}${10 + i}@kellygroup.example`,
      network: '86.135.100',
    }),
    one('relay-addresses', {
      n: 20,
      at: (i) => when(noise(i)),
      email: (i) => {
        const local = `${drawn('abcdefghijkmnpqrstuvwxyz23456789', 10, i)}`;
        return [
          `${local}@privaterelay.appleid.com`,
          `${local}@duck.com`,
          `${local}@mozmail.com`,
          `ghostcard.${local}@someone.anonaddy.com`,
        ][i % 4]!;
      },
      network: '86.135.100',
    }),
    one('influencer-wave', {
      n: 60,
      at: (i) => when(0.5) + i * MINUTE,
      email: (i) => `${NAMES[i % 8]}.${'abcdefghij'[i % 10]}${four(i) % 100}@gmail.com`,
    }),
    {
      name: 'campus',
      tables: {
        accounts: set({
          n: 40,
          email: (i) => CROWD[i * 7]!.email!.replace('@', `${'xyz'[i % 3]}@`),
          network: '166.111.4',
        }),
      },
    },
  ],
  silent: [
    {
      name: 'no e-mail',
      tables: { accounts: [account('a', { email: null }), account('b', { email: null })] },
    },
    {
      name: 'malformed and oversized',
      tables: {
        accounts: [
          '@',
          'x',
          'a@b@c',
          'a@b',
          'a b@gmail.com',
          '.ada@gmail.com',
          `${'a'.repeat(5000)}1@gmail.com`,
          `${'a1'.repeat(400)}@gmail.com`,
          '+tag@gmail.com',
          '-@yahoo.com',
          '999999999999999999999999999999@gmail.com',
          'аааааа@gmail.com',
        ].map((email, i) => account(`m${i}`, { email, created_at: when(0.5) + i * DAY })),
      },
    },
    {
      name: 'four of one form in one network',
      tables: {
        accounts: set({ n: 4, email: (i) => `${NAMES[i]}walder${four(i)}@gmail.com`, network: '51.210.22' }),
      },
    },
  ],
};
