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
