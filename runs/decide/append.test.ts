import {
  chmodSync,
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeEach, describe, expect, it } from 'vitest';
import { readDecisions } from '../../pipelines/judge/decisions-file.ts';
import { appendDecisions } from './append.ts';

const base = mkdtempSync(join(tmpdir(), 'ghostcard-append-'));
afterAll(() => rmSync(base, { recursive: true }));
let folder: string;
let file: string;
beforeEach(() => {
  folder = mkdtempSync(join(base, 'case-'));
  file = join(folder, 'decisions.ndjson');
});

const signed = { by: 'ann', at: '2024-04-25T00:00:00Z', why: 'seen' };
const clear = (subject: string) => JSON.stringify({ subject, verdict: 'clear', evidence: [], ...signed });
const merge = JSON.stringify({ operator: 'merge', accounts: ['a', 'b'], ...signed });

describe('appending', () => {
  it('makes the file, and adds to it without touching a byte of what is there', () => {
    appendDecisions(file, [clear('a')]);
    const before = readFileSync(file, 'utf8');
    appendDecisions(file, [merge, clear('b')]);
    expect(readFileSync(file, 'utf8')).toBe(`${before}${merge}\n${clear('b')}\n`);
    expect(readDecisions(file)).toMatchObject({
      verdicts: [{ subject: 'a' }, { subject: 'b' }],
      operators: [{}],
    });
    expect(readdirSync(folder)).toEqual(['decisions.ndjson']);
  });

  it('ends a last line that has no end', () => {
    writeFileSync(file, clear('a'));
    appendDecisions(file, [clear('b')]);
    expect(readDecisions(file).verdicts).toHaveLength(2);
  });

  it('follows a symbolic link and keeps the mode of the file', () => {
    const target = join(folder, 'kept.ndjson');
    writeFileSync(target, '');
    chmodSync(target, 0o600);
    symlinkSync(target, file);
    appendDecisions(file, [clear('a')]);
    expect(readDecisions(target).verdicts).toHaveLength(1);
    expect(statSync(target).mode & 0o777).toBe(0o600);
  });

  it.each([
    ['a file that no run would take', () => writeFileSync(file, '{"broken\n'), clear('a'), 'E_DECISIONS'],
    ['a line that no run would take', () => writeFileSync(file, ''), '{"subject":"a"}', 'E_DECISIONS'],
    ['two lines in one', () => {}, `${clear('a')}\n{`, 'E_DECISIONS'],
    ['a file that another process writes', () => writeFileSync(`${file}.lock`, ''), clear('a'), 'E_BUSY'],
  ])('refuses %s and leaves everything as it was', (_, prepare, line, code) => {
    prepare();
    const before = readdirSync(folder).map((name) => [name, readFileSync(join(folder, name), 'utf8')]);
    expect(() => appendDecisions(file, [line])).toThrow(expect.objectContaining({ code }));
    expect(readdirSync(folder).map((name) => [name, readFileSync(join(folder, name), 'utf8')])).toEqual(
      before,
    );
  });

  it('says where it cannot write', () => {
    expect(() => appendDecisions(join(folder, 'nowhere', 'd.ndjson'), [clear('a')])).toThrow(
      expect.objectContaining({ code: 'E_DISK' }),
    );
    expect(existsSync(join(folder, 'nowhere'))).toBe(false);
  });
});
