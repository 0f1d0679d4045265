import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { engineError } from './engine-error.ts';
import { openWarehouse, type Warehouse } from './warehouse.ts';

let folder: string;
let warehouse: Warehouse;
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'ghostcard-engine-'));
  warehouse = await openWarehouse({ path: ':memory:', threads: 1, memory: '16MB', temp: folder });
});
afterEach(() => {
  warehouse.close();
  rmSync(folder, { recursive: true, force: true });
});

const DISTINCT = 'SELECT DISTINCT md5(CAST(i AS VARCHAR)) AS digest FROM range(1000000) AS r (i)';

test('a query that fits neither in memory nor on disk is E_MEMORY, and names the limit', async () => {
  await warehouse.run("SET temp_directory = ''");
  const refused = { code: 'E_MEMORY', detail: { expected: expect.stringContaining('16MB') } };
  await expect(warehouse.run(`CREATE TABLE digests AS ${DISTINCT}`)).rejects.toMatchObject(refused);
  await expect(warehouse.rows(`SELECT count(*) AS n FROM (${DISTINCT})`)).rejects.toMatchObject(refused);
});

test('a spill that finds no room is E_DISK', async () => {
  await warehouse.run("SET max_temp_directory_size = '1MB'");
  await expect(warehouse.run(`CREATE TABLE digests AS ${DISTINCT}`)).rejects.toMatchObject({
    code: 'E_DISK',
  });
});

test('a write to a full disk is E_DISK', async () => {
  const write = "COPY (SELECT 1 AS one FROM range(100000)) TO '/dev/full' (FORMAT csv)";
  await expect(warehouse.run(write)).rejects.toMatchObject({
    code: 'E_DISK',
    detail: { got: expect.stringContaining('No space left on device') },
  });
});

test('other errors stay what they are', async () => {
  await expect(warehouse.run('SELECT nothing FROM nowhere')).rejects.toThrow('nowhere');
  const other = new Error('IO Error: Cannot open file "x": No such file or directory');
  expect(engineError(other, '1GB')).toBe(other);
});
