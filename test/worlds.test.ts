/**
 * What may never happen, checked on worlds with known truth: an honest account excluded, an honest device
 * void.
 */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Evaluation } from '../contracts/evaluation.ts';
import type { RunManifest } from '../contracts/run.ts';
import { type WorldName, writeWorld } from '../fixtures/worlds/world.ts';
import { evaluate } from '../runs/evaluate/evaluate.ts';

const BIN = 'dist/apps/cli/bin.js';
let folder: string;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'ghostcard-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

async function run(world: WorldName, seed: number, scale: number) {
  const dataset = join(folder, world);
  const labels = join(folder, `${world}.labels.csv`);
  const out = join(folder, `${world}-run`);
  await writeWorld(world, { seed, scale, out: dataset, labels });
  const printed = execFileSync(process.execPath, [
    BIN,
    'audit',
    dataset,
    '--out',
    out,
    '--json',
    '--memory',
    '1GiB',
  ]);
  const { summary } = JSON.parse(printed.toString()) as RunManifest;
  const evaluation = await evaluate({ run: out, labels, resamples: 0, seed: 1 });
  return { out, summary, evaluation };
}

/** Hits and false alarms of a decision. */
function counts(evaluation: Evaluation, kind: 'accounts' | 'devices', decision: string) {
  const found = evaluation[kind].decisions.find((one) => one.decision === decision);
  if (!found) throw new Error(`no decision ${decision}`);
  return found;
}

describe('worlds', () => {
  it('honest: nobody is excluded, no card is void, at most 2 % are held', async () => {
    const { summary } = await run('honest', 41, 0.3);
    expect(summary.accounts.clear).toBeGreaterThan(900);
    expect(summary.accounts.exclude).toBe(0);
    expect(summary.devices.void).toBe(0);
    expect(summary.accounts.review).toBeLessThanOrEqual(0.02 * summary.accounts.clear);
    expect(summary.devices.review).toBeLessThanOrEqual(0.02 * summary.devices.clear);
  });

  it('framing: whatever attackers copy, no honest account is excluded and no honest card is void', async () => {
    const { evaluation } = await run('framing', 42, 0.5);
    expect(counts(evaluation, 'accounts', 'exclude').false_positive).toBe(0);
    expect(counts(evaluation, 'devices', 'void').false_positive).toBe(0);
  });

  it('mixed: operators and fake cards are found, and nobody else', async () => {
    const { evaluation } = await run('mixed', 43, 0.3);
    for (const [kind, decision] of [
      ['accounts', 'exclude'],
      ['devices', 'void'],
    ] as const) {
      const { true_positive, false_positive } = counts(evaluation, kind, decision);
      expect(false_positive, kind).toBe(0);
      expect(true_positive, kind).toBeGreaterThan(20);
    }
  });

  it('bare: with accounts and transfers alone the audit runs, and says what it could not see', async () => {
    const { out, summary } = await run('bare', 44, 1);
    expect(summary.accounts.clear).toBeGreaterThan(0);
    const coverage = readFileSync(join(out, 'coverage.csv'), 'utf8');
    expect(coverage).toMatch(/^gpu-identity-shared,not-run,.*absent: table (devices|gpus)/m);
    expect(coverage).not.toContain(',failed,');
  });
});
