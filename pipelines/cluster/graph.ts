/** The incidence of accounts and shared values in typed arrays: both directions, no object per edge. */
import { readColumns } from '../warehouse/read-columns.ts';
import type { Warehouse } from '../warehouse/warehouse.ts';

/** Compressed rows: the neighbours of `i` stand at `start[i]` to `start[i + 1] - 1`. */
export interface Rows {
  start: Int32Array;
  item: Int32Array;
  /** Nats of each incidence. */
  nats: Float64Array;
}

export interface Incidence {
  accounts: number;
  values: number;
  byAccount: Rows;
  byValue: Rows;
  /** Source of evidence of each value; values of one source do not corroborate each other. */
  source: Int16Array;
}

/** Turns an edge list into rows of `count` nodes; within a row the order of the list is kept. */
export function compress(count: number, from: Int32Array, to: Int32Array, nats: Float64Array): Rows {
  const start = new Int32Array(count + 1);
  for (const node of from) start[node + 1]!++;
  for (let i = 0; i < count; i++) start[i + 1]! += start[i]!;
  const next = start.slice(0, count);
  const item = new Int32Array(from.length);
  const weight = new Float64Array(from.length);
  for (let e = 0; e < from.length; e++) {
    const slot = next[from[e]!]!++;
    item[slot] = to[e]!;
    weight[slot] = nats[e]!;
  }
  return { start, item, nats: weight };
}

/** An incidence from parallel edge arrays, which must be sorted by value, then account. */
export function incidence(
  edges: { account: Int32Array; value: Int32Array; nats: Float64Array },
  source: Int16Array,
  accounts: number,
): Incidence {
  const { account, value, nats } = edges;
  return {
    accounts,
    values: source.length,
    source,
    byAccount: compress(accounts, account, value, nats),
    byValue: compress(source.length, value, account, nats),
  };
}

/** Reads `operator.incidence`; families in `hosting` are one source. */
export async function readIncidence(warehouse: Warehouse, hosting: readonly string[]): Promise<Incidence> {
  const { accounts } = await warehouse.row<{ accounts: number }>(
    'SELECT count(*) AS accounts FROM operator.node',
  );
  const shared = await warehouse.rows<{ family: string }>(
    'SELECT family FROM operator.shared ORDER BY value_no',
  );
  const landlord = new Set(hosting);
  const names = [...new Set(shared.map(({ family }) => (landlord.has(family) ? 'hosting' : family)))].sort();
  const source = Int16Array.from(shared, ({ family }) =>
    names.indexOf(landlord.has(family) ? 'hosting' : family),
  );
  const from = `FROM operator.incidence i JOIN operator.shared s USING (detector, value)
    JOIN operator.node n USING (account_id) WHERE i.solid`;
  const { n } = await warehouse.row<{ n: number }>(`SELECT count(*) AS n ${from}`);
  const edges = { account: new Int32Array(n), value: new Int32Array(n), nats: new Float64Array(n) };
  const sql = `SELECT n.account_no::INTEGER, s.value_no::INTEGER, i.nats ${from} ORDER BY s.value_no, n.account_no`;
  await readColumns(warehouse, sql, [edges.account, edges.value, edges.nats]);
  return incidence(edges, source, accounts);
}
