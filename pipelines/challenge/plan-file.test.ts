import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { columnsOf, type Row } from '../../contracts/dataset.ts';
import { challengeRun } from '../../runs/challenge/challenge.ts';
import { SNAPSHOT, tinyInput } from '../../testing/tiny-input.ts';
import { PLAIN_NAMES, tinyWarehouse } from '../../testing/tiny-warehouse.ts';
import { createRawViews } from '../ingest/raw-views.ts';
import { publish } from '../publish/publish.ts';
import type { Warehouse } from '../warehouse/warehouse.ts';
import { loadChallenges } from './load.ts';
import { planLines, readPlan } from './plan-file.ts';

const folder = mkdtempSync(join(tmpdir(), 'ghostcard-challenges-'));
let warehouse: Warehouse;
beforeAll(async () => {
  warehouse = await tinyWarehouse();
});
afterAll(() => {
  warehouse.close();
  rmSync(folder, { recursive: true });
});

const row = (id: string, more: Partial<Row<'challenges'>> = {}): Row<'challenges'> => ({
  challenge_id: id,
  plan_id: 'p1',
  cohort: 'p1-k1',
  round: 1,
  mode: 'together',
  role: 'suspect',
  starts_at: SNAPSHOT - 3_600_000,
  device_id: PLAIN_NAMES.device,
  gpu_index: 0,
  gpu_model: 'NVIDIA GeForce RTX 4090',
  memory_mib: 22_080,
  hold_s: 60,
  nonce: `nonce-${id}`,
  ...more,
});

function file(name: string, text: string): string {
  const path = join(folder, name);
  writeFileSync(path, text);
  return path;
}

const HEADER = columnsOf('challenges')
  .map(({ name }) => name)
  .join(',');
const LINE = [...planLines([row('1')])][1]!;

it('is documented column by column, in order', () => {
  const text = readFileSync(new URL('../../docs/challenges.md', import.meta.url), 'utf8');
  const table = text.split('Columns of the plan')[1]!.split('A row of `benchmarks`')[0]!;
  const named = [...table.matchAll(/^\| (`[^|]*) \|/gm)].flatMap(([, cell]) =>
    [...cell!.matchAll(/`([^`]+)`/g)].map(([, name]) => name),
  );
  expect(named.join(',')).toBe(HEADER);
  const answer = text.split('A row of `benchmarks`')[1]!.split('- **The fill**')[0]!;
  const fields = [...answer.matchAll(/`([a-z0-9_]+)`/g)].map(([, name]) => name!);
  const known = [...columnsOf('benchmarks').map(({ name }) => name), 'network'];
  expect(fields.filter((name) => !known.includes(name))).toEqual([]);
});

describe('the file of a plan', () => {
  it('is read back as it was written, hostile ids included', async () => {
    const rows = [row('1'), row('2', { device_id: '=cmd|"a",\'b' }), row('3', { device_id: ' π\u200b' })];
    expect(await readPlan(file('good.csv', [...planLines(rows)].join('')))).toEqual(rows);
  });

  it.each([
    ['another header', `id,${HEADER}\n`],
    ['no row', `${HEADER}\n`],
    ['a row too short', `${HEADER}\n1,p1\n`],
    ['an open quote', `${HEADER}\n"${LINE}`],
    ['the same challenge twice', `${HEADER}\n${LINE}${LINE}`],
    ['the same nonce twice', [...planLines([row('1'), row('2', { nonce: 'nonce-1' })])].join('')],
    ['absurd memory', [...planLines([row('1', { memory_mib: 17_592_186_044_134 })])].join('')],
    ['negative memory', [...planLines([row('1', { memory_mib: -1 })])].join('')],
    ['no number', `${HEADER}\n${LINE.replace(',60,', ',NaN,')}`],
    ['an unknown role', `${HEADER}\n${LINE.replace('suspect', 'guilty')}`],
    ['a time without zone', `${HEADER}\n${LINE.replace('Z,', ',')}`],
    ['no machine', `${HEADER}\n${LINE.replace(PLAIN_NAMES.device, '')}`],
  ])('is refused with %s', async (_, text) => {
    await expect(readPlan(file('bad.csv', text))).rejects.toMatchObject({ code: 'E_CHALLENGES' });
  });

  it('is refused when there is none', async () => {
    await expect(readPlan(join(folder, 'none.csv'))).rejects.toMatchObject({ code: 'E_CHALLENGES' });
    await expect(readPlan(folder)).rejects.toMatchObject({ code: 'E_CHALLENGES' });
  });

  it('fills raw.challenges up to the snapshot, for known machines, and is forgotten by the next audit', async () => {
    const rows = [row('1'), row('2', { starts_at: SNAPSHOT + 1000 }), row('3', { device_id: 'nobody' })];
    const path = file('plan.csv', [...planLines(rows)].join(''));
    expect((await loadChallenges(warehouse, [path])).challenges).toContain('nonce');
    await createRawViews(warehouse, SNAPSHOT);
    const count = () => warehouse.rows('SELECT challenge_id FROM raw.challenges');
    expect(await count()).toEqual([{ challenge_id: '1' }]);
    await expect(loadChallenges(warehouse, [path, path])).rejects.toMatchObject({ code: 'E_CHALLENGES' });
    expect(await loadChallenges(warehouse, [])).toEqual({});
    expect(await count()).toEqual([]);
  });
});

describe('a plan for a finished run', () => {
  const options = { budget: 200, seed: 'salt:beacon', rounds: 12, hours: 24, holdS: 60, include: [] };

  it('asks who is held and who was never measured, after the snapshot, the same each time', async () => {
    const out = join(folder, 'run');
    await publish(tinyInput(out), { warehouse, progress: () => {} });
    const plan = await challengeRun(out, options);
    expect(plan.cards).toMatchObject({ suspect: 1, unverified: 1, control: 4 });
    expect(Math.min(...plan.rows.map(({ starts_at }) => starts_at))).toBeGreaterThan(
      SNAPSHOT + 23 * 3_600_000,
    );
    expect(await challengeRun(out, options)).toEqual(plan);
    await expect(challengeRun(out, { ...options, start: SNAPSHOT - 1 })).rejects.toMatchObject({
      code: 'E_USAGE',
    });
  });

  it('needs a run', async () => {
    await expect(challengeRun(folder, options)).rejects.toMatchObject({ code: 'E_RUN' });
  });
});
