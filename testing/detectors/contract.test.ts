/** The contract that every detector keeps. Adding a folder adds its tests. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { columnsOf, type InputTableName } from '../../contracts/dataset.ts';
import { FINDING_COLUMNS, NETWORK_FINDING_COLUMNS } from '../../contracts/evidence.ts';
import { planOwn } from '../../pipelines/detect/own-tables.ts';
import { loadDetectors } from '../../pipelines/detect/registry.ts';
import { tablesRead } from '../../pipelines/warehouse/sql-files.ts';
import { type CaseBench, openCaseBench } from './harness.ts';
import { casesOf } from './suite.ts';

const detectors = await loadDetectors();

let bench: CaseBench;
beforeAll(async () => {
  bench = await openCaseBench();
});
afterAll(() => bench.close());

describe.each(detectors)('$id', (detector) => {
  const { id, meta, sql, seenSql } = detector;

  it('declares what its SQL and its models read', async () => {
    const plan = await planOwn(bench.warehouse, detector);
    const read = new Set(plan.flatMap(({ reads }) => reads));
    for (const text of [sql, seenSql]) {
      for (const table of text ? await tablesRead(bench.warehouse, text) : []) read.add(table);
    }
    const own = new Set(plan.map(({ name }) => `own.${name}`));
    expect([...read].filter((table) => !own.has(table)).sort()).toEqual([...meta.reads].sort());
  });

  it('returns columns of a finding, the needed ones among them', async () => {
    const allowed: Readonly<Record<string, string>> =
      meta.subject === 'network' ? NETWORK_FINDING_COLUMNS : FINDING_COLUMNS;
    const needed =
      meta.subject === 'network' ? Object.keys(allowed) : ['subject_id', 'level', 'tested', 'facts'];
    const columns = await bench.columns(detector);
    expect(Object.keys(columns)).toEqual(expect.arrayContaining(needed));
    for (const [name, type] of Object.entries(columns)) expect([name, type]).toEqual([name, allowed[name]]);
  });

  it('names real tables and columns, opens with its claim, and has levels, sources and an appeal', () => {
    for (const [table, columns] of Object.entries(meta.needs)) {
      const known = columnsOf(table as InputTableName).map(({ name }) => name);
      expect(known).toEqual(expect.arrayContaining([...columns]));
    }
    expect(sql.startsWith('-- ')).toBe(true);
    expect(Object.keys(meta.levels).length).toBeGreaterThan(0);
    expect(meta.sources.length).toBeGreaterThan(0);
    expect(meta.appeal).not.toBe('');
  });

  it('uses no function whose result depends on threads or order', () => {
    const code = sql.replace(/--[^\n]*/g, '');
    expect(code).not.toMatch(
      /\b(avg|stddev\w*|variance|var_\w+|corr|first|last|any_value|arg_max|arg_min|approx_\w+|now|random|current_\w+)\s*\(/i,
    );
  });

  it('has cases of each kind, one honest case per look-alike', async () => {
    const cases = await casesOf(id);
    expect(cases.fraud.length).toBeGreaterThan(0);
    expect(cases.silent.length).toBeGreaterThan(0);
    expect(cases.honest.map(({ name }) => name)).toEqual(expect.arrayContaining([...meta.lookAlikes]));
    for (const level of Object.keys(meta.levels)) {
      expect(
        cases.fraud.flatMap((one) => (one.expect ?? []).map((item) => item.split(':').at(-1))),
      ).toContain(level);
    }
  });
});
