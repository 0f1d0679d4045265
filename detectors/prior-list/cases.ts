import type { DetectorCases } from '../../contracts/detector.ts';
import { account, DAY, START } from '../../testing/detectors/rows.ts';

const accounts = [
  account('a', { wallet: 'wa' }),
  account('b', { wallet: 'wb' }),
  account('c', { wallet: 'wc' }),
];

export const cases: DetectorCases = {
  fraud: [
    {
      name: 'an account and a wallet were listed',
      tables: {
        accounts,
        prior_list: [
          { source: 'audit-1', account_id: 'a', verdict: 'exclude', listed_at: START - DAY },
          { source: 'other-network', wallet: 'wb', verdict: 'Sybil', listed_at: START - 90 * DAY },
        ],
      },
      expect: ['a:account', 'b:wallet'],
    },
    {
      name: 'a list spells a hexadecimal address in another case',
      tables: {
        accounts: [...accounts, account('d', { wallet: '0x7A58c0Be72BE218B41C608b7Fe7C5bB630736C71' })],
        prior_list: [
          { source: 'a-list', wallet: '0x7a58c0be72be218b41c608b7fe7c5bb630736c71', verdict: 'sybil' },
        ],
      },
      expect: ['d:wallet'],
    },
  ],
  honest: [
    {
      name: 'cleared-before',
      tables: {
        accounts,
        prior_list: [{ source: 'audit-1', account_id: 'a', verdict: 'clear', listed_at: START }],
      },
    },
  ],
  silent: [
    {
      name: 'base58 of another case is another wallet',
      tables: {
        accounts: [account('d', { wallet: '7tQmPz9LfVwVJ4K1oXGm3cN8yRb2sHdE5uAaZkW6jCxT' })],
        prior_list: [
          { source: 'a-list', wallet: '7tqmpz9lfvwvj4k1oxgm3cn8yrb2shde5uaazkw6jcxt', verdict: 'sybil' },
        ],
      },
    },
    {
      name: 'a word it does not know',
      tables: { accounts, prior_list: [{ source: 'x', account_id: 'a', verdict: 'hmm', listed_at: START }] },
    },
    { name: 'table absent', tables: { accounts } },
  ],
};
