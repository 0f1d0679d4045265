import { createHash } from 'node:crypto';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Evaluation } from '../../contracts/evaluation.ts';
import { openWarehouse } from '../../pipelines/warehouse/warehouse.ts';
import { evaluate } from './evaluate.ts';

const folder = mkdtempSync(join(tmpdir(), 'ghostcard-evaluate-'));
afterAll(() => rmSync(folder, { recursive: true }));

const ACCOUNTS = `account_id,verdict,risk,cluster_id,devices,devices_void,points_before,points_after,reasons
a1,exclude,0.999,c1,1,0,10,0,ip-shared
a2,exclude,0.995,c1,1,0,10,0,ip-shared
a3,review,0.6,,1,0,10,10,
b1,clear,0.01,c2,0,0,10,10,
b2,clear,0.02,c2,0,0,10,10,
h1,clear,0.01,,1,0,10,10,
h2,exclude,0.99,c1,0,0,10,0,ip-shared
"h,3",review,0.7,,0,0,10,10,
h4,clear,0,,0,0,10,10,
u1,exclude,0.99,,0,0,10,0,
`;
const DEVICES = `device_id,account_id,verdict,risk,verified,reasons
d1,a1,void,1,network,benchmark
d2,a2,clear,0.2,network,
d3,h1,clear,0.1,unverified,
d4,u1,void,0.99,network,
`;
const LABELS = `subject_type,subject_id,truth,family,strength,operator
account,a1,bad,S1,1,ring-a
account,a2,bad,S1,1,ring-a
account,a3,bad,S1,2,ring-a
account,b1,bad,S2,3,ring-b
account,b2,bad,S2,3,ring-b
account,h1,good,home,0,
account,h2,good,campus,0,
account,"h,3",good,campus,0,
account,h4,good,home,0,
account,gone,good,home,0,
device,d1,bad,F1,1,ring-a
device,d2,bad,F1,1,ring-a
device,d3,good,home,0,
`;

function writeRun(name: string, files: Record<string, string>): string {
  const run = join(folder, name);
  mkdirSync(run);
  const outputs = Object.entries(files).map(([file, content]) => {
    writeFileSync(join(run, file), content);
    return { file, bytes: content.length, sha256: createHash('sha256').update(content).digest('hex') };
  });
  const manifest = {
    format: 'ghostcard-run',
    version: 1,
    ghostcard: '0.0.0',
    snapshot: '2024-04-25T00:00:00.000Z',
    sealed: true,
    backend: {},
    config: {},
    policy: { sha256: '0'.repeat(64), content: {} },
    detectors: [],
    inputs: [],
    outputs,
  };
  writeFileSync(join(run, 'manifest.json'), JSON.stringify(manifest));
  return run;
}

function write(name: string, content: string | Buffer): string {
  const path = join(folder, name);
  writeFileSync(path, content);
  return path;
}

let run: string;
let labels: string;
let result: Evaluation;
beforeAll(async () => {
  run = writeRun('run', { 'accounts.csv': ACCOUNTS, 'devices.csv': DEVICES });
  labels = write('labels.csv', LABELS);
  result = await evaluate({ run, labels, resamples: 200, seed: 1 });
});

describe('evaluate', () => {
  it('counts what is labelled and what is left out', () => {
    expect(result.accounts).toMatchObject({
      in_run: 10,
      labelled: 9,
      bad: 5,
      good: 4,
      unlabelled: 1,
      labels_without_subject: 1,
    });
    // Ring-a, ring-b and four owners without an operator.
    expect(result.accounts.units).toBe(6);
    expect(result.devices).toMatchObject({
      in_run: 4,
      labelled: 3,
      bad: 2,
      good: 1,
      unlabelled: 1,
      units: 2,
    });
  });

  it('scores exclusion, and exclusion or review', () => {
    const [exclude, review] = result.accounts.decisions;
    expect(exclude).toMatchObject({
      decision: 'exclude',
      true_positive: 2,
      false_positive: 1,
      false_negative: 3,
      true_negative: 3,
    });
    expect(exclude!.precision.value).toBeCloseTo(2 / 3, 15);
    expect(exclude!.recall.value).toBeCloseTo(2 / 5, 15);
    expect(exclude!.false_positive_rate.value).toBe(1 / 4);
    expect(review).toMatchObject({ decision: 'exclude-or-review', true_positive: 3, false_positive: 2 });
    expect(result.devices.decisions[0]).toMatchObject({
      decision: 'void',
      true_positive: 1,
      false_positive: 0,
    });
  });

  it('breaks recall down by family, strength and ring size', () => {
    expect(result.accounts.families).toEqual([
      {
        family: 'S1',
        strength: null,
        n: 3,
        operators: 1,
        final: 2,
        held: 1,
        recall: 2 / 3,
        recall_or_review: 1,
        precision: 2 / 3,
      },
      {
        family: 'S2',
        strength: null,
        n: 2,
        operators: 1,
        final: 0,
        held: 0,
        recall: 0,
        recall_or_review: 0,
        precision: 0,
      },
    ]);
    expect(
      result.accounts.cells.map(({ family, strength, n, recall }) => [family, strength, n, recall]),
    ).toEqual([
      ['S1', 1, 2, 1],
      ['S1', 2, 1, 0],
      ['S2', 3, 2, 0],
    ]);
    expect(result.accounts.ring_sizes).toEqual([
      { smallest: 2, largest: 3, operators: 2, n: 5, recall: 2 / 5, recall_or_review: 3 / 5 },
    ]);
  });

  it('bounds false exclusions by cohort', () => {
    // One of four: the upper bound p solves (1 − p)⁴ + 4p(1 − p)³ = 0.05.
    const { upper, ...all } = result.accounts.all_good;
    expect(all).toEqual({ family: 'all', n: 4, final: 1, held: 1, rate: 1 / 4, rule_of_three: null });
    expect((1 - upper!) ** 4 + 4 * upper! * (1 - upper!) ** 3).toBeCloseTo(0.05, 10);
    expect(result.accounts.cohorts).toEqual([
      {
        family: 'campus',
        n: 2,
        final: 1,
        held: 1,
        rate: 1 / 2,
        upper: expect.closeTo(Math.sqrt(0.95), 10),
        rule_of_three: null,
      },
      {
        family: 'home',
        n: 2,
        final: 0,
        held: 0,
        rate: 0,
        upper: expect.closeTo(1 - Math.sqrt(0.05), 10),
        rule_of_three: 1,
      },
    ]);
  });

  it('scores the risk itself', () => {
    // Bad 0.999 0.995 0.6 0.01 0.02 against good 0.99 0.7 0.01 0: 4 + 4 + 2 + 1.5 + 2 of 20 pairs.
    expect(result.accounts.auroc.value).toBeCloseTo(13.5 / 20, 12);
    // Precision at falling risk: 1/1, 2/2, 3/5 (0.6), 4/6 (0.02), 5/8 (0.01, tied with a good one).
    expect(result.accounts.average_precision.value).toBeCloseTo((1 + 1 + 3 / 5 + 4 / 6 + 5 / 8) / 5, 12);
    const told = [0.999, 0.995, 0.6, 0.01, 0.02, 1 - 0.99, 1 - 0.7, 1 - 0.01, 1];
    expect(result.accounts.log_loss.value).toBeCloseTo(told.reduce((sum, p) => sum - Math.log(p), 0) / 9, 12);
    expect(result.accounts.brier.value).toBeCloseTo(told.reduce((sum, p) => sum + (1 - p) ** 2, 0) / 9, 12);
    expect(result.accounts.calibration.above_half).toMatchObject({ n: 5, bad: 3, observed: 3 / 5 });
  });

  it('scores clusters against operators', () => {
    // Among bad accounts c1 = {a1, a2}, c2 = {b1, b2}, a3 alone. Recall: 2/3 2/3 1/3 1 1. h2 stands in c1.
    expect(result.clusters).toMatchObject({ items: 5, operators: 2, clustered: 4, good_clustered: 1 });
    expect(result.clusters.precision.value).toBe(1);
    expect(result.clusters.recall.value).toBeCloseTo(11 / 15, 12);
    expect(result.clusters.f1.value).toBeCloseTo(22 / 26, 12);
  });

  it('puts intervals around the figures, equal for a seed', async () => {
    const { low, high, value } = result.accounts.decisions[0]!.recall;
    expect(low).toBe(0);
    expect(high).toBeCloseTo(2 / 3, 12);
    expect(value).toBeLessThanOrEqual(high!);
    expect(await evaluate({ run, labels, resamples: 200, seed: 1 })).toEqual(result);
    const without = await evaluate({ run, labels, resamples: 0, seed: 1 });
    expect(without.accounts.decisions[0]!.recall).toEqual({ value: 2 / 5, low: null, high: null });
  });

  it('reads the same labels from gzip, NDJSON and Parquet', async () => {
    const [header, ...rows] = LABELS.trim().split('\n');
    const names = header!.split(',');
    const objects = rows.map((row) => {
      const fields = row
        .replace('"h,3"', 'h;3')
        .split(',')
        .map((field) => field.replace(';', ','));
      return JSON.stringify(
        Object.fromEntries(names.map((name, i) => [name, fields[i] === '' ? null : fields[i]])),
      );
    });
    const parquet = join(folder, 'labels.parquet');
    const warehouse = await openWarehouse({ path: ':memory:', threads: 1, memory: '256MB' });
    await warehouse.run(`COPY (SELECT * FROM read_csv('${labels}', header = true)) TO '${parquet}'`);
    warehouse.close();
    const forms = [
      write('labels.csv.gz', gzipSync(LABELS)),
      write('labels.ndjson', `${objects.join('\n')}\n`),
      write('labels.ndjson.gz', gzipSync(objects.join('\r\n'))),
      parquet,
    ];
    for (const form of forms)
      expect(await evaluate({ run, labels: form, resamples: 200, seed: 1 }), form).toEqual(result);
  });
});

describe('evaluate at the edges', () => {
  it('says NULL where a run without a bad subject leaves a figure undefined', async () => {
    const good = write('good.csv', 'subject_type,subject_id,truth\naccount,h1,good\naccount,h4,good\n');
    const { accounts, devices, clusters } = await evaluate({ run, labels: good, resamples: 20, seed: 1 });
    expect(accounts.decisions[0]).toMatchObject({ precision: { value: null }, recall: { value: null } });
    expect(accounts.decisions[0]!.false_positive_rate).toEqual({ value: 0, low: 0, high: 0 });
    expect([accounts.auroc.value, clusters.f1.value, devices.log_loss.value]).toEqual([null, null, null]);
    expect(devices.labelled).toBe(0);
  });

  it.each([
    ['an unknown word', 'subject_type,subject_id,truth\naccount,a1,evil\n'],
    ['an absent column', 'subject_id,truth\na1,bad\n'],
    ['two truths', 'subject_type,subject_id,truth\naccount,a1,bad\naccount,a1,good\n'],
    ['a ragged record', 'subject_type,subject_id,truth\naccount,a1\n'],
    ['no label', 'subject_type,subject_id,truth\n'],
    ['a strength that is no number', 'subject_type,subject_id,truth,strength\naccount,a1,bad,high\n'],
  ])('refuses labels with %s', async (_, content) => {
    await expect(
      evaluate({ run, labels: write('bad.csv', content), resamples: 0, seed: 1 }),
    ).rejects.toMatchObject({ code: 'E_LABELS' });
  });

  it('refuses cut gzip, broken JSON, a strange ending and an absent file', async () => {
    const cut = write('cut.csv.gz', gzipSync(LABELS).subarray(0, 60));
    const cutLines = write('cut.ndjson.gz', gzipSync('{"subject_type":"account"}\n').subarray(0, 30));
    const json = write('broken.ndjson', '{"subject_type":\n');
    for (const path of [cut, cutLines, json, write('labels.txt', LABELS), join(folder, 'absent.csv')]) {
      await expect(evaluate({ run, labels: path, resamples: 0, seed: 1 }), path).rejects.toMatchObject({
        code: 'E_LABELS',
      });
    }
  });

  it('accepts a repeated label', async () => {
    const twice = write('twice.csv', `${LABELS}account,a1,bad,S1,1,ring-a\n`);
    expect((await evaluate({ run, labels: twice, resamples: 0, seed: 1 })).accounts.labelled).toBe(9);
  });

  it('refuses what is not a finished run, or was changed since', async () => {
    const changed = writeRun('changed', { 'accounts.csv': ACCOUNTS, 'devices.csv': DEVICES });
    writeFileSync(join(changed, 'accounts.csv'), ACCOUNTS.replace('a1,exclude', 'a1,clear'));
    const partial = writeRun('partial', { 'accounts.csv': ACCOUNTS });
    const verdict = writeRun('verdict', {
      'accounts.csv': ACCOUNTS.replace('review', 'maybe'),
      'devices.csv': DEVICES,
    });
    const risk = writeRun('risk', {
      'accounts.csv': ACCOUNTS,
      'devices.csv': DEVICES.replace('0.99', '1.2'),
    });
    const header = writeRun('header', {
      'accounts.csv': ACCOUNTS.replace('points_after,reasons', 'reasons,points_after'),
      'devices.csv': DEVICES,
    });
    for (const path of [changed, partial, verdict, risk, header, folder]) {
      await expect(evaluate({ run: path, labels, resamples: 0, seed: 1 }), path).rejects.toMatchObject({
        code: 'E_RUN',
      });
    }
    expect(readFileSync(join(changed, 'accounts.csv'), 'utf8')).toContain('a1,clear');
  });
});
