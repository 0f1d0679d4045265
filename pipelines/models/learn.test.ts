import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Learner } from '../../contracts/learner.ts';
import { createSchema } from '../warehouse/schema.ts';
import { openWarehouse, type Warehouse } from '../warehouse/warehouse.ts';
import { fillLearned, tensors } from './learn.ts';

let warehouse: Warehouse;
beforeAll(async () => {
  warehouse = await openWarehouse({ path: ':memory:', threads: 1, memory: '500MB' });
  await createSchema(warehouse);
  await warehouse.run("INSERT INTO loaded.labels VALUES ('account', 'a', 'bad', NULL, NULL, NULL)");
  await warehouse.run('CREATE TABLE features.seen AS SELECT 3 AS n');
});
afterAll(() => warehouse.close());

const fill = (sql: string) => {
  const learner: Learner = {
    name: 'learned',
    reads: ['features.seen'],
    columns: { n: 'BIGINT', name: 'VARCHAR' },
    fill: async ({ tables, append }) =>
      append((await tables.rows<{ n: number }>(sql)).map(({ n }) => ({ name: 'x', n }))),
  };
  const { backend } = tensors();
  return fillLearned(warehouse, 'own', learner, { snapshot: 0, params: {}, backend });
};

it('appends rows by the names of their columns', async () => {
  await fill('SELECT n FROM features.seen');
  expect(await warehouse.rows('SELECT * FROM own.learned')).toEqual([{ n: 3, name: 'x' }]);
});

it.each([
  ['the truth', `SELECT count(*) AS n FROM ${'loaded'}.labels`],
  ['a file', "SELECT count(*) AS n FROM read_text('package.json')"],
  ['what it does not declare', 'SELECT count(*) AS n FROM raw.accounts'],
])('refuses a learner that reads %s', async (_, sql) => {
  await expect(fill(sql)).rejects.toMatchObject({ code: 'E_INTERNAL' });
});

it('refuses a statement that is no SELECT', async () => {
  await expect(fill('DROP TABLE features.seen')).rejects.toThrow();
});
