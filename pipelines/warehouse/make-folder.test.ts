import { existsSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { makeFolder, nearestExisting } from './make-folder.ts';

let base: string;
beforeEach(() => {
  base = mkdtempSync(join(tmpdir(), 'ghostcard-make-'));
});
afterEach(() => rmSync(base, { recursive: true, force: true }));

it('makes every folder that is absent, and leaves those that are there', () => {
  expect(nearestExisting(join(base, 'a/b/c'))).toBe(base);
  makeFolder(join(base, 'a/b/c'));
  makeFolder(join(base, 'a/b/c'));
  expect(nearestExisting(join(base, 'a/b/c'))).toBe(join(base, 'a/b/c'));
  mkdirSync(join(base, 'real'));
  symlinkSync(join(base, 'real'), join(base, 'link'));
  makeFolder(join(base, 'link/d'));
  expect(existsSync(join(base, 'real/d'))).toBe(true);
});

it('throws where a file stands, or a link that leads nowhere', () => {
  writeFileSync(join(base, 'file'), '');
  symlinkSync(join(base, 'nowhere'), join(base, 'dangling'));
  for (const path of ['file', 'file/a', 'file/a/b', 'dangling', 'dangling/a'])
    expect(() => makeFolder(join(base, path)), path).toThrow();
});

// Linux alone has /proc; Node's recursive mkdir never returns there.
it.runIf(process.platform === 'linux')('ends where the file system takes no folder', () => {
  for (const path of ['/proc/ghostcard', '/proc/ghostcard/a/b', '/proc/self/ghostcard', '/dev/null/a'])
    expect(() => makeFolder(path), path).toThrow();
});
