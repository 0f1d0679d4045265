import { mkdirSync, mkdtempSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { checkApart } from './places.ts';

let base: string;
beforeEach(() => {
  base = mkdtempSync(join(tmpdir(), 'ghostcard-places-'));
  mkdirSync(join(base, 'data'));
  symlinkSync(join(base, 'data'), join(base, 'link'));
});
afterEach(() => rmSync(base, { recursive: true, force: true }));

const apart = (out: string, workspace = 'cache') =>
  checkApart({ dataset: join(base, 'data'), out: join(base, out), workspace: join(base, workspace) });

it('refuses a run or a workspace in the dataset, also through a link', () => {
  for (const inside of ['data', 'data/run', 'data/a/b/c', 'link', 'link/a/run']) {
    expect(() => apart(inside)).toThrow(/E_USAGE --out/);
    expect(() => apart('run', inside)).toThrow(/E_USAGE --workspace/);
  }
});

it('takes neighbours, also of a like name, and folders around the dataset', () => {
  for (const outside of ['run', 'data-run', 'data.workspace', 'a/data', '.']) {
    expect(() => apart(outside, outside)).not.toThrow();
  }
});
