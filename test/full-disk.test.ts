/** A disk that fills up at any stage is said to be full, and costs nothing but the time to free it. */
import { execFileSync, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { writeWorld } from '../fixtures/worlds/world.ts';

let folder: string;
let dataset: string;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'ghostcard-full-'));
  dataset = join(folder, 'tiny');
  await writeWorld('tiny', { seed: 5, scale: 1, out: dataset, format: 'csv' });
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/**
 * A small disk that exists for one command alone: a tmpfs in a mount namespace of its own. Linux, user
 * namespaces.
 */
const ON_SMALL_DISK = [
  '-rm',
  'sh',
  '-c',
  'mount -t tmpfs -o size="$1" tmpfs "$2" && shift 2 && exec "$@"',
  'sh',
];
const canMount = () => {
  mkdirSync(join(folder, 'probe'), { recursive: true });
  return spawnSync('unshare', [...ON_SMALL_DISK, '1m', join(folder, 'probe'), 'true']).status === 0;
};

it('a full disk is E_DISK in every stage, and the next audit gets its golden verdicts', {
  timeout: 900_000,
}, (context) => {
  if (!canMount()) context.skip('a small disk cannot be mounted here (needs `unshare -rm` and tmpfs)');
  const disk = join(folder, 'disk');
  mkdirSync(disk);
  const program = [process.execPath, '--import', 'tsx', 'test/full-disk-run.ts', dataset, disk];
  const text = execFileSync('unshare', [...ON_SMALL_DISK, '128m', disk, ...program], { encoding: 'utf8' });
  const lines = text
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line));
  const { outputs } = lines.pop();
  expect(lines.map(({ stage, code }) => `${stage} ${code}`)).toEqual(
    ['ingest', 'rollup', 'models', 'detect', 'cluster', 'judge', 'publish'].map((stage) => `${stage} E_DISK`),
  );
  for (const { todo } of lines) expect(todo).toMatch(/^Free space.*name (an)?other folder/);
  for (const file of ['accounts.csv', 'devices.csv', 'clusters.csv', 'exclusions.csv']) {
    const sha256 = createHash('sha256')
      .update(readFileSync(`fixtures/golden/tiny/${file}`))
      .digest('hex');
    expect(outputs).toContainEqual(expect.objectContaining({ file, sha256 }));
  }
});
