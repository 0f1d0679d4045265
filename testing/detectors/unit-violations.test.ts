/** Each rule of the contract alone: a unit in order, and one fault at a time. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { DetectorCases, DetectorMeta } from '../../contracts/detector.ts';
import { parseTree } from '../../pipelines/warehouse/sql-files.ts';
import { openWarehouse, type Warehouse } from '../../pipelines/warehouse/warehouse.ts';
import { HEADINGS } from './prose-rules.ts';
import type { Unit } from './unit.ts';
import { unitViolations } from './unit-violations.ts';

const META: DetectorMeta = {
  title: 'More cards than a board holds',
  states: 'A machine lists more cards than a board holds. Honest machines list no more than they have.',
  family: 'inventory',
  subject: 'device',
  links: false,
  needs: { devices: ['gpu_count'] },
  reads: ['raw.devices'],
  params: { most_cards: { value: 8, unit: 'cards', source: 'a count on public boards' } },
  levels: {
    plain: { reason: 'too-many-cards', says: 'This machine lists too many cards.', forgeableBy: 'operator' },
  },
  lookAlikes: ['full-board'],
  sources: ['NVIDIA HGX data sheet'],
  appeal: 'A picture of the board with its cards.',
};
const CASES: DetectorCases = {
  fraud: [{ name: 'nine', tables: {}, expect: ['d:plain'] }],
  honest: [{ name: 'full-board', tables: {} }],
  silent: [{ name: 'nothing', tables: {} }],
};
const SQL = `-- Machines with too many cards.
SELECT device_id AS subject_id FROM raw.devices WHERE gpu_count > $most_cards
`;
const NOTES = `# x-y\n\n${HEADINGS.map((heading, i) => `## ${heading}\n\nThis is what holds in number ${i}.\n`).join('\n')}`;
const SEEN = '-- All machines.\nSELECT device_id AS subject_id FROM raw.devices\n';

let warehouse: Warehouse;
beforeAll(async () => {
  warehouse = await openWarehouse({ path: ':memory:', threads: 1, memory: '100MB' });
});
afterAll(() => warehouse.close());

async function said(
  files: Record<string, string> = {},
  meta: Partial<DetectorMeta> = {},
  cases = CASES,
): Promise<string[]> {
  const all = new Map(Object.entries({ 'detector.sql': SQL, 'seen.sql': SEEN, 'notes.md': NOTES, ...files }));
  for (const [path, text] of all) if (text === '') all.delete(path);
  const unit: Unit = {
    detector: { id: 'x-y', meta: { ...META, ...meta }, sql: SQL, seenSql: SEEN },
    cases,
    files: all,
  };
  return (await unitViolations(unit, (sql) => parseTree(warehouse, sql))).map(({ says }) => says);
}

/** The statement with one more condition, on its third line. */
const where = (condition: string) => ({ 'detector.sql': `${SQL}AND ${condition}\n` });

describe('a statement', () => {
  it('is in order', async () => {
    expect(await said()).toEqual([]);
  });

  it.each([
    [
      "another unit's table",
      'device_id IN (FROM own.ping_residual)',
      'reads own.ping_residual, which this folder does not make',
    ],
    [
      'a stage of the pipeline',
      'device_id IN (FROM evidence.finding)',
      'reads evidence.finding: a unit reads raw, rollup, features, reference and its own tables',
    ],
    ['the truth', 'device_id IN (FROM raw.labels)', 'reads raw.labels: nobody but evaluate reads the truth'],
    ['a file', "device_id IN (FROM 'x.csv')", 'reads x.csv, which is no table of a schema'],
    [
      'another database',
      'device_id IN (FROM other.raw.devices)',
      'reads other.raw.devices: a table has a schema and no catalogue',
    ],
    ['a description', 'EXISTS (FROM (DESCRIBE raw.devices))', 'has SHOW_REF in FROM'],
    ['files', "EXISTS (FROM glob('*'))", 'calls the table function glob()'],
    ['an average', 'gpu_count > (SELECT "avg"(gpu_count) FROM raw.devices)', 'calls avg()'],
    ['today', 'registered_at < epoch_ms(current_timestamp)', 'calls current_timestamp()'],
    ['a setting', "current_setting('threads') = '1'", 'calls current_setting()'],
    [
      'a list without order',
      'len((SELECT list(device_id) FROM raw.devices)) > 1',
      'calls list() without ORDER BY',
    ],
  ])('may not name %s', async (_, condition, fault) => {
    const found = (await said(where(condition))).filter((line) => !line.startsWith('detector.ts: reads'));
    expect(found).toEqual([`detector.sql ${fault}`]);
  });

  it('names its own tables, makes rows of its own values and orders its lists', async () => {
    const sql = `-- Own.
WITH half AS (SELECT unnest(range(2)) AS i)
SELECT list(o.device_id ORDER BY o.device_id)[1:50] AS subject_id
FROM own.mine o, half, unnest([1]) u, raw.devices
WHERE gpu_count > $most_cards
`;
    expect(await said({ 'detector.sql': sql, 'models/mine.sql': SEEN })).toEqual([]);
  });

  it.each([
    ['nothing to parse', 'SELEC', /is no single SELECT/],
    ['two statements', `${SQL}; SELECT 1`, /holds 2 statements/],
    ['an INSERT', '-- x\nINSERT INTO t VALUES (1)', /is no single SELECT/],
    ['no claim', SQL.replace('--', '/* */ --'), /does not open with its claim/],
  ])('is one SELECT under its claim, not %s', async (_, sql, fault) => {
    expect((await said({ 'detector.sql': sql })).some((line) => fault.test(line))).toBe(true);
  });

  it('has twelve CTEs at most, or a reason', async () => {
    const ctes = Array.from({ length: 13 }, (_, i) => `c${i} AS (SELECT ${i < 2 ? i : 1})`).join(',\n');
    const sql = `-- Long.\nWITH ${ctes}\n${SQL.split('\n')[1]}\n`;
    expect(await said({ 'detector.sql': sql })).toEqual([
      'detector.sql has 13 CTEs, more than 12: split it into models',
    ]);
    expect(
      await said({ 'detector.sql': `-- Long because each step is one line of a table.\n${sql}` }),
    ).toEqual([]);
  });

  it('is 110 columns wide at most', async () => {
    expect(await said({ 'seen.sql': `${SEEN}-- ${'x'.repeat(107)}\n-- ${'é'.repeat(108)}\n` })).toEqual([
      'seen.sql:4 is 111 columns wide',
    ]);
  });
});

describe('a number', () => {
  it.each([
    ['an integer', 'gpu_count < 30', ['detector.sql:3 writes 30: give the number a name in params']],
    ['a decimal', 'gpu_count < 0.95', ['detector.sql:3 writes 0.95: give the number a name in params']],
    ['a double', 'gpu_count < 1e-9', ['detector.sql:3 writes 1e-9: give the number a name in params']],
    ['a negative one', 'gpu_count > -7', ['detector.sql:3 writes -7: give the number a name in params']],
    ['an interval', 'to_days(3) IS NULL', ['detector.sql:3 writes 3: give the number a name in params']],
    ['0, 1, 2 and a half', 'gpu_count * 0.5 > -1 + 2 * 0', []],
    [
      'digits and positions',
      "round(gpu_count, 4) || left(device_id, 8) || split_part(device_id, '-', 3) <> '7'",
      [],
    ],
    ['indices', 'len([device_id][1:50]) + len([device_id][3]) > 1', []],
    ['a type', 'CAST(gpu_count AS DECIMAL(18, 4)) > 1', []],
  ])('is named unless it is plain or a position: %s', async (_, condition, found) => {
    expect(await said(where(condition))).toEqual(found);
  });

  it('is named, used, and has unit and source', async () => {
    const other = { value: Number.NaN, unit: ' ', source: '' };
    expect(await said(where('gpu_count < $least'), { params: { ...META.params, Odd: other } })).toEqual([
      'detector.ts: params names no $least',
      'detector.ts: params names Odd, which nothing reads',
      'detector.ts: params has a bad name: Odd',
      'detector.ts: params gives Odd no finite value',
      'detector.ts: params gives Odd no unit',
      'detector.ts: params gives Odd no source',
    ]);
  });
});

describe('the rest of the folder', () => {
  it('declares what it reads and asks for columns that exist', async () => {
    expect(await said({}, { reads: ['raw.gpus'], needs: { devices: ['colour'] } })).toEqual([
      'detector.ts: reads declares raw.gpus, which nothing reads',
      'detector.ts: reads does not declare raw.devices',
      'detector.ts: needs devices.colour, which no dataset has',
    ]);
  });

  it.each([
    [
      'detector.ts',
      "import { meta } from '../ip-block/detector.ts';",
      'detector.ts imports ../ip-block/detector.ts',
    ],
    ['learn.ts', "import { readFileSync } from 'node:fs';", 'learn.ts imports node:fs'],
    ['learn.ts', 'export const at = Date.now();', 'learn.ts uses Date.now'],
    ['learn.ts', "export const sql = 'SELECT 1 FROM loaded.heartbeats';", 'learn.ts names loaded. in SQL'],
    ['learn.ts', 'export const sql = `SELECT 1 FROM read_csv(1)`;', 'learn.ts names read_csv( in SQL'],
    [
      'cases.ts',
      "import { cases } from '../ip-block/cases.ts';",
      'cases.ts imports detectors/ip-block/cases.ts',
    ],
  ])('%s stays in its room: %s', async (path, code, fault) => {
    expect(await said({ [path]: code })).toContain(fault);
  });

  it('has notes under their headings, and seen.sql', async () => {
    expect(await said({ 'notes.md': '', 'seen.sql': '' })).toEqual([
      'seen.sql is absent',
      'notes.md is absent',
    ]);
    expect((await said({ 'notes.md': NOTES.replace('## Null', '## Nil') }))[0]).toMatch(
      /^notes.md has the headings # x-y, .*Nil/,
    );
    expect(
      await said({ 'notes.md': NOTES.replace('This is what holds in number 2.', 'See above.') }),
    ).toEqual(['notes.md "Silent when" holds no sentence']);
  });

  it('states its claim in forty words', async () => {
    expect(await said({}, { states: `${'word '.repeat(41)}.` })).toEqual([
      'detector.ts: states has 41 words, more than 40',
    ]);
  });

  it('has a case of each kind, level and look-alike', async () => {
    const none: DetectorCases = { fraud: [], honest: [], silent: [] };
    expect(await said({}, {}, none)).toEqual([
      'cases.ts has no fraud case',
      'cases.ts has no honest case',
      'cases.ts has no silent case',
      'cases.ts has no fraud case that expects plain',
      'cases.ts has no honest case "full-board"',
    ]);
  });
});
