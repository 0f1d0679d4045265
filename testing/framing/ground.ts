/**
 * The population that attackers write into: honest people with every look-alike, and a few operators with
 * rings of accounts.
 */

import { ATTACKS } from '../../fixtures/worlds/attacks/catalogue.ts';
import { engagementRows, humanActions, transferRows } from '../../fixtures/worlds/community.ts';
import { COHORTS } from '../../fixtures/worlds/honest/catalogue.ts';
import { accountRow } from '../../fixtures/worlds/inventory.ts';
import { populate } from '../../fixtures/worlds/registry.ts';
import type { Account } from '../../fixtures/worlds/spec.ts';
import { DAY } from '../../fixtures/worlds/spec.ts';
import { networkOf } from './networks.ts';
import { put, type Rows } from './rows.ts';

export interface Ground {
  rows: Rows;
  accounts: readonly Account[];
  honest: readonly Account[];
  /** Members of each operator's ring, by operator. */
  rings: ReadonlyMap<string, readonly Account[]>;
  /** Accounts of each network (/24, /48). */
  neighbours: ReadonlyMap<string, readonly Account[]>;
  /** Wallets that the owner of each wallet has paid, and when. */
  payees: ReadonlyMap<string, readonly { to: string; at: number }[]>;
  start: number;
  end: number;
}

const START = Date.UTC(2025, 2, 10);

/** Attacks of cards leave no trace in accounts: their owners would be homes once more. */
const RINGS = Object.keys(ATTACKS).filter((name) => name.endsWith('-farm'));

/** About 2,000 accounts at `scale` 1, without machines. The same seed and scale give the same rows. */
export function ground(seed: number, scale: number): Ground {
  const window = { start: START, end: START + 3 * DAY };
  const only = [...Object.keys(COHORTS), ...RINGS];
  const world = populate('mixed', { seed, scale, window, intervalS: 3600, only });
  const rows: Rows = {};
  const rings = new Map<string, Account[]>();
  const neighbours = new Map<string, Account[]>();
  for (const account of world.accounts) {
    account.actions = humanActions(world, account, world.random.stream(`actions/${account.id}`));
    put(rows, 'accounts', accountRow(account));
    put(rows, 'engagement', ...engagementRows(account));
    put(rows, 'points', { account_id: account.id, epoch: '1', points: 100.5 });
    const network = networkOf(account.signupIp);
    neighbours.set(network, [...(neighbours.get(network) ?? []), account]);
    const { truth, operator } = account.label;
    if (truth === 'bad') rings.set(operator, [...(rings.get(operator) ?? []), account]);
  }
  const payees = new Map<string, { to: string; at: number }[]>();
  for (const row of transferRows(world, world.random.stream('transfers'))) {
    put(rows, 'transfers', row);
    const paid = payees.get(row.from_wallet) ?? [];
    if (paid.length === 0) payees.set(row.from_wallet, paid);
    paid.push({ to: row.to_wallet, at: row.occurred_at ?? 0 });
  }
  const { accounts } = world;
  return {
    rows,
    accounts,
    honest: accounts.filter(
      ({ label, house, affiliation }) => label.truth === 'good' && !house && !affiliation,
    ),
    rings,
    neighbours,
    payees,
    ...window,
  };
}
