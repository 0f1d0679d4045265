/** Groups and published clusters on their way into the warehouse. */
import { appendRows } from '../warehouse/append.ts';
import type { Warehouse } from '../warehouse/warehouse.ts';
import { linksOf } from './links.ts';
import { clusterIds, type NodeTable } from './names.ts';
import type { Group, Published } from './published.ts';
import type { Rulings } from './rulings.ts';

export interface Found extends Group {
  /** Share of the runs in which each member stays with the majority. */
  stability: number[];
  bridge: Uint8Array;
}

const round = (x: number): number => Math.round(x * 1e6) / 1e6;

export async function writeGroups(
  found: readonly Found[],
  nodes: NodeTable,
  warehouse: Warehouse,
): Promise<void> {
  const ids = clusterIds(
    found.map(({ component }) => component.accounts),
    nodes,
  );
  await appendRows(
    warehouse,
    'operator',
    'member',
    ['text', 'text', 'float', 'float', 'boolean'],
    found.flatMap(({ component, stability, density, bridge }, c) =>
      component.accounts.map((account, i) => [
        nodes.id[account]!,
        ids[c]!,
        round(stability[i]!),
        round(density[i]!),
        bridge[i] === 1,
      ]),
    ),
  );
  const overlaps = found.map(({ overlap }, c) => [ids[c]!, round(overlap)] as const);
  await appendRows(warehouse, 'operator', 'group_stability', ['text', 'float'], overlaps);
  await appendRows(
    warehouse,
    'operator',
    'link',
    ['text', 'text', 'float', 'text'],
    found.flatMap(({ component }) => linksOf(component, nodes)),
  );
}

export async function writePublished(
  clusters: readonly Published[],
  names: Rulings['names'],
  nodes: NodeTable,
  warehouse: Warehouse,
): Promise<void> {
  const ids = clusterIds(
    clusters.map(({ accounts }) => accounts),
    nodes,
    names,
  );
  await appendRows(
    warehouse,
    'operator',
    'published_member',
    ['text', 'text', 'float', 'boolean', 'float'],
    clusters.flatMap(({ accounts, density, joined, stability }, c) =>
      accounts.map((account, i) => [
        nodes.id[account]!,
        ids[c]!,
        round(density[i]!),
        joined,
        round(stability),
      ]),
    ),
  );
}
