import type { DetectorCases } from '../../contracts/detector.ts';
import { account, DAY, START } from '../case-rows.ts';

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
      name: 'a word it does not know',
      tables: { accounts, prior_list: [{ source: 'x', account_id: 'a', verdict: 'hmm', listed_at: START }] },
    },
    { name: 'table absent', tables: { accounts } },
  ],
};
