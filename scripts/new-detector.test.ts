/**
 * From the command to a unit that keeps the contract: one folder changes, and gone it leaves nothing behind.
 */
import { createHash } from 'node:crypto';
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import ts from 'typescript';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { loadDetectors } from '../pipelines/detect/registry.ts';
import { parseTree } from '../pipelines/warehouse/sql-files.ts';
import { type RunCase, ranViolations } from '../testing/detectors/case-rules.ts';
import { codeFaults } from '../testing/detectors/code-rules.ts';
import { type CaseBench, openCaseBench } from '../testing/detectors/harness.ts';
import { readUnit, type Unit } from '../testing/detectors/unit.ts';
import { unitViolations } from '../testing/detectors/unit-violations.ts';
import { newDetector, readArguments } from './new-detector.ts';
import { KINDS } from './scaffold/kind.ts';
import { formatSql } from './sql-format/format.ts';

const ROOT = fileURLToPath(new URL('../', import.meta.url));
const copy = mkdtempSync(join(tmpdir(), 'ghostcard-new-detector-'));
const units = pathToFileURL(join(copy, 'detectors/'));

let bench: CaseBench;
beforeAll(async () => {
  for (const room of [
    'contracts',
    'statistics',
    'detectors',
    'testing/detectors',
    'package.json',
    'tsconfig.json',
  ])
    cpSync(join(ROOT, room), join(copy, room), { recursive: true });
  symlinkSync(join(ROOT, 'node_modules'), join(copy, 'node_modules'));
  bench = await openCaseBench();
});
afterAll(() => {
  bench.close();
  rmSync(copy, { recursive: true });
});

/** Digest of every file of the copy, by path. */
function tree(): Map<string, string> {
  const files = readdirSync(copy, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  const paths = files.map((entry) => join(entry.parentPath, entry.name)).sort();
  const digest = (path: string) => createHash('sha256').update(readFileSync(path)).digest('hex');
  return new Map(paths.map((path) => [relative(copy, path), digest(path)]));
}

async function broken(unit: Unit): Promise<string[]> {
  const ran: RunCase[] = [];
  for (const kind of ['fraud', 'honest', 'silent'] as const) {
    for (const one of unit.cases[kind]) ran.push({ kind, one, result: await bench.run(unit.detector, one) });
  }
  const missed = ran.filter(
    ({ kind, one, result }) => kind === 'fraud' && result.findings.length !== one.expect!.length,
  );
  return [
    ...(await unitViolations(unit, (sql) => parseTree(bench.warehouse, sql))),
    ...ranViolations(unit, ran),
    ...missed.map(({ one }) => ({ kind: 'fraud', says: one.name })),
  ].map(({ kind }) => kind);
}

/** What an author does: words in place of the prompts, and a statement that finds. */
function fill(folder: string): void {
  for (const name of readdirSync(folder)) {
    const path = join(folder, name);
    let n = 0;
    const filled = readFileSync(path, 'utf8')
      .replace(/ AND FALSE/g, '')
      .replace(/Say here[^'*\n]*/g, () => `Statement number ${++n} of the file holds as it stands here.`)
      .replace(/say-here-who-looks-alike/g, 'just-below')
      .replace(/say here the plainest/g, 'the plainest');
    writeFileSync(path, filled);
  }
}

it('new units of every kind compile in the strictest mode', () => {
  const folders = KINDS.map((kind) => newDetector(`compiled-${kind}`, copy, kind));
  const { options } = ts.getParsedCommandLineOfConfigFile(
    join(copy, 'tsconfig.json'),
    {},
    { ...ts.sys, onUnRecoverableConfigFileDiagnostic: () => {} },
  )!;
  const files = folders.flatMap((folder) => readdirSync(folder).map((name) => join(folder, name)));
  const program = ts.createProgram(
    files.filter((name) => name.endsWith('.ts')),
    options,
  );
  const said = ts
    .getPreEmitDiagnostics(program)
    .map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, '\n'));
  expect(said).toEqual([]);
  for (const folder of folders) rmSync(folder, { recursive: true });
});

describe.each(KINDS)('a new unit: %s', (kind) => {
  const id = `card-of-${kind}`;

  it('starts red, turns green within its folder, and leaves nothing when it goes', async () => {
    const before = tree();
    const folder = newDetector(id, copy, kind);
    for (const name of ['detector.sql', 'seen.sql']) {
      const sql = readFileSync(join(folder, name), 'utf8');
      expect(formatSql(sql)).toBe(sql);
    }
    const red = new Set(await broken(await readUnit(id, units)));
    expect([...red].sort()).toEqual(['fraud', 'metadata', 'notes', 'params', 'prompt']);

    // A folder of its own, since a module is loaded once.
    const green = `${id}-filled`;
    cpSync(folder, join(copy, 'detectors', green), { recursive: true });
    rmSync(folder, { recursive: true });
    fill(join(copy, 'detectors', green));
    writeFileSync(
      join(copy, 'detectors', green, 'notes.md'),
      readFileSync(join(copy, 'detectors', green, 'notes.md'), 'utf8').replace(`# ${id}\n`, `# ${green}\n`),
    );
    expect(await broken(await readUnit(green, units))).toEqual([]);

    const changed = [...tree()].filter(([path, digest]) => before.get(path) !== digest).map(([path]) => path);
    expect(changed.filter((path) => !path.startsWith(`detectors/${green}/`))).toEqual([]);
    expect(changed.length).toBeGreaterThanOrEqual(5);
    rmSync(join(copy, 'detectors', green), { recursive: true });
    expect(tree()).toEqual(before);
  });
});

describe('a unit whose folder is deleted', () => {
  it('is gone, and no other unit misses it', async () => {
    const all = (await loadDetectors(units)).map(({ id }) => id);
    for (const id of ['wallet-shared', 'silicon-signature', 'behaviour-twins'])
      rmSync(join(copy, 'detectors', id), { recursive: true });
    const left = (await loadDetectors(units)).map(({ id }) => id);
    expect(left).toEqual(
      all.filter((id) => !['wallet-shared', 'silicon-signature', 'behaviour-twins'].includes(id)),
    );
    for (const id of left) expect(codeFaults(await readUnit(id, units))).toEqual([]);
  });
});

describe('newDetector', () => {
  it.each([
    undefined,
    '',
    'Single',
    'single',
    'two--hyphens',
    '../escape-it',
    'with space',
    '-lead',
    'trail-',
    'ümlaut-id',
  ])('refuses the id %j', (id) => {
    expect(() => newDetector(id, copy)).toThrow(expect.objectContaining({ code: 'E_USAGE' }));
  });

  it('never overwrites', () => {
    expect(() => newDetector('wallet-sweep', copy)).toThrow(/Choose another id/);
  });

  it('reads its command line', () => {
    expect(readArguments(['card-too-fast'])).toEqual({ id: 'card-too-fast', kind: 'device' });
    expect(readArguments(['--linking', 'one-purse'])).toEqual({ id: 'one-purse', kind: 'linking' });
    expect(() => readArguments(['one-purse', '--network'])).toThrow(
      expect.objectContaining({ code: 'E_USAGE' }),
    );
    expect(() => readArguments(['x-y', '--account', '--learned'])).toThrow(/one kind of unit/);
  });
});
