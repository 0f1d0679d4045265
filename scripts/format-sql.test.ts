import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { filesUnder } from './files-under.ts';
import { formatFiles } from './format-sql.ts';

const folder = mkdtempSync(join(tmpdir(), 'ghostcard-format-sql-'));
afterAll(() => rmSync(folder, { recursive: true }));

const write = (path: string, text: string): string => {
  mkdirSync(join(folder, path, '..'), { recursive: true });
  writeFileSync(join(folder, path), text);
  return join(folder, path);
};

it('names what differs, writes it once and leaves what is not ours', () => {
  const rough = write('b/rough.sql', 'SELECT\n1');
  const smooth = write('a/smooth.sql', 'SELECT 1\n');
  write('node_modules/x/y.sql', 'SELECT\n1');
  write('.hidden/y.sql', 'SELECT\n1');
  expect(filesUnder(folder, '.sql')).toEqual([smooth, rough]);
  expect(formatFiles(folder, true)).toEqual([rough]);
  expect(readFileSync(rough, 'utf8')).toBe('SELECT\n1');
  expect(formatFiles(folder, false)).toEqual([rough]);
  expect(readFileSync(rough, 'utf8')).toBe('SELECT 1\n');
  expect(formatFiles(folder, true)).toEqual([]);
});

it('names the file that is no SQL', () => {
  const broken = write('c/broken.sql', 'SELECT 1\n, (2');
  expect(() => formatFiles(folder, true)).toThrow(`${broken}, line 2 of an SQL text`);
});
