/**
 * Clusters as they are published. Most are the groups that evidence formed. An analyst's merge or pin joins
 * groups and lone accounts into one; the groups stay what they are for the judge, so a merge alone excludes
 * nobody.
 */

import { unionFind } from '../../statistics/union-find.ts';
import type { Component } from './component.ts';
import { restrict } from './component.ts';
import type { Incidence } from './graph.ts';
import { partApart, type Rulings, splitsWithin } from './rulings.ts';
import { densities } from './shape.ts';

/** A group that evidence formed, after members unlike the rest were dropped. */
export interface Group {
  component: Component;
  density: Float64Array;
  /** Mean overlap (Jaccard) with the best-matching group over all runs of the sweep. */
  overlap: number;
}

export interface Published {
  /** Account numbers, ascending. */
  accounts: number[];
  /**
   * Share of the others with whom each shares a fact. What an analyst's word alone joins shares none, so a
   * merge lowers it.
   */
  density: Float64Array;
  /** Of a joined cluster: overlap with its largest group, since the runs never saw more of it together. */
  stability: number;
  /** True when a merge or a pin, and not evidence alone, put these accounts together. */
  joined: boolean;
}

export function publishedClusters(
  groups: readonly Group[],
  rulings: Rulings,
  graph: Incidence,
  hub: Uint8Array,
): Published[] {
  const asFound = groups.map(({ component: { accounts }, density, overlap }) => ({
    accounts,
    density,
    stability: overlap,
    joined: false,
  }));
  if (rulings.together.length === 0) return asFound;
  const sets = unionFind(graph.accounts);
  const unite = (accounts: readonly number[]) => {
    for (const account of accounts) sets.union(accounts[0]!, account);
  };
  const groupOf = new Map<number, number>();
  for (const [g, { component }] of groups.entries()) {
    unite(component.accounts);
    for (const account of component.accounts) groupOf.set(account, g);
  }
  for (const accounts of rulings.together) unite(accounts);
  const members = new Map(rulings.together.map(([account]) => [sets.find(account!), [] as number[]]));
  for (let account = 0; account < graph.accounts; account++) members.get(sets.find(account))?.push(account);
  const joined = [...members.values()].flatMap((accounts) => {
    const parts = partApart(new Int32Array(accounts.length), accounts, splitsWithin(rulings, accounts));
    return [...new Set(parts)]
      .map((part) => accounts.filter((_, i) => parts[i] === part))
      .filter((part) => part.length > 1)
      .map((part) => joinedCluster(part, groups, groupOf, graph, hub));
  });
  return [...asFound.filter(({ accounts }) => !members.has(sets.find(accounts[0]!))), ...joined];
}

function joinedCluster(
  accounts: number[],
  groups: readonly Group[],
  groupOf: ReadonlyMap<number, number>,
  graph: Incidence,
  hub: Uint8Array,
): Published {
  const sizes = new Map<number, number>();
  for (const account of accounts) {
    const group = groupOf.get(account);
    if (group !== undefined) sizes.set(group, (sizes.get(group) ?? 0) + 1);
  }
  const shares = [...sizes].map(([g, size]) => (groups[g]!.overlap * size) / accounts.length);
  const [only] = sizes.keys();
  return {
    accounts,
    density: densities(restrict(graph, hub, accounts)),
    stability: Math.max(0, ...shares),
    joined: sizes.size !== 1 || groups[only!]!.component.accounts.length !== accounts.length,
  };
}
