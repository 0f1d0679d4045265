/**
 * Machines that share one card, and the merchants who sold it: sets of what detectors declare as `sameCard`.
 */
import { readFileSync } from 'node:fs';
import { unionFind } from '../../statistics/union-find.ts';
import { appendRows } from '../warehouse/append.ts';
import { readColumns } from '../warehouse/read-columns.ts';
import type { Warehouse } from '../warehouse/warehouse.ts';
import { joinSharing, type Pairs } from './shared-neighbours.ts';

const sqlOf = (name: string): string => readFileSync(new URL(name, import.meta.url), 'utf8');

/** Reads numbered pairs in typed arrays, no object per pair. */
async function readPairs(warehouse: Warehouse): Promise<Pairs> {
  const { n } = await warehouse.row<{ n: number }>('SELECT count(*) AS n FROM card_pair');
  const pairs: Pairs = { a: new Int32Array(n), b: new Int32Array(n), mutual: new Uint8Array(n) };
  const sql = `SELECT x.no::INTEGER, y.no::INTEGER, p.mutual::INTEGER FROM card_pair p JOIN card_node x ON x.id = p.a
     JOIN card_node y ON y.id = p.b ORDER BY x.no, y.no`;
  await readColumns(warehouse, sql, [pairs.a, pairs.b, pairs.mutual]);
  return pairs;
}

/**
 * The smallest number among the owners that each is tied to; only owners of machines in question are read.
 */
async function ownerRoots(warehouse: Warehouse): Promise<Int32Array> {
  const { n } = await warehouse.row<{ n: number }>('SELECT count(*) AS n FROM owner_node');
  const sets = unionFind(n);
  const pairs = 'SELECT a, b FROM owner_pair WHERE a <> b ORDER BY a, b';
  for (const { a, b } of await warehouse.rows<{ a: number; b: number }>(pairs)) sets.union(a, b);
  return sets.roots();
}

async function writeRoots(warehouse: Warehouse, table: string, roots: Int32Array): Promise<void> {
  function* rows() {
    for (const [no, root] of roots.entries()) yield [no, root] as const;
  }
  await appendRows(warehouse, 'verdict', table, ['int', 'int'], rows());
}

/** Fills `verdict.one_card` and `verdict.card_set` from the verdicts of devices. */
export async function writeCardSets(warehouse: Warehouse): Promise<void> {
  await warehouse.run(sqlOf('one-card.sql'));
  const { n } = await warehouse.row<{ n: number }>('SELECT count(*) AS n FROM card_node');
  await writeRoots(warehouse, 'card_root', joinSharing(n, await readPairs(warehouse)));
  await writeRoots(warehouse, 'owner_root', await ownerRoots(warehouse));
  await warehouse.run(sqlOf('card-sets.sql'));
}
