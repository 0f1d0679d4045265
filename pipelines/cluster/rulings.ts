/**
 * Analysts' decisions on the graph. A split parts groups and cuts the facts that its two sides share; it
 * takes evidence away and adds none. A merge never enters the groups by which accounts are judged: it joins
 * what is published.
 */
import type { Component } from './component.ts';
import type { OperatorBook } from './decisions.ts';
import type { NodeTable } from './names.ts';

export interface Split {
  /** Account numbers: who leaves, with everybody who stays together with them, and from whom. */
  leaving: Set<number>;
  from: Set<number>;
}

export interface Rulings {
  /** Account numbers, as below. */
  together: number[][];
  apart: Split[];
  /** Everybody who leaves in some split. */
  leaving: Set<number>;
  /** Pinned ids, each with one account of its cluster. */
  names: Map<string, number>;
}

export function numberRulings({ together, apart, names }: OperatorBook, nodes: NodeTable): Rulings {
  if (together.length === 0 && apart.length === 0)
    return { together: [], apart: [], leaving: new Set(), names: new Map() };
  const number = new Map(nodes.id.map((id, i) => [id, i]));
  const numbers = (ids: readonly string[]) => ids.map((id) => number.get(id)!).sort((a, b) => a - b);
  const sets = together.map(numbers);
  const setOf = new Map(sets.flatMap((set) => set.map((account) => [account, set] as const)));
  const splits = apart.map(({ accounts, from }) => ({
    leaving: new Set(numbers(accounts).flatMap((account) => setOf.get(account) ?? [account])),
    from: new Set(numbers(from)),
  }));
  return {
    together: sets,
    apart: splits,
    leaving: new Set(splits.flatMap(({ leaving }) => [...leaving])),
    names: new Map([...names].map(([cluster, account]) => [cluster, number.get(account)!])),
  };
}

/** The splits of which both sides are among the accounts. */
export function splitsWithin({ apart, leaving }: Rulings, accounts: readonly number[]): Split[] {
  if (!accounts.some((account) => leaving.has(account))) return [];
  return apart.filter(
    (split) => accounts.some((a) => split.leaving.has(a)) && accounts.some((a) => split.from.has(a)),
  );
}

/** A value that both sides of a split share becomes two: one for those who leave, one for all others. */
export function cutShared(component: Component, splits: readonly Split[]): Component {
  const { accounts } = component;
  let { values, edges } = component;
  for (const { leaving, from } of splits) {
    const sides = values.map(() => ({ leaving: false, from: false }));
    for (const { account, value } of edges) {
      if (leaving.has(accounts[account]!)) sides[value]!.leaving = true;
      else if (from.has(accounts[account]!)) sides[value]!.from = true;
    }
    const own = new Map<number, number>();
    const more: number[] = [];
    for (const [value, side] of sides.entries()) {
      if (!side.leaving || !side.from) continue;
      own.set(value, values.length + more.length);
      more.push(values[value]!);
    }
    values = values.concat(more);
    edges = edges.map((edge) =>
      leaving.has(accounts[edge.account]!) ? { ...edge, value: own.get(edge.value) ?? edge.value } : edge,
    );
  }
  return { accounts, values, edges };
}

/**
 * Parts of a run of Leiden, none of which holds both sides of a split: who leaves takes a part of their own,
 * everybody else stays. `run` holds the part of each of `accounts`.
 */
export function partApart(
  run: Int32Array,
  accounts: readonly number[],
  splits: readonly Split[],
): Int32Array {
  const parts = Int32Array.from(run);
  let fresh = parts.reduce((most, part) => Math.max(most, part), -1) + 1;
  for (const { leaving, from } of splits) {
    const holding = new Set([...parts].filter((_, i) => from.has(accounts[i]!)));
    const moved = new Map<number, number>();
    for (const [i, account] of accounts.entries()) {
      if (!leaving.has(account) || !holding.has(parts[i]!)) continue;
      const part = moved.get(parts[i]!) ?? fresh++;
      moved.set(parts[i]!, part);
      parts[i] = part;
    }
  }
  return parts;
}
