import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { circles } from './circles.ts';
import { COMPUTED_IMPORTS, MAY_READ_CLOCK, ROOMS, TEST_SUPPORT } from './rooms.ts';
import { codeViolations, nameViolations, roomOf, type SourceFile, sqlViolations } from './violations.ts';

const ROOT = fileURLToPath(new URL('../', import.meta.url));
const TOP = [
  'apps',
  'bench',
  'contracts',
  'detectors',
  'fixtures',
  'inventory',
  'pipelines',
  'presets',
  'reports',
  'runs',
  'scripts',
  'statistics',
  'test',
  'testing',
];

function filesUnder(folder: string): SourceFile[] {
  return readdirSync(join(ROOT, folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && /\.(ts|sql)$/.test(entry.name))
    .map((entry) => {
      const full = join(entry.parentPath, entry.name);
      return { path: relative(ROOT, full).split(sep).join('/'), text: readFileSync(full, 'utf8') };
    });
}

const files = TOP.filter((folder) => existsSync(join(ROOT, folder))).flatMap(filesUnder);
const code = files.filter(({ path }) => path.endsWith('.ts'));
const sql = files.filter(({ path }) => path.endsWith('.sql'));
const inRoom = (path: string, ...rooms: string[]) => rooms.some((room) => path.startsWith(room));

describe('the house', () => {
  it('is really looked at', () => {
    expect(code.length).toBeGreaterThan(100);
    expect(sql.length).toBeGreaterThan(20);
  });

  it('gives every file of the program a room', () => {
    const homeless = code.filter(
      ({ path }) =>
        inRoom(
          path,
          'contracts/',
          'pipelines/',
          'detectors/',
          'presets/',
          'reports/',
          'fixtures/',
          'apps/',
          'inventory/',
          'runs/',
          'statistics/',
        ) && !roomOf(path),
    );
    expect(homeless.map(({ path }) => path)).toEqual([]);
  });

  it('lets nobody import whom the table does not name, and no clock, chance or locale in', () => {
    expect(code.flatMap(codeViolations)).toEqual([]);
  });

  it('has no circle of imports', () => {
    expect(circles(code)).toEqual([]);
    const pair = [
      { path: 'reports/a.ts', text: "import type { B } from './b.ts';" },
      { path: 'reports/b.ts', text: "import type { A } from './a.ts';" },
    ];
    expect(circles(pair)).toEqual([['reports/a.ts', 'reports/b.ts']]);
  });

  it('uses only SQL whose result is the same on every machine', () => {
    const judged = sql.filter(({ path }) => inRoom(path, 'pipelines/', 'detectors/'));
    expect(judged.flatMap(sqlViolations)).toEqual([]);
  });

  it('opens every SQL file with its claim', () => {
    expect(sql.filter(({ text }) => !text.startsWith('-- ')).map(({ path }) => path)).toEqual([]);
  });

  it('calls nothing utils', () => {
    expect(files.flatMap(({ path }) => nameViolations(path))).toEqual([]);
  });

  it('keeps no stale line in its table', () => {
    const named = [
      ...ROOMS.map(({ room }) => room),
      ...Object.keys(COMPUTED_IMPORTS),
      ...MAY_READ_CLOCK,
      ...TEST_SUPPORT,
    ];
    expect(named.filter((path) => !files.some((file) => file.path.startsWith(path)))).toEqual([]);
    const packages = new Set(
      Object.keys(JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')).dependencies),
    );
    expect(ROOMS.flatMap((room) => room.packages).filter((name) => !packages.has(name))).toEqual([]);
  });
});

describe('a violation', () => {
  it.each([
    ['a detector that reads files', 'detectors/x/detector.ts', "import { readFileSync } from 'node:fs';"],
    [
      'a detector that imports another',
      'detectors/x/detector.ts',
      "import { meta } from '../y/detector.ts';",
    ],
    [
      'a detector that asks the warehouse',
      'detectors/x/detector.ts',
      "import type { W } from '../../pipelines/warehouse/warehouse.ts';",
    ],
    ['a contract that imports us', 'contracts/x.ts', "import '../pipelines/audit.ts';"],
    ['a report that opens a socket', 'reports/html/x.ts', "import net from 'node:net';"],
    [
      'a stage with the DuckDB client',
      'pipelines/judge/x.ts',
      "import { DuckDBInstance } from '@duckdb/node-api';",
    ],
    [
      'a stage that reads another stage',
      'pipelines/judge/x.ts',
      "export { a } from '../cluster/cluster.ts';",
    ],
    [
      'TensorFlow.js outside learn',
      'pipelines/detect/x.ts',
      "const tf = await import('@tensorflow/tfjs-core');",
    ],
    ['require', 'pipelines/detect/x.ts', "const fs = require('node:net');"],
    ['a type by import()', 'contracts/x.ts', "export type A = import('../reports/csv/csv.ts').A;"],
    ['a builtin without its prefix', 'pipelines/warehouse/x.ts', "import { readFileSync } from 'fs';"],
    [
      'a production file that uses test support',
      'pipelines/judge/x.ts',
      "import { scene } from '../../testing/scene.ts';",
    ],
    ['a computed module', 'pipelines/judge/x.ts', 'const m = await import(name);'],
    ['the clock', 'reports/x.ts', 'export const at = Date.now();'],
    ['today', 'pipelines/judge/x.ts', 'export const at = new Date();'],
    ['chance', 'fixtures/x.ts', 'export const n = Math.random();'],
    ['the language of the machine', 'pipelines/judge/x.ts', 'ids.sort((a, b) => a.localeCompare(b));'],
    ['a clock in a test', 'pipelines/judge/x.test.ts', 'const at = Date.now();'],
    ['unordered SQL inside code', 'pipelines/judge/x.ts', 'const sql = `SELECT any_value(a) FROM t`;'],
    ['a barrel', 'apps/cli/index.ts', ''],
  ])('is caught: %s', (_, path, text) => {
    expect(codeViolations({ path, text })).toHaveLength(1);
  });

  it.each([
    ['avg', 'SELECT avg(x) FROM t'],
    ['first', 'SELECT FIRST (x) FROM t'],
    ['approx_quantile', 'SELECT approx_quantile(x, 0.5) FROM t'],
    ['an unordered list', 'SELECT list(f(x) ) FROM t ORDER BY a'],
    ['a clock without parentheses', 'SELECT current_timestamp'],
  ])('in SQL is caught: %s', (_, text) => {
    expect(sqlViolations({ path: 'x.sql', text })).toHaveLength(1);
  });

  it('is not what only looks like one', () => {
    const text =
      "-- avg(x)\nSELECT list(x ORDER BY x), 'now()', list_value(1), last_at, fsum(x), t.first FROM t";
    expect(sqlViolations({ path: 'x.sql', text })).toEqual([]);
    const fine =
      "// Date.now()\nimport { z } from 'zod';\nexport const at = new Date(0); export const s = 'Math.random()';";
    expect(codeViolations({ path: 'contracts/x.ts', text: fine })).toEqual([]);
  });

  it('of names is caught', () => {
    expect(nameViolations('pipelines/utils/x.ts')).toHaveLength(1);
    expect(nameViolations('reports/helpers.ts')).toHaveLength(1);
    expect(nameViolations('reports/html/html.ts')).toEqual([]);
  });
});
