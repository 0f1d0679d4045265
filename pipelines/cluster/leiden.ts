/**
 * Leiden with the constant Potts model on one component. The graph is the incidence itself: a value is a node
 * without weight, joined to each of its accounts by w · (n − 1) / n, so that a value shared by n accounts
 * adds (n − 1) · w in all, never a term per pair. A value of weight w alone holds up to 2w / γ accounts
 * together at resolution γ.
 */
import { Clustering, LeidenAlgorithm, Network } from 'networkanalysis-ts';
import { mulberry32 } from '../../statistics/prng.ts';
import type { Component } from './component.ts';

/** At most; an iteration that improves nothing is the last, mostly the second or third. */
const ITERATIONS = 10;
/** The library's default degree of randomness in merging (Traag, Waltman and van Eck 2019). */
const RANDOMNESS = 0.01;

function network(component: Component): Network {
  const { accounts, values, edges } = component;
  const nodes = accounts.length + values.length;
  const sizes = new Int32Array(values.length);
  for (const { value } of edges) sizes[value]!++;
  const neighbours: { node: number; weight: number }[][] = Array.from({ length: nodes }, () => []);
  for (const { account, value, nats } of edges) {
    const weight = (nats * (sizes[value]! - 1)) / sizes[value]!;
    neighbours[account]!.push({ node: accounts.length + value, weight });
    neighbours[accounts.length + value]!.push({ node: account, weight });
  }
  const firstNeighborIndices = [0];
  for (const list of neighbours) {
    list.sort((a, b) => a.node - b.node);
    firstNeighborIndices.push(firstNeighborIndices.at(-1)! + list.length);
  }
  return new Network({
    nodeWeights: [...accounts.map(() => 1), ...values.map(() => 0)],
    firstNeighborIndices,
    neighbors: neighbours.flatMap((list) => list.map(({ node }) => node)),
    edgeWeights: neighbours.flatMap((list) => list.map(({ weight }) => weight)),
  });
}

/** The two methods that the library calls on its generator. */
function generator(seed: number): { nextDouble(): number; nextInt(bound: number): number } {
  const nextDouble = mulberry32(seed);
  return { nextDouble, nextInt: (bound) => Math.floor(nextDouble() * bound) };
}

/** Group number of each account of the component, one array per resolution and seed, in their order. */
export function leidenRuns(
  component: Component,
  resolutions: readonly number[],
  seeds: readonly number[],
): Int32Array[] {
  const graph = network(component);
  return resolutions.flatMap((resolution) =>
    seeds.map((seed) => {
      const algorithm = new LeidenAlgorithm();
      algorithm.initializeBasedOnResolutionAndNIterationsAndRandomnessAndRandom(
        resolution,
        1,
        RANDOMNESS,
        generator(seed),
      );
      const clustering = new Clustering({ nNodes: graph.getNNodes() });
      for (let i = 0; i < ITERATIONS && algorithm.improveClustering(graph, clustering); i++);
      const clusters = clustering.getClusters();
      return Int32Array.from({ length: component.accounts.length }, (_, i) => clusters[i]!);
    }),
  );
}
