/**
 * Transfers of ordinary people for cases: first money from a few exchanges, payments at popular places,
 * deposits of their own.
 */
import type { Row } from '../../contracts/dataset.ts';
import { DAY, HOUR, noise, START } from './rows.ts';

export const EXCHANGES = ['exchange-a', 'exchange-b', 'exchange-c', 'exchange-d'];

/** A transfer at `at` days after the cases begin. */
export function pay(from_wallet: string, to_wallet: string, at: number, amount: number): Row<'transfers'> {
  return { from_wallet, to_wallet, occurred_at: START + Math.floor(at * DAY), amount, asset: 'SOL' };
}

/**
 * Life of a wallet from day `from` on: money from an exchange, some of twelve places at human pauses, a
 * deposit address.
 */
export function life(wallet: string, seed: number, from: number): Row<'transfers'>[] {
  const rows = [pay(EXCHANGES[seed % 4]!, wallet, from, 1 + 9 * noise(seed))];
  let at = from;
  for (let i = 0; i < 12; i++) {
    if (noise(seed * 31 + i) > 0.4) continue;
    at += (HOUR / DAY) * Math.exp(5 * noise(seed * 57 + i));
    rows.push(pay(wallet, `place-${i}`, at, Math.exp(-3 + 2 * noise(seed * 91 + i))));
  }
  return [...rows, pay(wallet, `deposit-of-${wallet}`, at + 3, 0.5)];
}

/** `life` of each wallet, begun evenly over 60 days. */
export function lives(wallets: readonly string[]): Row<'transfers'>[] {
  return wallets.flatMap((wallet, i) => life(wallet, i + 1, (i + noise(i)) * (60 / wallets.length)));
}
