import type { DetectorCases } from '../../contracts/detector.ts';
import { people, when } from '../../testing/detectors/people.ts';
import { account, atLevels, DAY, HOUR, MINUTE, noise, numbered } from '../../testing/detectors/rows.ts';

const CROWD = people(300);
const chain = (n: number, every: number, parent: (i: number) => number | null, ip: (i: number) => string) =>
  Array.from({ length: n }, (_, i) => {
    const p = parent(i);
    return account(`s${i}`, {
      created_at: when(0.5) + i * every,
      referrer_id: p === null ? null : `s${p}`,
      signup_ip: ip(i),
    });
  });
const members = (to: number, ...levels: string[]) => ['s0:root', ...atLevels(numbered(1, to), ...levels)];

export const cases: DetectorCases = {
  fraud: [
    {
      name: 'a star of ten from one address within a day',
      tables: {
        accounts: [
          ...CROWD,
          ...chain(
            10,
            HOUR,
            (i) => (i === 0 ? null : 0),
            () => '104.128.125.88',
          ),
        ],
      },
      expect: members(9, 'member', 'loose'),
    },
    {
      name: 'a binary tree from one network',
      tables: {
        accounts: [
          ...CROWD,
          ...chain(
            12,
            HOUR,
            (i) => (i === 0 ? null : (i - 1) >> 1),
            (i) => `85.17.221.${i + 1}`,
          ),
        ],
      },
      expect: members(11, 'member', 'loose'),
    },
    {
      name: 'a binary tree behind proxies',
      tables: {
        accounts: [
          ...CROWD,
          ...chain(
            12,
            HOUR,
            (i) => (i === 0 ? null : (i - 1) >> 1),
            (i) => `${20 + i}.7.8.9`,
          ),
        ],
      },
      expect: members(11, 'loose'),
    },
    {
      name: 'a farm that uses the code of an account which a friend had just referred',
      tables: {
        accounts: [
          ...CROWD,
          ...chain(
            12,
            HOUR,
            (i) => (i === 0 ? null : i === 1 ? 0 : 1),
            (i) => (i < 2 ? `${20 + i}.7.8.9` : '104.128.125.88'),
          ),
        ],
      },
      expect: ['s0:root', 's1:loose', ...atLevels(numbered(2, 11), 'member', 'loose')],
    },
  ],
  honest: [
    {
      name: 'influencer',
      tables: {
        accounts: [
          ...CROWD,
          ...Array.from({ length: 90 }, (_, i) =>
            account(`f${i}`, {
              created_at: when(0.8) + i * 3 * MINUTE,
              referrer_id: 'p0',
              signup_ip: `99.${i}.1.2`,
            }),
          ),
        ],
      },
    },
    {
      name: 'new-influencer',
      tables: {
        accounts: [
          ...CROWD,
          account('star', { created_at: when(0.8) - HOUR, signup_ip: '98.1.1.1' }),
          ...Array.from({ length: 90 }, (_, i) =>
            account(`f${i}`, {
              created_at: when(0.8) + i * 3 * MINUTE,
              referrer_id: 'star',
              signup_ip: `99.${i}.1.2`,
            }),
          ),
        ],
      },
    },
    {
      name: 'friends',
      tables: {
        accounts: [
          ...CROWD,
          ...Array.from({ length: 60 }, (_, i) =>
            account(`f${i}`, {
              created_at: when(0.05 + i / 70) + 5 * DAY,
              referrer_id: i < 4 ? `p${i}` : `f${i - 4 - Math.floor(noise(i) * 3)}`.replace(/-\d+/, '0'),
              signup_ip: `99.${i}.1.2`,
            }),
          ),
        ],
      },
    },
  ],
  silent: [
    {
      name: 'three in a row',
      tables: {
        accounts: [
          ...CROWD,
          ...chain(
            3,
            HOUR,
            (i) => (i === 0 ? null : i - 1),
            () => '104.128.125.88',
          ),
        ],
      },
    },
    {
      name: 'unknown and own referrers',
      tables: {
        accounts: ['a', 'b', 'c', 'd'].map((id) => account(id, { referrer_id: id === 'a' ? 'a' : 'nobody' })),
      },
    },
    { name: 'column absent', tables: { accounts: [account('a'), account('b')] } },
  ],
};
