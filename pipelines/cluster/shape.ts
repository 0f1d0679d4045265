/**
 * The shape of one cluster: who shares a fact with whom directly, and who hangs on it by a single other
 * account.
 */
import type { Component } from './component.ts';

/** Incidence of a cluster by account and by value, local numbers. */
interface Adjacency {
  valuesOf: number[][];
  accountsOf: number[][];
}

function adjacency(component: Component): Adjacency {
  const valuesOf: number[][] = component.accounts.map(() => []);
  const accountsOf: number[][] = component.values.map(() => []);
  for (const { account, value } of component.edges) {
    valuesOf[account]!.push(value);
    accountsOf[value]!.push(account);
  }
  return { valuesOf, accountsOf };
}

/**
 * In a large ring nobody shares a fact with everybody: meeting this many others directly counts as meeting
 * all.
 */
const ENOUGH = 16;

/**
 * Share of the other members with which each member shares at least one fact; of `ENOUGH` of them in a larger
 * cluster.
 */
export function densities(component: Component): Float64Array {
  const { valuesOf, accountsOf } = adjacency(component);
  const n = component.accounts.length;
  const stamp = new Int32Array(n).fill(-1);
  return Float64Array.from({ length: n }, (_, account) => {
    const values = valuesOf[account]!;
    if (values.some((value) => accountsOf[value]!.length === n)) return 1;
    let met = 0;
    for (const value of values) {
      for (const other of accountsOf[value]!) {
        if (other === account || stamp[other] === account) continue;
        stamp[other] = account;
        met++;
      }
    }
    return n > 1 ? Math.min(1, met / Math.min(n - 1, ENOUGH)) : 0;
  });
}

/**
 * Accounts that removing one other account would cut off from the largest rest (articulation points by
 * Tarjan's lowlinks, without recursion). An outsider who joins a victim to a real farm makes himself such a
 * point.
 */
export function hanging(component: Component): Uint8Array {
  const { valuesOf, accountsOf } = adjacency(component);
  const n = component.accounts.length;
  const neighbours = (node: number): readonly number[] =>
    node < n ? valuesOf[node]!.map((value) => n + value) : accountsOf[node - n]!;
  const nodes = n + component.values.length;
  const order = new Int32Array(nodes).fill(-1);
  const low = new Int32Array(nodes);
  const parent = new Int32Array(nodes).fill(-1);
  /** Accounts in the subtree, and preorder positions of its nodes: a subtree is a range of the preorder. */
  const weight = new Int32Array(nodes);
  const last = new Int32Array(nodes);
  const preorder: number[] = [];
  const cuts = new Map<number, number[]>();
  const stack: { node: number; list: readonly number[]; next: number }[] = [];
  const enter = (node: number): void => {
    order[node] = preorder.length;
    low[node] = preorder.length;
    weight[node] = node < n ? 1 : 0;
    preorder.push(node);
    stack.push({ node, list: neighbours(node), next: 0 });
  };
  for (let root = 0; root < n; root++) {
    if (order[root] !== -1) continue;
    enter(root);
    while (stack.length > 0) {
      const top = stack.at(-1)!;
      const { node } = top;
      const next = top.list[top.next++];
      if (next === undefined) {
        stack.pop();
        last[node] = preorder.length;
        const up = parent[node]!;
        if (up < 0) continue;
        low[up] = Math.min(low[up]!, low[node]!);
        weight[up] = weight[up]! + weight[node]!;
        if (up < n && low[node]! >= order[up]!) cuts.set(up, [...(cuts.get(up) ?? []), node]);
      } else if (order[next] === -1) {
        parent[next] = node;
        enter(next);
      } else if (next !== parent[node]) low[node] = Math.min(low[node]!, order[next]!);
    }
  }
  const marks = new Uint8Array(n);
  for (const [cut, children] of cuts) {
    const below = children.reduce((sum, child) => sum + weight[child]!, 0);
    const parts = [
      { size: n - 1 - below, ranges: outside(children.map((child) => [order[child]!, last[child]!])) },
      ...children.map((child) => ({
        size: weight[child]!,
        ranges: [[order[child]!, last[child]!] as Range],
      })),
    ].filter(({ size }) => size > 0);
    const largest = Math.max(...parts.map(({ size }) => size));
    const tied = parts.filter(({ size }) => size === largest).length > 1;
    for (const { size, ranges } of parts) {
      if (size === largest && !tied) continue;
      for (const [from, to] of ranges) {
        for (const node of preorder.slice(from, to)) if (node < n && node !== cut) marks[node] = 1;
      }
    }
  }
  return marks;
}

type Range = readonly [from: number, to: number];

/** The preorder without the given subtrees. */
function outside(subtrees: readonly Range[]): Range[] {
  const ranges: Range[] = [];
  let at = 0;
  for (const [from, to] of subtrees.toSorted((a, b) => a[0] - b[0])) {
    ranges.push([at, from]);
    at = to;
  }
  return [...ranges, [at, Number.MAX_SAFE_INTEGER]];
}
