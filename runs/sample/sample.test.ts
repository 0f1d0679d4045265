import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { publish } from '../../pipelines/publish/publish.ts';
import { tinyInput } from '../../testing/tiny-input.ts';
import { tinyWarehouse } from '../../testing/tiny-warehouse.ts';
import { drawSample } from './sample.ts';

const base = mkdtempSync(join(tmpdir(), 'ghostcard-sample-'));
const run = join(base, 'run');
const HONEST = 200;

beforeAll(async () => {
  const warehouse = await tinyWarehouse();
  for (let i = 0; i < HONEST; i++) {
    await warehouse.run(`INSERT INTO loaded.accounts (account_id, created_at) VALUES ('h${i}', 1)`);
    await warehouse.run(
      `INSERT INTO verdict.account VALUES ('h${i}', 'clear', 0.01, NULL, 0, 0, 0, 0, '', '')`,
    );
  }
  await publish(tinyInput(run), { warehouse, progress: () => {} });
  warehouse.close();
});
afterAll(() => rmSync(base, { recursive: true }));

const accounts = (wanted: number, seed = 's') => drawSample(run, { kind: 'account', wanted, seed });

describe('a sample', () => {
  it('covers every verdict, band and family, and its weights add up to the run', async () => {
    const { strata, rows } = await accounts(20);
    expect(rows).toHaveLength(20);
    expect(strata.map(({ verdict, family, size }) => [verdict, family, size])).toEqual([
      ['clear', 'none', HONEST + 3],
      ['exclude', 'money', 4],
      ['review', 'money', 1],
    ]);
    expect(strata[0]!.risk).toEqual([0, 0.02]);
    for (const { drawn } of strata) expect(drawn).toBeGreaterThan(0);
    expect(rows.reduce((sum, { weight }) => sum + weight, 0)).toBeCloseTo(HONEST + 8, 3);
    expect(new Set(rows.map(({ subject_id }) => subject_id)).size).toBe(20);
  });

  it('is the same for one seed, another for another, and only grows with its size', async () => {
    const [once, again, other, larger] = [
      await accounts(20),
      await accounts(20),
      await accounts(20, 't'),
      await accounts(40),
    ];
    expect(again).toEqual(once);
    const drawn = (sample: typeof once) => new Set(sample.rows.map(({ subject_id }) => subject_id));
    expect(drawn(other)).not.toEqual(drawn(once));
    for (const id of drawn(once)) expect(drawn(larger)).toContain(id);
  });

  it('is drawn from the run’s own digest where no seed is given', async () => {
    const free = await drawSample(run, { kind: 'account', wanted: 10 });
    expect(free.seed).toMatch(/^[0-9a-f]{64}$/);
    expect(await drawSample(run, { kind: 'account', wanted: 10, seed: free.seed })).toEqual(free);
  });

  it('gives each subject of a stratum the same chance', async () => {
    const hits = new Map<string, number>();
    for (let seed = 0; seed < 40; seed++) {
      const { rows } = await accounts(30, `seed ${seed}`);
      for (const { subject_id } of rows) hits.set(subject_id, (hits.get(subject_id) ?? 0) + 1);
    }
    const counts = Array.from({ length: HONEST }, (_, i) => hits.get(`h${i}`) ?? 0);
    const mean = counts.reduce((sum, n) => sum + n, 0) / HONEST;
    const spread = counts.reduce((sum, n) => sum + (n - mean) ** 2, 0) / HONEST;
    // Binomial with 40 draws: the variance is a little below the mean.
    expect(spread / mean).toBeGreaterThan(0.5);
    expect(spread / mean).toBeLessThan(1.4);
  });

  it('coarsens its strata when it is small, and is refused when it could not see every verdict', async () => {
    const small = await accounts(3);
    expect(small.strata.map(({ verdict, drawn }) => [verdict, drawn])).toEqual([
      ['clear', 1],
      ['exclude', 1],
      ['review', 1],
    ]);
    await expect(accounts(2)).rejects.toMatchObject({ code: 'E_USAGE' });
  });

  it('draws devices', async () => {
    const { rows, strata } = await drawSample(run, { kind: 'device', wanted: 8, seed: 's' });
    expect(rows.map(({ subject_type }) => subject_type)).toEqual(Array(8).fill('device'));
    expect(strata.find(({ verdict }) => verdict === 'void')!.family).toBe('benchmark');
  });

  it('takes nothing that is no run', async () => {
    await expect(drawSample(base, { kind: 'account', wanted: 9 })).rejects.toMatchObject({ code: 'E_RUN' });
  });
});
