/** One component of linked accounts with local numbers, small enough to be held as objects. */
import { setsOf } from '../../statistics/union-find.ts';
import type { Incidence } from './graph.ts';

export interface Component {
  /** Account numbers, ascending. */
  accounts: number[];
  /** Value numbers that at least two of the accounts share, ascending. */
  values: number[];
  /** Local account and value numbers. */
  edges: { account: number; value: number; nats: number }[];
}

/** Accounts of each component of two or more, ascending; components by their smallest account. */
export const members = (component: Int32Array): number[][] =>
  setsOf(component).filter(({ length }) => length > 1);

/** The part of the incidence among `accounts`, without hubs. */
export function restrict(graph: Incidence, hub: Uint8Array, accounts: readonly number[]): Component {
  const { start, item, nats } = graph.byAccount;
  const counts = new Map<number, number>();
  for (const a of accounts) {
    for (let e = start[a]!; e < start[a + 1]!; e++) {
      const v = item[e]!;
      if (!hub[v]) counts.set(v, (counts.get(v) ?? 0) + 1);
    }
  }
  const values = [...counts].flatMap(([v, n]) => (n > 1 ? [v] : [])).sort((a, b) => a - b);
  const local = new Map(values.map((v, i) => [v, i]));
  const edges: Component['edges'] = [];
  for (const [i, a] of accounts.entries()) {
    for (let e = start[a]!; e < start[a + 1]!; e++) {
      const value = local.get(item[e]!);
      if (value !== undefined) edges.push({ account: i, value, nats: nats[e]! });
    }
  }
  return { accounts: [...accounts], values, edges };
}
