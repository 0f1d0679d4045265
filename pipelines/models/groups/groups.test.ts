import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createSchema } from '../../warehouse/schema.ts';
import { openWarehouse, type Warehouse } from '../../warehouse/warehouse.ts';
import { buildTables, planTables, quietEffects } from '../run.ts';

let warehouse: Warehouse;
let path: string;

beforeEach(async () => {
  path = mkdtempSync(join(tmpdir(), 'ghostcard-groups-'));
  warehouse = await openWarehouse({ path: ':memory:', threads: 2, memory: '500MB' });
  await createSchema(warehouse);
});
afterEach(() => {
  warehouse.close();
  rmSync(path, { recursive: true });
});

async function rows(file: string, sql: string): Promise<unknown[]> {
  writeFileSync(join(path, `${file}.sql`), sql);
  const plan = await planTables(warehouse, 'features', { folder: pathToFileURL(`${path}/`), learners: [] });
  await buildTables(
    'features',
    plan,
    { snapshot: 7, only: ['features.t'], params: { wide: 3000 } },
    quietEffects(warehouse),
  );
  return warehouse.rows('SELECT * FROM features.t ORDER BY ALL');
}

describe('components', () => {
  it('a chain and a ring of three thousand are one group each, whatever the order of their edges', async () => {
    const found = await rows(
      't.components',
      `SELECT kind || i AS a, kind || (CASE WHEN kind = 'ring' THEN (i + 1) % $wide ELSE i + 1 END) AS b
       FROM range($wide) r(i), (VALUES ('chain'), ('ring')) k(kind) ORDER BY hash(kind || i)`,
    );
    expect(found).toHaveLength(6001);
    expect(new Set(found.map((row) => (row as { component: string }).component))).toEqual(
      new Set(['chain0', 'ring0']),
    );
  });

  it('an edge to oneself makes a group of one, an edge to nobody none', async () => {
    expect(
      await rows('t.components', "SELECT * FROM (VALUES ('x', 'x'), ('y', NULL), ('c', 'b')) e(a, b);"),
    ).toEqual([
      { member: 'b', component: 'b' },
      { member: 'c', component: 'b' },
      { member: 'x', component: 'x' },
    ]);
  });

  it('no edges make an empty table', async () => {
    expect(await rows('t.components', "SELECT 'a' AS a, 'b' AS b WHERE $snapshot < 7")).toEqual([]);
  });
});

describe('labels', () => {
  it('a token in common by chance joins no two groups, and the member between them sees both', async () => {
    const found = await rows(
      't.labels',
      `SELECT unnest(who) AS member, token, strength FROM (VALUES (['a', 'b', 'c', 'both'], 'x1', 5), (['a', 'b', 'c'], 'x2', 4),
         (['d', 'e', 'both'], 'y1', 9), (['d', 'e'], 'y2', 8)) v(who, token, strength)`,
    );
    const vote = (member: string, label: string, votes: number, best = true) => ({
      member,
      label,
      votes,
      best,
    });
    expect(found).toEqual([
      vote('a', 'x1', 2),
      vote('b', 'x1', 2),
      vote('both', 'x1', 1, false),
      vote('both', 'y1', 1),
      vote('c', 'x1', 2),
      vote('d', 'y1', 2),
      vote('e', 'y1', 2),
    ]);
  });

  it('a group far wider than any fixed number of rounds is one', async () => {
    // Window i is carried by accounts i to i + 9: nobody carries more than ten of the six hundred.
    const found = await rows(
      't.labels',
      'SELECT w + m AS member, w AS token, 1 AS strength FROM range(600) r(w), range(10) s(m)',
    );
    const best = found.filter((row) => (row as { best: boolean }).best);
    expect(best).toHaveLength(609);
    expect(new Set(best.map((row) => (row as { label: string }).label)).size).toBe(1);
  });
});

describe('trees', () => {
  it('a chain far deeper than any recursion has one root, and each member knows how far it is', async () => {
    const found = await rows(
      't.trees',
      "SELECT 'w' || (i + 1) AS member, 'w' || i AS parent FROM range(20000) r(i) ORDER BY hash(i)",
    );
    expect(found).toHaveLength(20_000);
    for (const { member, root, depth } of found as { member: string; root: string; depth: number }[])
      expect([member, root]).toEqual([`w${depth}`, 'w0']);
  });

  it('two branches of one root, and a circle with a tail, whose root is the least of the circle', async () => {
    const found = await rows(
      't.trees',
      `SELECT * FROM (VALUES ('a', 'r'), ('b', 'r'), ('c', 'b'), ('z', 'x'), ('x', 'y'), ('y', 'z'), ('tail', 'x'), ('end', 'tail'))
         v(member, parent)`,
    );
    const hung = (member: string, root: string, depth: number) => ({ member, root, depth });
    expect(found).toEqual([
      hung('a', 'r', 1),
      hung('b', 'r', 1),
      hung('c', 'r', 2),
      hung('end', 'x', 2),
      hung('tail', 'x', 1),
      hung('x', 'x', 3),
      hung('y', 'x', 2),
      hung('z', 'x', 1),
    ]);
  });
});

describe('bursts', () => {
  it('those of a group who registered together, and nobody of a group that came when everybody did', async () => {
    await warehouse.run(`CREATE TABLE features.account_order AS
      SELECT 'p' || i AS account_id, i * 1000 AS created_at, i + 1 AS upto, 400 AS everybody FROM range(400) r(i)`);
    const found = await rows(
      't.bursts',
      `SELECT 'crowded' AS group_id, 'p' || (100 + i) AS account_id FROM range(8) r(i)
       UNION ALL SELECT 'crowded', 'p350' UNION ALL SELECT 'spread', 'p' || (i * 45) FROM range(8) r(i)`,
    );
    expect(found).toHaveLength(8);
    expect(found[0]).toMatchObject({
      group_id: 'crowded',
      account_id: 'p100',
      n: 9,
      in_bursts: 8,
      leads: true,
    });
    expect(found[7]).toMatchObject({ account_id: 'p107', members: 8, leads: false, first_at: 100_000 });
  });
});

it('a file of an unknown kind is an error that names the kinds', async () => {
  await expect(rows('t.cliques', 'SELECT 1 AS a, 2 AS b')).rejects.toMatchObject({ code: 'E_INTERNAL' });
});
