/** The contract that every detector keeps. Adding a folder adds its tests. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { TABLES, type TableName } from '../contracts/dataset.ts';
import type { CaseTables, DetectorCases } from '../contracts/detector.ts';
import { FINDING_COLUMNS, NETWORK_FINDING_COLUMNS } from '../contracts/evidence.ts';
import { loadDetectors } from '../pipelines/detect/registry.ts';
import { tablesRead } from '../pipelines/warehouse/sql-files.ts';
import { type CaseBench, type CaseResult, openCaseBench } from './case-harness.ts';
import { renameIds, repeatMessages, shuffleRows } from './transformations.ts';

const detectors = await loadDetectors();
const found = (result: CaseResult) =>
  result.findings.map(({ subject_id, level }) => `${subject_id}:${level}`).sort();

let bench: CaseBench;
beforeAll(async () => {
  bench = await openCaseBench();
});
afterAll(() => bench.close());

describe.each(detectors)('$id', (detector) => {
  const { id, meta, sql, seenSql } = detector;

  it('declares what its SQL reads', async () => {
    const read = new Set(await tablesRead(bench.warehouse, sql));
    for (const table of seenSql ? await tablesRead(bench.warehouse, seenSql) : []) read.add(table);
    expect([...read].sort()).toEqual([...meta.reads].sort());
  });

  it('returns the columns of a finding', async () => {
    const columns = Object.fromEntries(
      (await bench.warehouse.describe(sql)).map(({ name, type }) => [name, type]),
    );
    expect(columns).toEqual(meta.subject === 'network' ? NETWORK_FINDING_COLUMNS : FINDING_COLUMNS);
  });

  it('names real tables and columns, opens with its claim, and has levels, sources and an appeal', () => {
    for (const [table, columns] of Object.entries(meta.needs)) {
      expect(Object.keys(TABLES[table as TableName].shape)).toEqual(expect.arrayContaining([...columns]));
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

for (const { id, ...detector } of detectors) {
  const cases = await casesOf(id);
  describe(`${id} cases`, () => {
    it.each(cases.fraud)('fraud: $name', async (one) => {
      const result = await bench.run({ id, ...detector }, one);
      expect(result.why).toBe('');
      expect(found(result)).toEqual([...(one.expect ?? [])].sort());
    });

    it.each(cases.fraud)('fraud, shuffled and renamed and repeated: $name', async (one) => {
      const variants: [string, CaseTables, (item: string) => string][] = [
        ['shuffled', shuffleRows(one.tables), (item) => item],
        ['repeated', repeatMessages(one.tables), (item) => item],
        ['renamed', renameIds(one.tables), (item) => `x-${item}`],
      ];
      for (const [name, tables, rename] of variants) {
        const result = await bench.run({ id, ...detector }, { ...one, tables });
        const expected = (one.expect ?? []).map(meta(detector.meta.subject, rename)).sort();
        expect(found(result), name).toEqual(expected);
      }
    });

    it.each(cases.honest)('honest: $name', async (one) => {
      expect(found(await bench.run({ id, ...detector }, one))).toEqual([]);
    });

    it.each(cases.silent)('silent: $name', async (one) => {
      const result = await bench.run({ id, ...detector }, one);
      expect(result.outcome).not.toBe('failed');
      expect(found(result)).toEqual([]);
    });
  });
}

/** A network finding is named by its metric, which renaming leaves alone. */
function meta(subject: string, rename: (item: string) => string): (item: string) => string {
  return subject === 'network' ? (item) => item : rename;
}

async function casesOf(id: string): Promise<DetectorCases> {
  return ((await import(`./${id}/cases.ts`)) as { cases: DetectorCases }).cases;
}
