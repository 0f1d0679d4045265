/** Names behind the numbers of the graph, and the names that clusters get. */
import { createHash } from 'node:crypto';
import type { Warehouse } from '../warehouse/warehouse.ts';

export interface NodeTable {
  /** By account number. */
  id: string[];
  /** UTC epoch ms; Infinity where it is not known. */
  createdAt: Float64Array;
  /** By value number. */
  detector: string[];
  value: string[];
  forgeableBy: string[];
}

export async function readNodes(warehouse: Warehouse): Promise<NodeTable> {
  const accounts = await warehouse.rows<{ account_id: string; created_at: number | null }>(
    'SELECT account_id, created_at FROM operator.node ORDER BY account_no',
  );
  const values = await warehouse.rows<{ detector: string; value: string; forgeable_by: string }>(
    'SELECT detector, value, forgeable_by FROM operator.shared ORDER BY value_no',
  );
  return {
    id: accounts.map(({ account_id }) => account_id),
    createdAt: Float64Array.from(accounts, ({ created_at }) => created_at ?? Number.POSITIVE_INFINITY),
    detector: values.map(({ detector }) => detector),
    value: values.map(({ value }) => value),
    forgeableBy: values.map(({ forgeable_by }) => forgeable_by),
  };
}

/** Order of accounts by age, unknown ages last; equal times by id. */
export function olderFirst(nodes: NodeTable) {
  return (a: number, b: number): number =>
    nodes.createdAt[a]! - nodes.createdAt[b]! ||
    (nodes.id[a]! < nodes.id[b]! ? -1 : nodes.id[a]! > nodes.id[b]! ? 1 : 0);
}

/**
 * A cluster is named after its earliest-created account, so that it keeps its name while others join or
 * leave: `c-` and 12 hex digits of SHA-256. Should two names meet, the younger cluster is hashed once more.
 * `pinned` ids go to the cluster of the account that each names.
 */
export function clusterIds(
  clusters: readonly (readonly number[])[],
  nodes: NodeTable,
  pinned: ReadonlyMap<string, number> = new Map(),
): string[] {
  const older = olderFirst(nodes);
  const eldest = clusters.map((accounts) => accounts.reduce((a, b) => (older(b, a) < 0 ? b : a)));
  const ids: (string | undefined)[] = new Array(clusters.length);
  const holder = new Map([...pinned].map(([id, account]) => [account, id]));
  if (holder.size > 0) {
    for (const [c, accounts] of clusters.entries())
      for (const account of accounts) ids[c] ??= holder.get(account);
  }
  const taken = new Set(ids.flatMap((id) => (id === undefined ? [] : [id.slice(2)])));
  const order = eldest.map((_, c) => c).sort((a, b) => older(eldest[a]!, eldest[b]!));
  for (const c of order) {
    if (ids[c] !== undefined) continue;
    let source = nodes.id[eldest[c]!]!;
    do {
      source = createHash('sha256').update(source).digest('hex');
    } while (taken.has(source.slice(0, 12)));
    taken.add(source.slice(0, 12));
    ids[c] = `c-${source.slice(0, 12)}`;
  }
  return ids as string[];
}
