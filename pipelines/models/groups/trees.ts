/**
 * Who hangs under whom: `<table>.trees.sql` selects (member, parent), each member once. The table has a row
 * (member, root, depth) per member.
 */
import { appendRows } from '../../warehouse/append.ts';
import type { Params, Warehouse } from '../../warehouse/warehouse.ts';
import { intern } from './intern.ts';

/**
 * Roots and the number of steps to them, by node. A node without a parent (-1) is its own root, no step away.
 */
interface Hung {
  root: Int32Array;
  depth: Int32Array;
}

/**
 * Follows parents to the root, each node once, however deep. A circle has the least of its nodes for a root,
 * which hangs as far below itself as the circle is long.
 */
export function hang(parent: Int32Array): Hung {
  const root = new Int32Array(parent.length).fill(-1);
  const depth = new Int32Array(parent.length);
  const walked = new Int32Array(parent.length).fill(-1);
  for (let start = 0; start < parent.length; start++) {
    const path: number[] = [];
    let at = start;
    for (; root[at] === -1 && parent[at] !== -1 && walked[at] !== start; at = parent[at]!) {
      walked[at] = start;
      path.push(at);
    }
    if (root[at] === -1 && parent[at] === -1) root[at] = at;
    if (root[at] === -1) {
      const circle = path.splice(path.indexOf(at));
      const least = circle.reduce((a, b) => Math.min(a, b));
      const top = circle.indexOf(least);
      for (const [i, node] of circle.entries()) {
        root[node] = least;
        depth[node] = i < top ? top - i : top - i + circle.length;
      }
    }
    for (const node of path.reverse()) {
      const above = parent[node]!;
      root[node] = root[above]!;
      depth[node] = 1 + (above === root[above] ? 0 : depth[above]!);
    }
  }
  return { root, depth };
}

/** Creates `<table>` from the parents of a SELECT. */
export async function fillTrees(
  warehouse: Warehouse,
  schema: string,
  table: string,
  parents: string,
  params: Params,
): Promise<void> {
  const names = intern();
  const [members, above]: [number[], number[]] = [[], []];
  const pairs = `SELECT CAST(member AS VARCHAR), CAST(parent AS VARCHAR) FROM (${parents}\n)`;
  for await (const { columns, rowCount } of warehouse.stream(pairs, params)) {
    const [member, parent] = columns as [string[], string[]];
    for (let i = 0; i < rowCount; i++) {
      members.push(names.number(member[i]!));
      above.push(names.number(parent[i]!));
    }
  }
  const { sorted, rank } = names.inOrder();
  const parent = new Int32Array(sorted.length).fill(-1);
  for (const [i, member] of members.entries()) parent[rank[member]!] = rank[above[i]!]!;
  const { root, depth } = hang(parent);
  await warehouse.run(
    `CREATE OR REPLACE TABLE ${schema}."${table}" (member VARCHAR, root VARCHAR, depth BIGINT)`,
  );
  const rows = sorted.flatMap((member, i) =>
    parent[i] === -1 ? [] : [[member, sorted[root[i]!]!, depth[i]!]],
  );
  await appendRows(warehouse, schema, table, ['text', 'text', 'int'], rows);
}
