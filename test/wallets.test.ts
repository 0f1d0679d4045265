/** One identity of a wallet: no SQL compares, groups or counts wallets as they were typed. */
import { readdirSync, readFileSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';

const ROOT = fileURLToPath(new URL('..', import.meta.url));

/**
 * Where a file hands on what the account typed, compared with nothing. A line that no file has any more
 * fails.
 */
const HANDED_ON: ReadonlyArray<{ path: string; text: string }> = [
  { path: 'pipelines/publish/files/claims.sql', text: 'account.wallet' },
  { path: 'pipelines/publish/files/exclusions.sql', text: 'account.wallet' },
  { path: 'pipelines/publish/parquet/account_facts.sql', text: 'account.wallet' },
];

const TYPED = '(?:raw|loaded)\\.(?:accounts|transfers|prior_list)';
const COLUMN = '(?:from_|to_)?wallet';

/** Mentions of a wallet as it was typed, outside of `wallet_key(…)`, in a statement without its comments. */
function rawWallets(text: string): string[] {
  const sql = text
    .replace(/--.*$/gm, '')
    .replace(/'[^'\n]*'/g, "''")
    .replace(/wallet_key\([^()]*\)(?: AS \w+)?/g, 'key');
  const aliases = [
    ...sql.matchAll(new RegExp(`${TYPED}(?:\\s+AS)?\\s+(?!WHERE|JOIN|LEFT|GROUP|ORDER|USING|ON)(\\w+)`, 'g')),
  ];
  const names = aliases.map(([, alias]) => alias!);
  const qualified = names.flatMap((name) => sql.match(new RegExp(`\\b${name}\\.${COLUMN}\\b`, 'g')) ?? []);
  // Without an alias: the column between SELECT and the end of that step.
  const bare = [...sql.matchAll(new RegExp(`SELECT(?:(?!SELECT)[^;])*?FROM ${TYPED}\\b(?!\\.)[^;()]*`, 'g'))];
  const unqualified = bare.flatMap(
    ([step]) => step.match(new RegExp(`(?<![\\w.])${COLUMN}(?!\\w)`, 'g')) ?? [],
  );
  return [...qualified, ...unqualified];
}

function sqlFiles(folder: string): { path: string; text: string }[] {
  return readdirSync(join(ROOT, folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && /\.sql$|(?<!test|cases)\.ts$/.test(entry.name))
    .map((entry) => join(entry.parentPath, entry.name))
    .map((full) => ({ path: relative(ROOT, full).split(sep).join('/'), text: readFileSync(full, 'utf8') }))
    .filter(({ text }) => new RegExp(TYPED).test(text))
    .sort((a, b) => (a.path < b.path ? -1 : 1));
}

describe('wallets', () => {
  const files = [...sqlFiles('pipelines'), ...sqlFiles('detectors')];

  it('are compared by their key everywhere', () => {
    expect(files.filter(({ text }) => text.includes('wallet_key(')).length).toBeGreaterThanOrEqual(5);
    const found = files.flatMap(({ path, text }) =>
      [...new Set(rawWallets(text))].map((each) => ({ path, text: each })),
    );
    const ofWorkbench = ({ path }: { path: string }) => /tiny-warehouse|scene\.ts/.test(path);
    expect(found.filter((each) => !ofWorkbench(each))).toEqual(HANDED_ON);
  });

  it('are caught as they were typed, and not by their key', () => {
    expect(rawWallets('SELECT 1 FROM raw.accounts a JOIN listed l ON l.wallet = a.wallet')).toEqual([
      'a.wallet',
    ]);
    expect(rawWallets('SELECT wallet, count(*) FROM raw.accounts GROUP BY wallet')).toEqual([
      'wallet',
      'wallet',
    ]);
    expect(rawWallets('SELECT t.to_wallet FROM loaded.transfers AS t')).toEqual(['t.to_wallet']);
    expect(rawWallets('SELECT wallet_key(t.from_wallet) AS from_wallet FROM raw.transfers t')).toEqual([]);
    expect(rawWallets('-- the wallet\nSELECT account_id FROM raw.accounts a')).toEqual([]);
    expect(
      rawWallets('SELECT o.wallet FROM features.wallet_owner o JOIN raw.accounts a USING (account_id)'),
    ).toEqual([]);
  });
});
