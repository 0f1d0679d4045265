import type { DetectorCases } from '../../contracts/detector.ts';
import { people, when } from '../../testing/detectors/people.ts';
import { account, atLevels, HOUR, MINUTE, noise, numbered } from '../../testing/detectors/rows.ts';

const series = (n: number, every: number, block: string, from = when(0.5)) =>
  Array.from({ length: n }, (_, i) =>
    account(`s${i}`, { created_at: from + i * every, signup_ip: `${block}.${10 + i}` }),
  );

export const cases: DetectorCases = {
  fraud: [
    {
      name: 'twelve within two hours from a hoster',
      tables: { accounts: [...people(300), ...series(12, 10 * MINUTE, '51.68.219')] },
      expect: ['s0:first', ...atLevels(numbered(1, 11), 'packed', 'close')],
    },
    {
      name: 'five within a few hours',
      tables: { accounts: [...people(300), ...series(5, 50 * MINUTE, '51.68.219')] },
      expect: ['s0:first', ...atLevels(numbered(1, 4), 'close')],
    },
    {
      name: 'a series that is four fifths of all accounts',
      tables: { accounts: [...people(16), ...series(72, 2 * MINUTE, '51.68.219')] },
      expect: ['s0:first', ...atLevels(numbered(1, 71), 'packed', 'close')],
    },
    {
      name: 'attackers fill a network where strangers live; its next tenant is in the series',
      tables: {
        accounts: [
          ...people(300),
          ...Array.from({ length: 3 }, (_, i) =>
            account(`tenant${i}`, { created_at: when(0.1 + i / 10), signup_ip: `51.68.219.${200 + i}` }),
          ),
          ...series(12, 10 * MINUTE, '51.68.219'),
          account('next', { created_at: when(0.5) + 115 * MINUTE, signup_ip: '51.68.219.250' }),
        ],
      },
      expect: ['next:crowded', 's0:first', ...atLevels(numbered(1, 11), 'crowded')],
    },
  ],
  honest: [
    {
      name: 'influencer-wave',
      tables: {
        accounts: [
          ...people(300),
          ...Array.from({ length: 80 }, (_, i) =>
            account(`w${i}`, {
              created_at: when(0.5) + i * MINUTE,
              signup_ip: `99.${i}.5.6`,
              referrer_id: 'p0',
            }),
          ),
        ],
      },
    },
    {
      name: 'tenfold-week',
      tables: {
        accounts: [
          ...people(200),
          ...Array.from({ length: 600 }, (_, i) =>
            account(`w${i}`, {
              created_at: when(0.6) + Math.floor(i * 0.28 * HOUR),
              signup_ip: `90.${Math.floor(noise(i) * 60)}.1.${i % 250}`,
            }),
          ),
        ],
      },
    },
    {
      name: 'campus',
      tables: {
        accounts: [
          ...people(300),
          ...Array.from({ length: 40 }, (_, i) =>
            account(`c${i}`, { created_at: when(i / 40), signup_ip: '166.111.230.9' }),
          ),
          // One class of ten that signed up in one lesson.
          ...Array.from({ length: 10 }, (_, i) =>
            account(`l${i}`, { created_at: when(0.7) + i * MINUTE, signup_ip: '166.111.230.9' }),
          ),
        ],
      },
    },
    {
      name: 'carrier-nat',
      tables: {
        accounts: [
          ...people(300),
          ...Array.from({ length: 90 }, (_, i) =>
            account(`n${i}`, { created_at: when(noise(i)), signup_ip: `106.195.89.${i % 12}` }),
          ),
        ],
      },
    },
  ],
  silent: [
    {
      name: 'three from one network',
      tables: { accounts: [...people(300), ...series(3, MINUTE, '51.68.219')] },
    },
    {
      name: 'addresses that the Internet does not route',
      tables: { accounts: [...people(300), ...series(12, MINUTE, '10.0.0')] },
    },
    { name: 'column absent', tables: { accounts: [account('a'), account('b')] } },
  ],
};
