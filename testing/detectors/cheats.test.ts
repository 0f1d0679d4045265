/**
 * Three units that cheat, each refused with its reason. What the check does not stop, the sealed engine does.
 */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { parseTree } from '../../pipelines/warehouse/sql-files.ts';
import { openWarehouse } from '../../pipelines/warehouse/warehouse.ts';
import { type RunCase, ranViolations } from './case-rules.ts';
import { type CaseBench, openCaseBench } from './harness.ts';
import { readUnit } from './unit.ts';
import { unitViolations } from './unit-violations.ts';

const CHEATS = new URL('./cheats/', import.meta.url);

let bench: CaseBench;
beforeAll(async () => {
  bench = await openCaseBench();
});
afterAll(() => bench.close());

async function refusals(id: string): Promise<string[]> {
  const unit = await readUnit(id, CHEATS);
  const ran: RunCase[] = [];
  for (const kind of ['fraud', 'honest', 'silent'] as const) {
    for (const one of unit.cases[kind]) ran.push({ kind, one, result: await bench.run(unit.detector, one) });
  }
  const broken = await unitViolations(unit, (sql) => parseTree(bench.warehouse, sql));
  return [...broken, ...ranViolations(unit, ran)].map(({ says }) => says);
}

describe('a unit that cheats is refused', () => {
  it('with placeholders for prose and nobody honest in its cases', async () => {
    expect(await refusals('empty-words')).toEqual([
      'detector.ts: states still says "Say here"',
      'detector.ts: appeal holds no sentence',
      'detector.ts: levels.plain.says still says "TBD"',
      'detector.ts: sources is empty',
      'detector.ts: lookAlikes is empty: somebody honest always looks alike',
      'notes.md "Statistic" still says "TODO"',
      'notes.md "Null" still says "Lorem"',
      'notes.md "Silent when" still says "To be written"',
      'notes.md "Look-alikes" holds no sentence',
      'notes.md says the same under two headings',
      'cases.ts has no honest case',
    ]);
  });

  it('with the truth in its SQL', async () => {
    expect(await refusals('truth-teller')).toEqual([
      'detector.sql reads raw.labels: nobody but evaluate reads the truth',
      'detector.sql reads loaded.labels: a unit reads raw, rollup, features, reference and its own tables',
      'seen.sql reads labels.csv, which is no table of a schema',
      'detector.ts: reads does not declare loaded.labels',
      'detector.ts: reads does not declare raw.labels',
      'learn.ts names loaded. in SQL',
      'learn.ts names labels in SQL',
      'cases.ts: the look-alike "household" does not count: failed E_INTERNAL learner of own.answer: expected statements that read raw.accounts, got loaded.labels. Declare the table in `reads`, or leave it alone.',
    ]);
  });

  it('with a table function and an invented crowd', async () => {
    expect(await refusals('made-up-crowd')).toEqual([
      'detector.sql calls the table function duckdb_settings()',
      'cases.ts: the look-alike "quiet-machine" does not count: nobody in it can be accused',
      'detector.sql says tested 1000000 of the case "a machine of that model", which holds 1',
    ]);
  });
});

describe('a unit that reads a file', () => {
  const folder = mkdtempSync(join(tmpdir(), 'ghostcard-cheat-'));
  const file = join(folder, 'answers.csv');
  writeFileSync(file, 'device_id\nd\n');
  afterAll(() => rmSync(folder, { recursive: true }));

  it.each([
    ['by a table function', `FROM read_csv('${file}')`],
    ['by its name', `FROM '${file}'`],
    ['as text', `FROM (SELECT trim(split_part(content, chr(10), 2)) AS device_id FROM read_text('${file}'))`],
  ])('fails at run time, and only because the engine is sealed: %s', async (_, from) => {
    const { detector, cases } = await readUnit('empty-words', CHEATS);
    const sql = `SELECT device_id AS subject_id, 'plain' AS level, 1 AS tested, '{}' AS facts ${from}`;
    const open = await openWarehouse({ path: ':memory:', threads: 1, memory: '100MB' });
    expect(await open.rows(sql)).toMatchObject([{ subject_id: 'd' }]);
    open.close();
    const result = await bench.run({ ...detector, sql }, cases.fraud[0]!);
    expect(result).toMatchObject({ outcome: 'failed', findings: [], seen: 0 });
    expect(result.why).toMatch(/disabled/);
  });
});
