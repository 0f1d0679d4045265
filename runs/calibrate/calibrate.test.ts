import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Weight } from '../../contracts/policy.ts';
import { loadPolicy, parsePolicy } from '../../pipelines/judge/policy.ts';
import { publish } from '../../pipelines/publish/publish.ts';
import { tinyInput } from '../../testing/tiny-input.ts';
import { tinyWarehouse } from '../../testing/tiny-warehouse.ts';
import { BASE_RATES, type Calibrated, type CalibrateOptions, calibrate } from './calibrate.ts';

const folder = mkdtempSync(join(tmpdir(), 'ghostcard-calibrate-'));
afterAll(() => rmSync(folder, { recursive: true }));

/**
 * A run of 300 rings of four and 3,000 others. Followers of a wallet: half of each ring, and one honest
 * account in 60.
 */
async function publishedRun(): Promise<string> {
  const warehouse = await tinyWarehouse();
  await warehouse.run(
    `CREATE TEMP TABLE somebody AS
     SELECT 'u-' || i AS id, i < 1200 AS bad, CASE WHEN i < 1200 THEN i % 2 = 0 ELSE i % 60 = 0 END AS follower FROM range(4200) t(i)`,
  );
  await warehouse.run(
    `CREATE TEMP TABLE model AS SELECT * FROM verdict.account ORDER BY account_id LIMIT 1;
     CREATE OR REPLACE TABLE verdict.account AS SELECT m.* REPLACE (s.id AS account_id) FROM somebody s, model m;
     CREATE TEMP TABLE said AS SELECT * FROM verdict.term WHERE subject_type = 'account' ORDER BY detector, subject_id, fact LIMIT 1;
     CREATE OR REPLACE TABLE verdict.term AS
     SELECT t.* REPLACE (s.id AS subject_id, 'wallet-shared' AS detector, 'follower' AS level, 4.5::DOUBLE AS weight_raw, NULL::VARCHAR AS why_not)
     FROM somebody s, said t WHERE s.follower`,
  );
  const out = join(folder, 'run');
  await publish({ ...tinyInput(out), log: {} }, { warehouse, progress: () => {} });
  warehouse.close();
  return out;
}

const HEADER = 'subject_type,subject_id,truth,family,operator\n';
const label = (i: number): string => {
  const group = i < 1200 ? `bad,attack-${i % 6},ring-${Math.floor(i / 4)}` : `good,cohort-${i % 25},`;
  return `account,u-${i},${group}\n`;
};

let run: string;
const labels = join(folder, 'labels.csv');
beforeAll(async () => {
  run = await publishedRun();
  writeFileSync(labels, HEADER + Array.from({ length: 4200 }, (_, i) => label(i)).join(''));
});

const options = (more: Partial<CalibrateOptions> = {}): CalibrateOptions => ({
  pairs: [{ run, labels }],
  policy: loadPolicy(),
  trust: 1,
  promote: [],
  baseRates: BASE_RATES,
  resamples: 20,
  seed: 1,
  name: 'tested',
  note: 'A note.',
  command: 'ghostcard calibrate run labels.csv',
  ...more,
});

describe('calibrate', () => {
  let found: Calibrated;
  beforeAll(async () => {
    found = await calibrate(options());
  });

  it('fits the likelihood ratio of a finished run into a policy that loads', () => {
    const { policy, calibration } = found;
    const level = calibration.levels.find(
      (one) => one.detector === 'wallet-shared' && one.level === 'follower',
    );
    expect(level).toMatchObject({
      bad: 600,
      good: 50,
      families: 3,
      cohorts: 25,
      tested: 3000,
      why: 'false-alarms',
    });
    expect(Math.abs(level!.fitted - Math.log(0.98 / (50 / 3000)))).toBeLessThan(0.6);
    const { follower } = policy.weights['wallet-shared']!;
    expect(follower).toMatchObject({ nats: level!.fitted, how: 'fitted' });
    expect((follower as Weight).on).toMatch(/^3000 honest subjects in 25 cohorts /);
    expect(parsePolicy(JSON.stringify(policy), 'fitted')).toEqual(policy);
    const { weights, name, provenance, ...decided } = policy;
    const { weights: before, name: _, provenance: __, ...asBefore } = loadPolicy();
    expect(decided).toEqual(asBefore);
    expect({ ...weights, 'wallet-shared': null }).toEqual({ ...before, 'wallet-shared': null });
    expect(name).toBe('tested');
    expect(provenance).toMatch(
      /as of 2024-04-25.*1200 bad and 3000 good accounts.*Command: ghostcard calibrate run labels\.csv\. A note\.$/s,
    );
    expect(provenance).not.toContain(folder);
  });
  it('says how risks compare with the truth, at each base rate, before and after', () => {
    const { calibration } = found;
    expect(calibration.reliability).toHaveLength(8);
    for (const { base_rate, bins, log_loss } of calibration.reliability) {
      expect(bins.reduce((sum, { share }) => sum + share, 0)).toBeCloseTo(1, 9);
      expect(bins.reduce((sum, { share, observed }) => sum + share * (observed?.value ?? 0), 0)).toBeCloseTo(
        base_rate,
        9,
      );
      expect(bins.reduce((sum, { bad, good }) => sum + bad + good, 0)).toBe(4200);
      expect(log_loss.low!).toBeLessThanOrEqual(log_loss.value);
      expect(log_loss.high!).toBeGreaterThanOrEqual(log_loss.value);
    }
  });
  it('gives the same answer again', async () => {
    expect(await calibrate(options())).toEqual(found);
  });

  it.each([
    ['labels of one kind only', 'account,u-1,bad,attack-1,\n', 'E_LABELS'],
    ['labels of strangers', 'account,x,bad,attack-1,\naccount,y,good,cohort-1,\n', 'E_LABELS'],
  ])('refuses %s', async (_, text, code) => {
    const path = join(folder, 'refused.csv');
    writeFileSync(path, HEADER + text);
    await expect(calibrate(options({ pairs: [{ run, labels: path }] }))).rejects.toMatchObject({ code });
  });
  it('refuses labels of which some say how they were drawn, and weights that are none', async () => {
    const path = join(folder, 'weights.csv');
    const pairs = [{ run, labels: path }];
    for (const weights of [
      ['2', ''],
      ['0', '1'],
      ['NaN', '1'],
      ['-1', '1'],
      ['many', '1'],
    ]) {
      const rows = weights.map(
        (weight, i) => `account,u-${i * 2000},${i === 0 ? 'bad' : 'good'},${weight}\n`,
      );
      writeFileSync(path, `subject_type,subject_id,truth,weight\n${rows.join('')}`);
      await expect(calibrate(options({ pairs }))).rejects.toMatchObject({ code: 'E_LABELS' });
    }
  });
  it('refuses to promote a detector that does not exist', async () => {
    await expect(calibrate(options({ promote: ['no-such'] }))).rejects.toMatchObject({ code: 'E_DETECTOR' });
  });
  it('refuses a run whose findings were changed', async () => {
    const path = join(run, 'terms.parquet');
    const bytes = readFileSync(path);
    writeFileSync(path, Buffer.concat([bytes, Buffer.from('x')]));
    await expect(calibrate(options())).rejects.toMatchObject({ code: 'E_RUN' });
    writeFileSync(path, bytes);
  });
});
