/** What wallets show who share a purse, a deposit wallet, a payout wallet or a customer. */
import type { Statistic } from './statistic.ts';

/** A wallet that deals with more others than this is an exchange or a shop: nothing is followed past it. */
const MANY = 20;
/** Wallets in a row that are followed. */
const STEPS = 5;

/** Wallets that money went through on its way to, or from, the wallet of an account. */
function way(near: 'from_wallet' | 'to_wallet', far: 'from_wallet' | 'to_wallet'): string {
  return `
    WITH RECURSIVE step AS (
      SELECT ${near} AS near, ${far} AS far FROM transfers GROUP BY ALL
    ), busy AS (
      SELECT near FROM step GROUP BY near HAVING count(*) > ${MANY}
      UNION SELECT far FROM step GROUP BY far HAVING count(*) > ${MANY}
    ), way AS (
      SELECT a.account_id AS subject, s.far AS key, 1 AS steps
      FROM accounts a JOIN step s ON s.near = a.wallet
      UNION
      SELECT w.subject, s.far, w.steps + 1
      FROM way w JOIN step s ON s.near = w.key
      WHERE w.steps < ${STEPS} AND w.key NOT IN (FROM busy)
    )
    SELECT DISTINCT subject, key FROM way
    UNION SELECT account_id, wallet FROM accounts WHERE wallet IS NOT NULL`;
}

const payments = (
  which: 'first' | 'last',
  of: 'min' | 'max',
  side: 'from_wallet' | 'to_wallet',
): Statistic => ({
  name: `${which} payments near each other`,
  by: 'moments',
  sql: `SELECT a.account_id AS subject, ${of}(t.occurred_at) AS moment FROM accounts a
        JOIN transfers t ON t.${side} = a.wallet GROUP BY ALL`,
});

export const wallet: Statistic[] = [
  {
    name: 'the wallet that is paid',
    by: 'things',
    sql: 'SELECT account_id AS subject, wallet AS key FROM accounts WHERE wallet IS NOT NULL',
  },
  {
    name: 'wallets bound near each other',
    by: 'moments',
    sql: 'SELECT account_id AS subject, wallet_set_at AS moment FROM accounts WHERE wallet_set_at IS NOT NULL',
  },
];

export const funder: Statistic[] = [
  { name: 'wallets that money came by', by: 'things', sql: way('to_wallet', 'from_wallet') },
  payments('first', 'min', 'to_wallet'),
];

export const exchange: Statistic[] = [
  { name: 'wallets that money went by', by: 'things', sql: way('from_wallet', 'to_wallet') },
  payments('last', 'max', 'from_wallet'),
];

export const renter: Statistic[] = [
  {
    name: 'customers in common, by their share of the hires',
    by: 'things',
    sql: `SELECT d.account_id AS subject, r.renter_id AS key,
                 count(*) / sum(count(*)) OVER (PARTITION BY d.account_id) AS weight
          FROM rentals r JOIN devices d USING (device_id) GROUP BY d.account_id, r.renter_id`,
  },
];
