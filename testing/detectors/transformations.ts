/** Changes to a dataset that must not change what a detector finds. */
import { createHash } from 'node:crypto';
import type { TableName } from '../../contracts/dataset.ts';
import type { CaseTables } from '../../contracts/detector.ts';

type AnyRow = Record<string, unknown>;

const ID_COLUMNS = new Set([
  'account_id',
  'device_id',
  'referrer_id',
  'subject_id',
  'benchmark_id',
  'rental_id',
  'report_id',
]);
const MESSAGES: readonly TableName[] = ['heartbeats', 'pings', 'shown_status', 'engagement', 'transfers'];

function map(
  tables: CaseTables,
  change: (table: TableName, rows: readonly AnyRow[]) => readonly AnyRow[],
): CaseTables {
  return Object.fromEntries(
    Object.entries(tables).map(([table, rows]) => [
      table,
      change(table as TableName, rows as readonly AnyRow[]),
    ]),
  ) as CaseTables;
}

/** Every table in another order: reversed, then its odd rows before its even ones. */
export function shuffleRows(tables: CaseTables): CaseTables {
  return map(tables, (_, rows) => {
    const reversed = [...rows].reverse();
    return [...reversed.filter((_row, i) => i % 2 === 1), ...reversed.filter((_row, i) => i % 2 === 0)];
  });
}

/** One message in seven delivered twice, as networks with at-least-once delivery do. */
export function repeatMessages(tables: CaseTables): CaseTables {
  return map(tables, (table, rows) =>
    MESSAGES.includes(table) ? rows.flatMap((row, i) => (i % 7 === 3 ? [row, row] : [row])) : rows,
  );
}

/** Every id with another prefix. Renters that are accounts are renamed with them. */
export function renameIds(tables: CaseTables): CaseTables {
  const accounts = new Set((tables.accounts ?? []).map((account) => account.account_id));
  return map(tables, (_, rows) =>
    rows.map((row) =>
      Object.fromEntries(
        Object.entries(row).map(([name, value]) => {
          const isId = ID_COLUMNS.has(name) || (name === 'renter_id' && accounts.has(String(value)));
          return [name, isId && typeof value === 'string' ? `x-${value}` : value];
        }),
      ),
    ),
  );
}

const WALLET_COLUMNS = ['wallet', 'from_wallet', 'to_wallet'];
const HEX = /^0x[0-9a-f]{40}$/;

/** A hexadecimal address for each wallet that is none yet: the same for the same text. */
function asHexadecimal(wallet: string): string {
  if (wallet.trim() === '' || HEX.test(wallet)) return wallet;
  return `0x${createHash('sha256').update(wallet).digest('hex').slice(0, 40)}`;
}

/**
 * Wallets as hexadecimal addresses, all in lower case or each row in a case of its own: the same wallets
 * (EIP-55).
 */
export function hexWallets(tables: CaseTables, spelling: 'lower' | 'mixed'): CaseTables {
  const cases: ((text: string) => string)[] = [
    (text) => text,
    (text) => `0x${text.slice(2).toUpperCase()}`,
    (text) => text.toUpperCase(),
    (text) => text.replace(/[a-f](?=[0-9a-f][0-9])/g, (letter) => letter.toUpperCase()),
  ];
  return map(tables, (_, rows) =>
    rows.map((row, i) =>
      Object.fromEntries(
        Object.entries(row).map(([name, value], j) => {
          if (!WALLET_COLUMNS.includes(name) || typeof value !== 'string') return [name, value];
          const hex = asHexadecimal(value);
          return [name, spelling === 'lower' || !HEX.test(hex) ? hex : cases[(i + j) % cases.length]!(hex)];
        }),
      ),
    ),
  );
}
