/**
 * Groups that rare tokens vote for: `<table>.labels.sql` selects who carries which token (member, token,
 * strength), each pair once. The table has a row (member, label, votes, best) per member and label that one
 * of its tokens holds.
 */
import { appendRows } from '../../warehouse/append.ts';
import type { Params, Warehouse } from '../../warehouse/warehouse.ts';
import { intern } from './intern.ts';
import { type Incidence, spreadLabels } from './spread-labels.ts';

interface Carried {
  members: string[];
  tokens: string[];
  incidence: Incidence;
}

/**
 * Members in order of their names; tokens in order of strength, then name, so that a token's number is its
 * rank.
 */
async function carried(warehouse: Warehouse, select: string, params: Params): Promise<Carried> {
  const [members, tokens] = [intern(), intern()];
  const [left, right, strengths]: [number[], number[], number[]] = [[], [], []];
  const typed = `SELECT CAST(member AS VARCHAR), CAST(token AS VARCHAR), CAST(strength AS DOUBLE) FROM (${select}\n)`;
  for await (const { columns, rowCount } of warehouse.stream(typed, params)) {
    const [member, token, strength] = columns as [string[], string[], number[]];
    for (let i = 0; i < rowCount; i++) {
      left.push(members.number(member[i]!));
      right.push(tokens.number(token[i]!));
      strengths[right.at(-1)!] = strength[i]!;
    }
  }
  const [who, what] = [members.inOrder(), tokens.inOrder()];
  const strengthOf = new Float64Array(strengths.length);
  for (const [number, place] of what.rank.entries()) strengthOf[place] = strengths[number]!;
  const order = [...what.sorted.keys()].sort((a, b) => strengthOf[a]! - strengthOf[b]! || a - b);
  const place = new Int32Array(order.length);
  for (const [rank, alphabetic] of order.entries()) place[alphabetic] = rank;
  return {
    members: who.sorted,
    tokens: order.map((alphabetic) => what.sorted[alphabetic]!),
    incidence: {
      members: who.sorted.length,
      tokens: order.length,
      member: Int32Array.from(left, (number) => who.rank[number]!),
      token: Int32Array.from(right, (number) => place[what.rank[number]!]!),
    },
  };
}

/** Creates `<table>` from the incidence of a SELECT. Neither its order nor the number of threads matters. */
export async function fillLabels(
  warehouse: Warehouse,
  schema: string,
  table: string,
  select: string,
  params: Params,
): Promise<void> {
  const { members, tokens, incidence } = await carried(warehouse, select, params);
  await warehouse.run(
    `CREATE OR REPLACE TABLE ${schema}."${table}" (member VARCHAR, label VARCHAR, votes BIGINT, best BOOLEAN)`,
  );
  const rows = spreadLabels(incidence).map(({ member, label, votes, best }) => [
    members[member]!,
    tokens[label]!,
    votes,
    best,
  ]);
  await appendRows(warehouse, schema, table, ['text', 'text', 'int', 'boolean'], rows);
}
