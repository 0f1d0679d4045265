/** Cluster: from linking evidence to groups of accounts that one operator stands behind. Fills `operator.*`. */
import { readFileSync } from 'node:fs';
import type { Policy } from '../../contracts/policy.ts';
import { appendRows } from '../warehouse/append.ts';
import type { Warehouse } from '../warehouse/warehouse.ts';
import { type Component, members, restrict } from './component.ts';
import { components } from './components.ts';
import { type Incidence, readIncidence } from './graph.ts';
import { hubs, relatedShares } from './hubs.ts';
import { leidenRuns } from './leiden.ts';
import { linksOf } from './links.ts';
import { clusterIds, type NodeTable, readNodes } from './names.ts';
import { densities, hanging } from './shape.ts';
import { groups } from './stability.ts';

export interface ClusterEffects {
  warehouse: Warehouse;
  progress(event: { stage: 'cluster'; subject: string; done: number; total: number }): void;
}

export interface ClusterSummary {
  clusters: number;
  accounts: number;
  hubs: number;
}

/** A cluster after members unlike the rest were dropped. */
interface Found {
  component: Component;
  stability: number[];
  density: Float64Array;
  bridge: Uint8Array;
  overlap: number;
}

const sqlOf = (name: string): string => readFileSync(new URL(name, import.meta.url), 'utf8');

/** Writes `operator.worth`: nats of each detector's level, as evidence about accounts and lifted from devices. */
async function writeWorth(policy: Policy, warehouse: Warehouse): Promise<void> {
  const rows = [false, true].flatMap((lifted) =>
    Object.entries(lifted ? policy.lift : policy.weights).flatMap(([detector, levels]) =>
      Object.entries(levels).map(([level, nats]) => [detector, level, lifted, nats] as const),
    ),
  );
  await appendRows(warehouse, 'operator', 'worth', ['text', 'text', 'boolean', 'float'], rows);
}

/** Groups of one component, each without the members that do not stay with it or share a fact with too few. */
function* findGroups(
  graph: Incidence,
  hub: Uint8Array,
  accounts: number[],
  policy: Policy,
): Generator<Found> {
  const component = restrict(graph, hub, accounts);
  const { resolution, sweep, seeds } = policy.cluster;
  const [base] = leidenRuns(component, [resolution], seeds.slice(0, 1));
  const runs = leidenRuns(
    component,
    sweep.map((factor) => factor * resolution),
    seeds,
  );
  for (const group of groups(base!, runs)) {
    const whole = restrict(
      graph,
      hub,
      group.members.map((i) => component.accounts[i]!),
    );
    const share = densities(whole);
    const keep = group.members
      .map((_, i) => i)
      .filter(
        (i) =>
          group.stability[i]! >= policy.thresholds.stability && share[i]! >= policy.thresholds.density / 2,
      );
    if (keep.length < 2) continue;
    const kept = restrict(
      graph,
      hub,
      keep.map((i) => whole.accounts[i]!),
    );
    if (kept.values.length === 0) continue;
    yield {
      component: kept,
      stability: keep.map((i) => group.stability[i]!),
      density: densities(kept),
      bridge: hanging(kept),
      overlap: group.overlap,
    };
  }
}

async function write(found: readonly Found[], nodes: NodeTable, warehouse: Warehouse): Promise<void> {
  const ids = clusterIds(
    found.map(({ component }) => component.accounts),
    nodes,
  );
  const round = (x: number): number => Math.round(x * 1e6) / 1e6;
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

/**
 * Finds clusters in `evidence.finding` and fills `operator.link`, `.member`, `.cluster` and `.hub`. Only facts that no
 * outsider could have created join accounts, so rows of strangers change no cluster. Components come first, so that
 * Leiden never sees two operators that nothing links.
 */
export async function cluster(policy: Policy, effects: ClusterEffects): Promise<ClusterSummary> {
  const { warehouse, progress } = effects;
  const step = (subject: string, done: number, total: number) =>
    progress({ stage: 'cluster', subject, done, total });
  step('links', 0, 1);
  await warehouse.run(sqlOf('tables.sql'));
  await writeWorth(policy, warehouse);
  await warehouse.run(sqlOf('incidence.sql'));
  const graph = await readIncidence(warehouse, policy.hosting);
  const nodes = await readNodes(warehouse);
  const shares = relatedShares(graph, policy.cluster.hub);
  const hub = hubs(shares, policy.cluster.hub);
  await appendRows(
    warehouse,
    'operator',
    'hub',
    ['text', 'text', 'int', 'float'],
    [...hub.entries()].flatMap(([v, flag]) =>
      flag
        ? [
            [
              nodes.detector[v]!,
              nodes.value[v]!,
              graph.byValue.start[v + 1]! - graph.byValue.start[v]!,
              shares[v]!,
            ],
          ]
        : [],
    ),
  );
  const found: Found[] = [];
  const linked = members(components(graph, hub, policy.cluster.minLink));
  for (const [i, accounts] of linked.entries()) {
    if (i % 1000 === 0) step('components', i, linked.length);
    found.push(...findGroups(graph, hub, accounts, policy));
  }
  await write(found, nodes, warehouse);
  await warehouse.run(sqlOf('clusters.sql'), { stability: policy.thresholds.stability });
  return {
    clusters: found.length,
    accounts: found.reduce((sum, { component }) => sum + component.accounts.length, 0),
    hubs: hub.reduce((sum, flag) => sum + flag, 0),
  };
}
