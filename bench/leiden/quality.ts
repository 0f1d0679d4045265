/** The quality that both programs are judged by. */
import type { Component } from '../../pipelines/cluster/component.ts';

/**
 * The constant Potts model of accounts and values, for groups of accounts: weight of edges within groups less
 * `resolution` per pair of accounts of one group. A value weighs nothing and stands with whichever group
 * holds most of its edges, which is the best that any program can do with it. Weights as in
 * pipelines/cluster/leiden.ts: w · (n − 1) / n.
 */
export function quality(component: Component, groups: ArrayLike<number>, resolution: number): number {
  const holders = component.values.map((): { account: number; nats: number }[] => []);
  for (const { account, value, nats } of component.edges) holders[value]!.push({ account, nats });
  let held = 0;
  for (const list of holders) {
    const within = new Map<number, number>();
    for (const { account, nats } of list) {
      const group = groups[account]!;
      within.set(group, (within.get(group) ?? 0) + (nats * (list.length - 1)) / list.length);
    }
    held += Math.max(0, ...within.values());
  }
  const sizes = new Map<number, number>();
  for (const i of component.accounts.keys()) sizes.set(groups[i]!, (sizes.get(groups[i]!) ?? 0) + 1);
  let pairs = 0;
  for (const n of sizes.values()) pairs += (n * (n - 1)) / 2;
  return held - resolution * pairs;
}
