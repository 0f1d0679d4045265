/**
 * The clustering's Leiden beside igraph's on the same graphs, by one measure of quality:
 *   npx tsx bench/leiden/compare.ts --python VENV/bin/python --cache CACHE --warehouses
 * WORKSPACE/warehouse.duckdb,… Prints a table and writes bench/results/leiden.md. Fails when a graph's
 * quality is more than 0.5 % below igraph's.
 */
import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { PolicySchema } from '../../contracts/policy.ts';
import type { Component } from '../../pipelines/cluster/component.ts';
import { leidenRuns } from '../../pipelines/cluster/leiden.ts';
import { table } from '../worlds/markdown.ts';
import { type Graph, graphOfAudit, plantedGraph } from './graphs.ts';
import { quality } from './quality.ts';

const { values: flags } = parseArgs({
  options: {
    python: { type: 'string', default: 'python3' },
    cache: { type: 'string' },
    warehouses: { type: 'string', default: '' },
    sizes: { type: 'string', default: '10000,50000,200000' },
    seeds: { type: 'string', default: '1,2,3' },
  },
});
if (!flags.cache) throw new Error('--cache FOLDER is needed: graphs go there');
const cache = flags.cache;
const script = (path: string) => fileURLToPath(new URL(path, import.meta.url));
const policy = PolicySchema.parse(JSON.parse(readFileSync(script('../../policies/default.json'), 'utf8')));
const seeds = flags.seeds.split(',').map(Number);
/** As in pipelines/cluster/leiden.ts. */
const [ITERATIONS, RANDOMNESS] = [10, 0.01];
const TARGET = 0.995;

interface Run {
  groups: ArrayLike<number>;
  seconds: number;
}

function igraph({ accounts, values, edges }: Component, resolution: number): Run[] {
  const [graph, groups] = [join(cache, 'graph.json'), join(cache, 'groups.json')];
  const holders = new Int32Array(values.length);
  for (const { value } of edges) holders[value]!++;
  const given = {
    nodes: accounts.length + values.length,
    weights: [...accounts.map(() => 1), ...values.map(() => 0)],
    from: edges.map(({ account }) => account),
    to: edges.map(({ value }) => accounts.length + value),
    edges: edges.map(({ value, nats }) => (nats * (holders[value]! - 1)) / holders[value]!),
    ...{ resolution, iterations: ITERATIONS, randomness: RANDOMNESS, seeds },
  };
  writeFileSync(graph, JSON.stringify(given));
  execFileSync(flags.python, [script('./igraph_leiden.py'), graph, groups], { stdio: 'inherit' });
  return JSON.parse(readFileSync(groups, 'utf8')) as Run[];
}

function ours(component: Component, resolution: number): Run[] {
  return seeds.map((seed) => {
    const started = performance.now();
    const [groups] = leidenRuns(component, [resolution], [seed]);
    return { groups: groups!, seconds: (performance.now() - started) / 1000 };
  });
}

const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
const rows: string[][] = [];
let missed = 0;

function compare({ name, component }: Graph): void {
  for (const factor of policy.cluster.sweep) {
    const resolution = factor * policy.cluster.resolution;
    const [theirs, own] = [igraph(component, resolution), ours(component, resolution)];
    const score = (runs: readonly Run[]) => runs.map(({ groups }) => quality(component, groups, resolution));
    const [reference, found] = [score(theirs), score(own)];
    const worst = Math.min(...found) / mean(reference);
    if (worst < TARGET) missed++;
    const size = [component.accounts, component.values, component.edges].map((list) => String(list.length));
    const share = (value: number) => `${(100 * value).toFixed(3)} %`;
    rows.push([
      name,
      ...size,
      resolution.toFixed(4),
      share(mean(found) / mean(reference)),
      share(worst),
      mean(own.map(({ seconds }) => seconds)).toFixed(2),
      mean(theirs.map(({ seconds }) => seconds)).toFixed(2),
    ]);
    console.log(rows.at(-1)!.join('  '));
  }
}

mkdirSync(cache, { recursive: true });
for (const [i, path] of flags.warehouses.split(',').filter(Boolean).entries())
  compare(await graphOfAudit(`audit ${i + 1}`, path, policy.hosting));
for (const accounts of flags.sizes.split(',').map(Number))
  for (const mixing of [0.02, 0.1, 0.3]) compare(plantedGraph(accounts, mixing, accounts));

const pinned = readFileSync(script('./requirements.txt'), 'utf8').trim().replaceAll('\n', ', ');
const head = [
  ...['graph', 'accounts', 'values', 'edges', 'resolution'],
  ...['mean quality, of igraph’s', 'worst seed, of igraph’s mean', 'ours, s', 'igraph, s'],
];
const text = [
  '# Leiden beside igraph',
  `${cpus().length} × ${cpus()[0]?.model ?? 'unknown'}, Node ${process.version}, ${pinned}; seeds ${flags.seeds}, ${ITERATIONS} iterations each. Quality of the constant Potts model by \`bench/leiden/quality.ts\` for both; target: at least ${100 * TARGET} %. Seconds are by the clock; ours include building the graph.`,
  table(head, rows),
  missed === 0
    ? 'The target is met on every graph.'
    : `The target is missed on ${missed} of ${rows.length} lines.`,
].join('\n\n');
writeFileSync(script('../results/leiden.md'), `${text}\n`);
if (missed > 0) process.exitCode = 1;
