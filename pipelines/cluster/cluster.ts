/**
 * Cluster: from linking evidence to groups of accounts that one operator stands behind. Fills `operator.*`.
 */
import { readFileSync } from 'node:fs';
import type { OperatorDecision } from '../../contracts/operator-decision.ts';
import { listWeights, type Policy } from '../../contracts/policy.ts';
import { appendRows } from '../warehouse/append.ts';
import type { Warehouse } from '../warehouse/warehouse.ts';
import { members, restrict } from './component.ts';
import { components } from './components.ts';
import { namedAccounts, type OperatorBook, operatorBook } from './decisions.ts';
import { type Incidence, readIncidence } from './graph.ts';
import { hubs, relatedShares } from './hubs.ts';
import { leidenRuns } from './leiden.ts';
import { readNodes } from './names.ts';
import { publishedClusters } from './published.ts';
import { cutShared, numberRulings, partApart, type Rulings, splitsWithin } from './rulings.ts';
import { densities, hanging } from './shape.ts';
import { groups } from './stability.ts';
import { type Found, writeGroups, writePublished } from './write.ts';

export interface ClusterInput {
  policy: Policy;
  /** UTC epoch ms: the clock of decisions. */
  snapshot: number;
  /** Analysts' splits, merges and pins. */
  decisions?: readonly OperatorDecision[];
}

export interface ClusterEffects {
  warehouse: Warehouse;
  progress(event: { stage: 'cluster'; subject: string; done: number; total: number }): void;
}

export interface ClusterSummary {
  clusters: number;
  accounts: number;
  hubs: number;
}

const sqlOf = (name: string): string => readFileSync(new URL(name, import.meta.url), 'utf8');

/**
 * Writes `operator.worth`: nats of each detector's level, as evidence about accounts and lifted from devices.
 */
async function writeWorth(policy: Policy, warehouse: Warehouse): Promise<void> {
  const rows = [false, true].flatMap((lifted) =>
    listWeights(lifted ? policy.lift : policy.weights).map(
      ({ detector, level, nats }) => [detector, level, lifted, nats] as const,
    ),
  );
  await appendRows(warehouse, 'operator', 'worth', ['text', 'text', 'boolean', 'float'], rows);
}

/**
 * Groups of one component, each without the members that do not stay with it or share a fact with too few.
 */
function* findGroups(
  graph: Incidence,
  hub: Uint8Array,
  accounts: number[],
  rulings: Rulings,
  policy: Policy,
): Generator<Found> {
  const splits = splitsWithin(rulings, accounts);
  const component = cutShared(restrict(graph, hub, accounts), splits);
  const { resolution, sweep, seeds } = policy.cluster;
  const runsAt = (resolutions: number[], by: readonly number[]) =>
    leidenRuns(component, resolutions, by).map((run) => partApart(run, accounts, splits));
  const [base] = runsAt([resolution], seeds.slice(0, 1));
  const runs = runsAt(
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

/**
 * Weighs the decisions about operators, writes what became of each, and has every account they name be a
 * node.
 */
async function readRulings(
  { snapshot, decisions = [] }: ClusterInput,
  warehouse: Warehouse,
): Promise<OperatorBook> {
  const named = namedAccounts(decisions).map((id) => [id]);
  await appendRows(warehouse, 'operator', 'named', ['text'], named);
  const rows = await warehouse.rows<{ account_id: string }>(
    'SELECT account_id FROM operator.named JOIN raw.accounts USING (account_id)',
  );
  const known = new Set(rows.map(({ account_id }) => account_id));
  const book = operatorBook(decisions, snapshot, (id) => known.has(id));
  await appendRows(
    warehouse,
    'operator',
    'decision',
    ['text', 'text', 'texts', 'texts', 'text', 'int', 'int', 'text', 'text', 'texts', 'texts'],
    book.rows.map((row) => [
      ...[row.kind, row.cluster_id, row.accounts, row.from, row.by, row.at, row.until],
      ...[row.why, row.state, row.set_aside, row.missing],
    ]),
  );
  return book;
}

/**
 * Finds clusters in `evidence.finding` and fills `operator.link`, `.member`, `.cluster` and `.hub`. Only
 * facts that no outsider could have created join accounts, so rows of strangers change no cluster. Components
 * come first, so that Leiden never sees two operators that nothing links. What analysts decided about
 * operators comes on top: `.published_*`.
 */
export async function cluster(input: ClusterInput, effects: ClusterEffects): Promise<ClusterSummary> {
  const { policy } = input;
  const { warehouse, progress } = effects;
  const step = (subject: string, done: number) => progress({ stage: 'cluster', subject, done, total: 3 });
  step('links', 0);
  await warehouse.run(sqlOf('tables.sql'));
  await writeWorth(policy, warehouse);
  const book = await readRulings(input, warehouse);
  await warehouse.run(sqlOf('incidence.sql'));
  const graph = await readIncidence(warehouse, policy.hosting);
  const nodes = await readNodes(warehouse);
  const rulings = numberRulings(book, nodes);
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
    if (i % 1000 === 0) step(`components, ${i} of ${linked.length} done`, 1);
    found.push(...findGroups(graph, hub, accounts, rulings, policy));
  }
  step('tables', 2);
  await writeGroups(found, nodes, warehouse);
  await writePublished(publishedClusters(found, rulings, graph, hub), rulings.names, nodes, warehouse);
  await warehouse.run(sqlOf('clusters.sql'), { stability: policy.thresholds.stability });
  await warehouse.run(sqlOf('published-clusters.sql'));
  return {
    clusters: found.length,
    accounts: found.reduce((sum, { component }) => sum + component.accounts.length, 0),
    hubs: hub.reduce((sum, flag) => sum + flag, 0),
  };
}
