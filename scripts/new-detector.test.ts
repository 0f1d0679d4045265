import { cpSync, mkdirSync, mkdtempSync, readdirSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import ts from 'typescript';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { DetectorCases, DetectorMeta } from '../contracts/detector.ts';
import { openCaseBench } from '../testing/detectors/harness.ts';
import { newDetector } from './new-detector.ts';
import { formatSql } from './sql-format/format.ts';

const ROOT = fileURLToPath(new URL('../', import.meta.url));
const copy = mkdtempSync(join(tmpdir(), 'ghostcard-new-detector-'));
afterAll(() => rmSync(copy, { recursive: true }));

let folder: string;
beforeAll(() => {
  cpSync(join(ROOT, 'contracts'), join(copy, 'contracts'), { recursive: true });
  cpSync(join(ROOT, 'tsconfig.json'), join(copy, 'tsconfig.json'));
  cpSync(join(ROOT, 'package.json'), join(copy, 'package.json'));
  symlinkSync(join(ROOT, 'node_modules'), join(copy, 'node_modules'));
  mkdirSync(join(copy, 'detectors'));
  cpSync(join(ROOT, 'detectors', 'case-rows.ts'), join(copy, 'detectors', 'case-rows.ts'));
  folder = newDetector('card-too-fast', copy);
});

const load = async <T>(file: string) => (await import(pathToFileURL(join(folder, file)).href)) as T;

describe('newDetector', () => {
  it('writes the four files of a detector', () => {
    expect(readdirSync(folder).sort()).toEqual(['cases.ts', 'detector.sql', 'detector.ts', 'notes.md']);
  });

  it('writes code that compiles in the strictest mode', () => {
    const parsed = ts.getParsedCommandLineOfConfigFile(
      join(copy, 'tsconfig.json'),
      {},
      {
        ...ts.sys,
        onUnRecoverableConfigFileDiagnostic: () => {},
      },
    )!;
    const program = ts.createProgram([join(folder, 'detector.ts'), join(folder, 'cases.ts')], parsed.options);
    const said = ts
      .getPreEmitDiagnostics(program)
      .map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, '\n'));
    expect(said).toEqual([]);
  });

  it('lays its SQL out', () => {
    const sql = ts.sys.readFile(join(folder, 'detector.sql'))!;
    expect(formatSql(sql)).toBe(sql);
  });

  it('runs, and starts red: a fraud that it does not find, no source, no appeal', async () => {
    const { meta } = await load<{ meta: DetectorMeta }>('detector.ts');
    const { cases } = await load<{ cases: DetectorCases }>('cases.ts');
    const sql = ts.sys.readFile(join(folder, 'detector.sql'))!;
    const bench = await openCaseBench();
    const result = await bench.run({ id: 'card-too-fast', meta, sql, seenSql: null }, cases.fraud[0]!);
    bench.close();
    expect(result).toEqual({ outcome: 'ran', why: '', findings: [] });
    expect(cases.fraud[0]!.expect).toEqual(['d:plain']);
    expect([meta.sources, meta.appeal]).toEqual([[], '']);
  });

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
    expect(() => newDetector('card-too-fast', copy)).toThrow(/Choose another id/);
  });
});
