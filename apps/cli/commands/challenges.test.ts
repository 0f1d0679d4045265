import { existsSync, mkdtempSync, readFileSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CommanderError } from '@commander-js/extra-typings';
import { afterAll, afterEach, beforeAll, expect, it, vi } from 'vitest';
import { publish } from '../../../pipelines/publish/publish.ts';
import { tinyInput } from '../../../testing/tiny-input.ts';
import { tinyWarehouse } from '../../../testing/tiny-warehouse.ts';
import { challengesCommand } from './challenges.ts';

const folder = mkdtempSync(join(tmpdir(), 'ghostcard-challenges-'));
const run = join(folder, 'run');
const SEED = 'a salt of the network:a public value';
beforeAll(async () => {
  const warehouse = await tinyWarehouse();
  await publish(tinyInput(run), { warehouse, progress: () => {} });
  warehouse.close();
});
afterAll(() => rmSync(folder, { recursive: true }));
afterEach(() => vi.restoreAllMocks());

async function printed(...argv: string[]): Promise<string> {
  let text = '';
  vi.spyOn(process.stdout, 'write').mockImplementation((chunk) => {
    text += String(chunk);
    return true;
  });
  const verb = challengesCommand();
  verb.exitOverride().configureOutput({ writeErr: () => {} });
  await verb.parseAsync(argv, { from: 'user' });
  return text;
}

it('writes the same plan twice, for its owner alone to read, and prints what to publish', async () => {
  const [first, second] = [join(folder, 'a.csv'), join(folder, 'b.csv')];
  const text = await printed(run, '--budget', '500', '--seed', SEED, '--out', first);
  // SHA-256 of the seed.
  expect(text).toMatch(/commitment sha256 [0-9a-f]{64} before/);
  const json = JSON.parse(await printed(run, '--budget', '500', '--seed', SEED, '--out', second, '--json'));
  expect(text).toContain(json.commitment);
  const lines = readFileSync(first, 'utf8').split('\n');
  expect(lines).toHaveLength(json.runs + 2);
  expect(readFileSync(second, 'utf8')).toBe(lines.join('\n'));
  expect(statSync(first).mode & 0o777).toBe(0o600);
  expect(existsSync(`${first}.part`)).toBe(false);
});

it('takes the seed from a file, and warns of a window in the past and only of that', async () => {
  const seedFile = join(folder, 'seed.txt');
  writeFileSync(seedFile, `${SEED}\n`);
  const argv = ['--budget', '500', '--out', join(folder, 'c.csv'), run];
  const past = await printed('--seed-file', seedFile, ...argv);
  expect(past).toBe(
    await printed('--seed', SEED, ...argv).then((text) => text.replace('replaced', 'written ')),
  );
  expect(past).toContain('WARNING   the window has already begun');
  expect(await printed('--seed', SEED, '--start', '2190-01-01', ...argv)).not.toContain('WARNING');
  await expect(printed('--seed', SEED, '--seed-file', seedFile, ...argv)).rejects.toMatchObject({
    code: 'E_USAGE',
  });
  await expect(printed(...argv)).rejects.toMatchObject({ code: 'E_USAGE' });
});

it('writes into no run through a link, and --include leaves the run alone', async () => {
  const link = join(folder, 'link');
  symlinkSync(run, link);
  const argv = ['--budget', '500', '--seed', SEED];
  await expect(printed(run, ...argv, '--out', join(link, 'x.csv'))).rejects.toMatchObject({
    code: 'E_USAGE',
  });
  const out = join(folder, 'd.csv');
  await expect(printed(...argv, '--out', out, '--include', 'nobody', run)).rejects.toMatchObject({
    code: 'E_USAGE',
  });
});

it.each([
  ['E_USAGE', ['--budget', '10', '--seed', SEED, '--out', join(folder, 'x.csv')]],
  ['E_USAGE', ['--budget', '500', '--seed', SEED, '--out', join(run, 'x.csv')]],
  ['E_USAGE', ['--budget', '500', '--seed', SEED, '--out', join(folder, 'x.csv'), '--start', '2001-01-01']],
  ['E_DISK', ['--budget', '500', '--seed', SEED, '--out', join(folder, 'none', 'x.csv')]],
])('refuses with %s: %j', async (code, argv) => {
  await expect(printed(run, ...argv)).rejects.toMatchObject({ code });
  expect(existsSync(join(folder, 'x.csv'))).toBe(false);
});

it.each([
  [['--budget', '1e3', '--seed', SEED]],
  [['--budget', '500', '--seed', 'short']],
  [['--budget', '500', '--seed', SEED, '--rounds', '3']],
])('refuses %j', async (argv) => {
  await expect(printed(run, ...argv, '--out', join(folder, 'x.csv'))).rejects.toBeInstanceOf(CommanderError);
});
