/**
 * The links that a reader is shown: per shared value a star around its oldest account, so n accounts make n −
 * 1 rows.
 */
import type { Component } from './component.ts';
import { type NodeTable, olderFirst } from './names.ts';

/** Rows of `operator.link`: a, b, weight, items. */
export function linksOf(component: Component, nodes: NodeTable): [string, string, number, string][] {
  const { accounts, values, edges } = component;
  const older = olderFirst(nodes);
  const natsOf: Map<number, number>[] = accounts.map(() => new Map());
  const accountsOf: number[][] = values.map(() => []);
  for (const { account, value, nats } of edges) {
    natsOf[account]!.set(value, nats);
    accountsOf[value]!.push(account);
  }
  const pairs = new Map<number, [number, number]>();
  for (const sharers of accountsOf) {
    const centre = sharers.reduce((a, b) => (older(accounts[b]!, accounts[a]!) < 0 ? b : a));
    for (const other of sharers)
      if (other !== centre) pairs.set(centre * accounts.length + other, [centre, other]);
  }
  const rows = [...pairs.values()].map(([a, b]): [string, string, number, string] => {
    const items = [...natsOf[a]!].flatMap(([value, nats]) => {
      const other = natsOf[b]!.get(value);
      if (other === undefined) return [];
      const v = values[value]!;
      const weight = Math.round(Math.min(nats, other) * 1e6) / 1e6;
      return [
        {
          detector: nodes.detector[v]!,
          value: nodes.value[v]!,
          forgeable_by: nodes.forgeableBy[v]!,
          weight,
          v,
        },
      ];
    });
    items.sort((x, y) => y.weight - x.weight || x.v - y.v);
    const weight = Math.round(items.reduce((sum, item) => sum + item.weight, 0) * 1e6) / 1e6;
    const shown = items.map(({ v, ...item }) => item);
    return [nodes.id[accounts[a]!]!, nodes.id[accounts[b]!]!, weight, JSON.stringify(shown)];
  });
  return rows.sort((x, y) => (x[0] < y[0] ? -1 : x[0] > y[0] ? 1 : x[1] < y[1] ? -1 : 1));
}
