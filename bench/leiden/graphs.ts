/**
 * Graphs on which both programs are compared: incidences of an audit, and random ones with planted groups.
 */
import { type Component, members, restrict } from '../../pipelines/cluster/component.ts';
import { components } from '../../pipelines/cluster/components.ts';
import { readIncidence } from '../../pipelines/cluster/graph.ts';
import { openWarehouse } from '../../pipelines/warehouse/warehouse.ts';
import { mulberry32 } from '../../statistics/prng.ts';

export interface Graph {
  name: string;
  component: Component;
}

/** All linked accounts of an audit's warehouse as one graph: many components side by side. */
export async function graphOfAudit(name: string, path: string, hosting: readonly string[]): Promise<Graph> {
  const warehouse = await openWarehouse({ path, threads: 2, memory: '2GB' });
  try {
    const incidence = await readIncidence(warehouse, hosting);
    const none = new Uint8Array(incidence.values);
    const linked = members(components(incidence, none, 0)).flat();
    return {
      name,
      component: restrict(
        incidence,
        none,
        linked.sort((a, b) => a - b),
      ),
    };
  } finally {
    warehouse.close();
  }
}

/**
 * Accounts in planted groups of 4 to 63. Each group shares values among random members; `mixing` is the share
 * of incidences that belong to an account drawn from everybody instead.
 */
export function plantedGraph(accounts: number, mixing: number, seed: number): Graph {
  const random = mulberry32(seed);
  const below = (bound: number) => Math.floor(random() * bound);
  const edges: Component['edges'] = [];
  let value = 0;
  for (let from = 0; from < accounts; ) {
    const size = Math.min(accounts - from, 4 + below(60));
    for (let v = 0; v < Math.ceil(size / 2); v++, value++) {
      const holders = new Set<number>();
      const wanted = 2 + below(6);
      while (holders.size < wanted) holders.add(random() < mixing ? below(accounts) : from + below(size));
      for (const account of [...holders].sort((a, b) => a - b))
        edges.push({ account, value, nats: 1 + 5 * random() });
    }
    from += size;
  }
  const component = {
    accounts: Array.from({ length: accounts }, (_, i) => i),
    values: Array.from({ length: value }, (_, i) => i),
    edges,
  };
  return { name: `planted, ${100 * mixing} % strays`, component };
}
