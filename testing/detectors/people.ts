/**
 * Ordinary people for cases: registrations over two months, each from a network, with a name and a wallet of
 * their own.
 */
import type { Row } from '../../contracts/dataset.ts';
import { account, DAY, noise, START } from './rows.ts';

const NAMES = [
  'anna',
  'bilal',
  'chen',
  'daria',
  'emeka',
  'farid',
  'greta',
  'hoang',
  'irina',
  'jorge',
  'kavya',
  'lena',
];
const FAMILY = [
  'novak',
  'okafor',
  'tran',
  'silva',
  'weber',
  'sato',
  'khan',
  'rossi',
  'ivanov',
  'dubois',
  'haddad',
  'moreau',
];

/** `n` unrelated accounts `p0 ...`, registered evenly over the 60 days before the cases begin. */
export function people(n: number): Row<'accounts'>[] {
  return Array.from({ length: n }, (_, i) => {
    const name = NAMES[i % 12]!;
    const family = FAMILY[Math.floor(noise(i + 7) * 12)]!;
    const year = 1970 + Math.floor(noise(i + 3) * 36);
    const middle = 'abcdefghjklmnprstvwyz'[i % 21]! + 'aeiou'[Math.floor(i / 21) % 5]!;
    const local = [
      `${name}.${middle}${family}`,
      `${name}${middle}${family}${year % 100}`,
      `${name}${middle}_${year}`,
      `${family}${middle}${name}`,
    ][i % 4]!;
    return account(`p${i}`, {
      created_at: START - 60 * DAY + Math.floor((i + noise(i)) * ((60 * DAY) / n)),
      email: `${local}@gmail.com`,
      signup_ip: `81.${i % 250}.${Math.floor(i / 250)}.${1 + (i % 200)}`,
      wallet: `wallet-of-p${i}`,
      country: ['DE', 'IN', 'US', 'VN'][i % 4]!,
    });
  });
}

/** The time at which the share `at` of `people` had registered: 0 = the first, 1 = the last. */
export function when(at: number): number {
  return START - 60 * DAY + Math.floor(at * 60 * DAY);
}
