/**
 * Groups that edges join: `<table>.components.sql` selects edges (a, b), the table has one row (member,
 * component) per name in them.
 */
import { unionFind } from '../../../statistics/union-find.ts';
import { appendRows } from '../../warehouse/append.ts';
import type { Params, Warehouse } from '../../warehouse/warehouse.ts';
import { intern } from './intern.ts';

/**
 * Creates `<table>` from the edges of a SELECT: connected components by union-find, however wide. `component`
 * is the least member, so neither the order of edges nor their direction matters. An edge with a NULL joins
 * nobody.
 */
export async function fillComponents(
  warehouse: Warehouse,
  schema: string,
  table: string,
  edges: string,
  params: Params,
): Promise<void> {
  const names = intern();
  const ends: number[] = [];
  const pairs = `SELECT CAST(a AS VARCHAR), CAST(b AS VARCHAR) FROM (${edges}\n) WHERE a IS NOT NULL AND b IS NOT NULL`;
  for await (const { columns, rowCount } of warehouse.stream(pairs, params)) {
    const [a, b] = columns as [string[], string[]];
    for (let i = 0; i < rowCount; i++) ends.push(names.number(a[i]!), names.number(b[i]!));
  }
  const { sorted, rank } = names.inOrder();
  const sets = unionFind(sorted.length);
  for (let i = 0; i < ends.length; i += 2) sets.union(rank[ends[i]!]!, rank[ends[i + 1]!]!);
  await warehouse.run(`CREATE OR REPLACE TABLE ${schema}."${table}" (member VARCHAR, component VARCHAR)`);
  const rows = sorted.map((member, i) => [member, sorted[sets.find(i)]!]);
  await appendRows(warehouse, schema, table, ['text', 'text'], rows);
}
