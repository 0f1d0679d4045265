/** The macros of tail bounds against SciPy's values: statistics/scipy.json. */
import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { openWarehouse, type Warehouse } from './warehouse.ts';

type Case = readonly number[];
const table = JSON.parse(
  readFileSync(new URL('../../statistics/scipy.json', import.meta.url), 'utf8'),
) as Record<string, Case[]>;

let warehouse: Warehouse;
beforeAll(async () => {
  warehouse = await openWarehouse({ path: ':memory:', threads: 1, memory: '256MB' });
  await warehouse.run(readFileSync(new URL('./macros.sql', import.meta.url), 'utf8'));
});
afterAll(() => warehouse.close());

/** What the macro says to each case, the case's value last. */
async function said(macro: string, cases: readonly Case[]) {
  const rows = cases.map((row, i) => `(${[i, ...row].map((x) => `${x}::DOUBLE`).join(', ')})`).join(', ');
  const names = cases[0]!.slice(0, -1).map((_, i) => `a${i}`);
  const sql = `SELECT ${macro}(${names.join(', ')}) AS ours, theirs
    FROM (VALUES ${rows}) t(i, ${names.join(', ')}, theirs) ORDER BY i`;
  return warehouse.rows<{ ours: number; theirs: number }>(sql);
}

it.each([
  ['poisson_nats', 'poissonNats', 70],
  ['chernoff_nats', 'chernoffNats', 90],
  ['scan_nats', 'scanNats', 70],
])('%s is SciPy’s formula', async (macro, name, least) => {
  const rows = await said(macro, table[name]!);
  const wrong = rows.filter(
    ({ ours, theirs }) => Math.abs(ours - theirs) > 1e-9 * Math.max(1, Math.abs(theirs)),
  );
  expect(wrong).toEqual([]);
  expect(rows.length).toBeGreaterThanOrEqual(least);
});

it.each([
  ['poisson_nats', 'poissonTail'],
  ['chernoff_nats', 'binomialTail'],
])('%s never says more nats than the exact tail has', async (macro, name) => {
  const rows = await said(macro, table[name]!);
  expect(rows.filter(({ ours, theirs }) => ours > theirs * (1 + 1e-9))).toEqual([]);
  expect(rows.length).toBeGreaterThan(30);
});
