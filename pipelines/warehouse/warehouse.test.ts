import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { tablesRead } from './sql-files.ts';
import { openWarehouse, parameterNames } from './warehouse.ts';
import { openWorkspace } from './workspace.ts';

describe('warehouse', () => {
  it('binds only the parameters that a statement names', async () => {
    const warehouse = await openWarehouse({ path: ':memory:', threads: 1, memory: '256MB' });
    expect(parameterNames("SELECT $one, '$two' -- $three")).toEqual(new Set(['one']));
    expect(await warehouse.row('SELECT $one + 1 AS n', { one: 41, two: 0 })).toEqual({ n: 42 });
    warehouse.close();
  });

  it('refuses integers that a double cannot hold', async () => {
    const warehouse = await openWarehouse({ path: ':memory:', threads: 1, memory: '256MB' });
    await expect(warehouse.rows('SELECT 9007199254740993::BIGINT AS n')).rejects.toThrow(RangeError);
    warehouse.close();
  });

  it('finds the tables that a statement reads, through CTEs, subqueries and ASOF joins', async () => {
    const warehouse = await openWarehouse({ path: ':memory:', threads: 1, memory: '256MB' });
    const sql = `WITH a AS (SELECT * FROM raw.accounts)
      SELECT * FROM a ASOF JOIN raw.gpus g ON a.created_at >= g.seen_at
      WHERE EXISTS (SELECT 1 FROM features.x WHERE x.n = $snapshot)`;
    expect(await tablesRead(warehouse, sql)).toEqual(['features.x', 'raw.accounts', 'raw.gpus']);
    warehouse.close();
  });
});

describe('workspace', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'ghostcard-'));
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));
  const open = () => openWorkspace({ folder, threads: 1, memoryBytes: 2 ** 28 });

  it('is held by one audit at a time', async () => {
    const first = await open();
    await expect(open()).rejects.toMatchObject({ code: 'E_WORKSPACE', exitCode: 75 });
    first.close();
    (await open()).close();
  });

  it('takes over the lock of a dead process, also of one that had our number', async () => {
    for (const pid of [2147483646, process.pid]) {
      writeFileSync(join(folder, 'lock'), String(pid));
      (await open()).close();
    }
  });

  it('discards a database file that cannot be opened', async () => {
    (await open()).close();
    writeFileSync(join(folder, 'warehouse.duckdb'), 'not a database');
    const workspace = await open();
    expect(await workspace.warehouse.row('SELECT count(*) AS n FROM loaded.accounts')).toEqual({ n: 0 });
    workspace.close();
  });

  it('discards what another layout left', async () => {
    const first = await open();
    await first.warehouse.run('CREATE TABLE loaded.old (n INT)');
    first.close();
    writeFileSync(join(folder, 'layout'), '0');
    const second = await open();
    await expect(second.warehouse.rows('FROM loaded.old')).rejects.toThrow();
    second.close();
  });
});

describe('a sealed warehouse', () => {
  it('reads the folders that it is given and nothing else, changes no setting, and leaves its work behind', async () => {
    const inside = mkdtempSync(join(tmpdir(), 'ghostcard-inside-'));
    const outside = mkdtempSync(join(tmpdir(), 'ghostcard-outside-'));
    const path = join(outside, 'sealed.duckdb');
    for (const folder of [inside, outside]) writeFileSync(join(folder, 'a.csv'), 'n\n1\n');
    const warehouse = await openWarehouse({ path, threads: 1, memory: '500MB' });
    const read = (folder: string) => `SELECT n FROM read_csv('${join(folder, 'a.csv')}')`;
    await warehouse.sealed([inside], async (sealed) => {
      expect(await sealed.rows(read(inside))).toEqual([{ n: 1 }]);
      await expect(sealed.rows(read(outside))).rejects.toThrow(/disabled by configuration/);
      await expect(sealed.run('SET enable_external_access = true')).rejects.toThrow(/locked/);
      await sealed.run('CREATE TABLE made AS SELECT 2 AS n');
    });
    expect(await warehouse.rows('SELECT n FROM made')).toEqual([{ n: 2 }]);
    expect(await warehouse.rows(read(outside))).toEqual([{ n: 1 }]);
    warehouse.close();
    for (const folder of [inside, outside]) rmSync(folder, { recursive: true });
  });
});
