import type { DetectorCases } from '../../contracts/detector.ts';
import { people, when } from '../case-people.ts';
import { account, DAY, HOUR, MINUTE, noise } from '../case-rows.ts';

const CROWD = people(300);
const NAMES = ['rudolf', 'tilly', 'alwina', 'krystyna', 'gerhard', 'monika', 'samantha', 'tristan'];
const four = (i: number) => 1000 + Math.floor(noise(i + 900) * 9000);
const everyone = (ids: readonly string[], level: string) => ids.map((id) => `${id}:${level}`);
const ids = (n: number) => Array.from({ length: n }, (_, i) => `s${i}`);
const set = (n: number, created: (i: number) => number, email: (i: number) => string, block = '') =>
  ids(n).map((id, i) =>
    account(id, {
      created_at: created(i),
      email: email(i),
      signup_ip: block ? `${block}.${i + 1}` : `77.${i}.8.9`,
    }),
  );

export const cases: DetectorCases = {
  fraud: [
    {
      name: 'four spellings of one mailbox',
      tables: {
        accounts: [
          ...CROWD,
          ...set(
            4,
            (i) => when(i / 5),
            (i) =>
              [
                'ada.zahradnik@gmail.com',
                'a.d.azahradnik@gmail.com',
                'adazahradnik+x@gmail.com',
                'adazahradnik+y@googlemail.com',
              ][i]!,
          ),
        ],
      },
      expect: everyone(ids(4), 'mailbox'),
    },
    {
      name: 'theresa001 to theresa009, over two months',
      tables: {
        accounts: [
          ...CROWD,
          ...set(
            9,
            (i) => when(i / 9),
            (i) => `theresa00${i + 1}@gmail.com`,
          ),
        ],
      },
      expect: everyone(ids(9), 'sequence'),
    },
    {
      name: 'seven of one rare name in an hour',
      tables: {
        accounts: [
          ...CROWD,
          ...set(
            7,
            (i) => when(0.5) + i * 8 * MINUTE,
            (i) => `zahradnik${four(i) % 97}@gmail.com`,
          ),
        ],
      },
      expect: everyone(ids(7), 'stem'),
    },
    {
      name: 'one network, names and exactly four digits',
      tables: {
        accounts: [
          ...CROWD,
          ...set(
            8,
            (i) => when(i / 8),
            (i) => `${NAMES[i]}walder${four(i)}@gmail.com`,
            '51.210.22',
          ),
        ],
      },
      expect: everyone(ids(8), 'uniform'),
    },
  ],
  honest: [
    {
      name: 'common-names',
      tables: {
        accounts: [
          ...CROWD,
          ...set(
            12,
            (i) => when(noise(i)),
            (i) => `hai.nguyen${four(i)}@gmail.com`,
          ),
        ],
      },
    },
    {
      name: 'birth-years',
      tables: {
        accounts: [
          ...CROWD,
          ...set(
            30,
            (i) => when(noise(i)),
            (i) => `${NAMES[i % 8]}${70 + i}@gmail.com`,
          ),
        ],
      },
    },
    {
      name: 'company-addresses',
      tables: {
        accounts: [
          ...CROWD,
          ...set(
            9,
            (i) => when(0.5) + i * HOUR,
            (i) => `${NAMES[i % 8]}${10 + i}@kellygroup.example`,
            '86.135.100',
          ),
        ],
      },
    },
    {
      name: 'relay-addresses',
      tables: {
        accounts: [
          ...CROWD,
          ...set(
            20,
            (i) => when(noise(i)),
            (i) => `${Math.floor(noise(i) * 2 ** 40).toString(36)}${i}@privaterelay.example`,
          ),
        ],
      },
    },
    {
      name: 'influencer-wave',
      tables: {
        accounts: [
          ...CROWD,
          ...set(
            60,
            (i) => when(0.5) + i * MINUTE,
            (i) => `${NAMES[i % 8]}.${'abcdefghij'[i % 10]}${four(i) % 100}@gmail.com`,
          ),
        ],
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
          `${'a'.repeat(5000)}1@gmail.com`,
          `${'a1'.repeat(400)}@gmail.com`,
          '+tag@gmail.com',
        ].map((email, i) => account(`m${i}`, { email, created_at: when(0.5) + i * DAY })),
      },
    },
  ],
};
