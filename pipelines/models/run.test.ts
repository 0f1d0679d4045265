import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { openWarehouse, type Warehouse } from '../warehouse/warehouse.ts';
import { buildTables, type ModelOptions, planTables, quietEffects } from './run.ts';

let warehouse: Warehouse;
let path: string;

beforeEach(async () => {
  path = mkdtempSync(join(tmpdir(), 'ghostcard-models-'));
  warehouse = await openWarehouse({ path: ':memory:', threads: 1, memory: '500MB' });
  await warehouse.run('CREATE SCHEMA features; CREATE SCHEMA raw; CREATE TABLE raw.devices (seen BIGINT)');
});
afterEach(() => {
  warehouse.close();
  rmSync(path, { recursive: true });
});

function write(models: Readonly<Record<string, string>>): URL {
  for (const [name, sql] of Object.entries(models)) writeFileSync(join(path, `${name}.sql`), sql);
  return pathToFileURL(`${path}/`);
}

async function build(folder: URL, options: ModelOptions): Promise<string[]> {
  const plan = await planTables(warehouse, 'features', { folder, learners: [] });
  return buildTables('features', plan, options, quietEffects(warehouse));
}

const CHAIN = {
  alpha: 'SELECT count(*) AS n FROM features.beta WHERE seen <= $snapshot',
  beta: 'WITH gamma AS (SELECT seen + 1 AS seen FROM features.zeta) SELECT seen FROM gamma',
  gamma: 'SELECT 1 AS one FROM raw.devices',
  zeta: 'SELECT seen FROM raw.devices;\n',
};

test('models run after what they read, with the snapshot bound', async () => {
  await warehouse.run('INSERT INTO raw.devices VALUES (8), (9), (10)');
  const built = await build(write(CHAIN), { snapshot: 10 });
  expect(built).toEqual(['features.zeta', 'features.beta', 'features.alpha', 'features.gamma']);
  expect(await warehouse.rows('SELECT n FROM features.alpha')).toEqual([{ n: 2 }]);
});

test('empty inputs give empty tables', async () => {
  await build(write(CHAIN), { snapshot: 10 });
  expect(await warehouse.rows('SELECT * FROM features.beta')).toEqual([]);
});

test('only: the closure of the wanted tables and nothing else', async () => {
  const folder = write(CHAIN);
  const built = await build(folder, { snapshot: 10, only: ['features.beta'] });
  expect(built).toEqual(['features.zeta', 'features.beta']);
  expect(await build(folder, { snapshot: 10, only: [] })).toEqual([]);
});

test('a wanted table without a model is an error', async () => {
  const folder = write(CHAIN);
  await expect(build(folder, { snapshot: 10, only: ['features.nought'] })).rejects.toMatchObject({
    code: 'E_INTERNAL',
    detail: { subject: 'features.nought' },
  });
});

test('a circle is named', async () => {
  const folder = write({
    a: 'SELECT 1 FROM features.b',
    b: 'SELECT 1 FROM features.c',
    c: 'SELECT 1 FROM features.b',
  });
  await expect(build(folder, { snapshot: 0 })).rejects.toMatchObject({
    code: 'E_INTERNAL',
    detail: { got: 'features.b → features.c → features.b' },
  });
});
