import type { DetectorCases } from '../../contracts/detector.ts';
import { account, atLevels, DAY, HOUR, noise, numbered, START } from '../../testing/detectors/rows.ts';

const FARM = '7tQmPz9LfVwVJ4K1oXGm3cN8yRb2sHdE5uAaZkW6jCxT';
const CHECKSUMMED = '0x7A58c0Be72BE218B41C608b7Fe7C5bB630736C71';
const DEPOSIT = '3FZbgi29cpjq2GjdwV8eyHuJJnkLtktZc5';

const at = (i: number) => ({ created_at: START + i * HOUR, signup_ip: `20.1.7.${i + 1}` });

/** Other people, over two months, each with a wallet of their own. */
const others = Array.from({ length: 60 }, (_, i) =>
  account(`p${i}`, { created_at: START - i * DAY, signup_ip: `81.${i}.3.4`, wallet: `own-wallet-${i}` }),
);

export const cases: DetectorCases = {
  fraud: [
    {
      name: 'six accounts are paid into one wallet',
      tables: {
        accounts: [...others, ...[0, 1, 2, 3, 4, 5].map((i) => account(`s${i}`, { ...at(i), wallet: FARM }))],
      },
      expect: ['s0:incumbent', ...atLevels(numbered(1, 5), 'follower', 'named-too')],
    },
    {
      name: 'two spellings of one hexadecimal address are one wallet',
      tables: {
        accounts: [
          ...others,
          account('s0', { ...at(0), wallet: CHECKSUMMED }),
          account('s1', { ...at(30), wallet: ` ${CHECKSUMMED.toLowerCase()}` }),
          account('s2', { ...at(60), wallet: CHECKSUMMED.toUpperCase() }),
        ],
      },
      expect: ['s0:incumbent', ...atLevels(numbered(1, 2), 'follower', 'named-too')],
    },
    {
      name: 'who named the wallet of whom is not known where nobody knows when they came',
      tables: {
        accounts: [
          ...others,
          ...[0, 1].map((i) => account(`s${i}`, { ...at(i), created_at: null, wallet: FARM })),
        ],
      },
      expect: ['s0:named-too', 's1:named-too'],
    },
    {
      name: 'a wallet named at one instant by two has two incumbents',
      tables: {
        accounts: [
          ...others,
          account('s0', { ...at(0), wallet: FARM }),
          account('s1', { ...at(0), wallet: FARM }),
          account('s2', { ...at(1), wallet: FARM }),
        ],
      },
      expect: ['s0:incumbent', 's1:incumbent', ...atLevels(['s2'], 'follower', 'named-too')],
    },
    {
      name: 'older accounts elsewhere that name the wallet accuse nobody of following them',
      tables: {
        accounts: [
          ...others,
          ...[0, 1, 2].map((i) =>
            account(`a${i}`, { created_at: START + i * HOUR, signup_ip: `20.${i}.7.9`, wallet: FARM }),
          ),
          account('victim', { created_at: START + 5 * HOUR, signup_ip: '20.9.7.9', wallet: FARM }),
        ],
      },
      expect: ['a0:incumbent', 'a1:named-too', 'a2:named-too', 'victim:named-too'],
    },
    {
      name: 'where strangers live, an older neighbour may be anybody',
      tables: {
        accounts: [
          ...others,
          ...[1, 2, 3, 4, 5].map((i) =>
            account(`t${i}`, {
              created_at: START - i * 11 * DAY,
              signup_ip: `20.1.7.${100 + i}`,
              wallet: `tenant-${i}`,
            }),
          ),
          ...[0, 1].map((i) => account(`s${i}`, { ...at(i), wallet: FARM })),
        ],
      },
      expect: ['s0:incumbent', 's1:named-too'],
    },
    {
      name: 'thirty in one afternoon are no exchange',
      tables: {
        accounts: [
          ...others,
          ...Array.from({ length: 30 }, (_, i) =>
            account(`s${i}`, { created_at: START + i * 60_000, signup_ip: `20.1.7.${i + 1}`, wallet: FARM }),
          ),
        ],
      },
      expect: ['s0:incumbent', ...atLevels(numbered(1, 29), 'follower', 'named-too')],
    },
  ],
  honest: [
    {
      name: 'exchange-deposit',
      tables: {
        accounts: [
          ...others,
          ...Array.from({ length: 40 }, (_, i) =>
            account(`x${i}`, {
              created_at: START - Math.floor(noise(i) * 60) * DAY,
              signup_ip: `99.${i}.5.6`,
              wallet: DEPOSIT,
            }),
          ),
        ],
      },
    },
    {
      name: 'case-differs',
      tables: {
        accounts: [account('a', { wallet: FARM }), account('b', { wallet: FARM.toLowerCase() })],
      },
    },
  ],
  silent: [
    {
      name: 'no wallets',
      tables: { accounts: [account('a', { wallet: null }), account('b', { wallet: null })] },
    },
    {
      name: 'blank wallets',
      tables: { accounts: [account('a', { wallet: '' }), account('b', { wallet: ' ' })] },
    },
    { name: 'column absent', tables: { accounts: [account('a'), account('b')] } },
  ],
};
