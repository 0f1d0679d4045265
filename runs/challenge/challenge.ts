/** A plan of challenges for a finished run. */
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Plan } from '../../contracts/challenge-plan.ts';
import { GhostcardError } from '../../contracts/errors.ts';
import { MANIFEST_FILE } from '../../contracts/run.ts';
import { openRun, type Run } from '../../pipelines/publish/read-run.ts';
import type { Machine, Tie } from './candidates.ts';
import { type PlanInput, type PlanOptions, planChallenges } from './plan.ts';

const sqlOf = (name: string): string => readFileSync(new URL(name, import.meta.url), 'utf8');

/** Throws E_RUN for a run that does not say what its machines claim (made by an earlier version). */
async function readInput(run: Run): Promise<PlanInput> {
  const columns = await run.rows<{ column_name: string }>('DESCRIBE device_facts');
  if (!columns.some(({ column_name }) => column_name === 'memory_min_mib')) {
    throw new GhostcardError('E_RUN', {
      subject: run.folder,
      expected: 'the claimed memory of each machine in device_facts.parquet',
      got: `a run of ghostcard ${run.manifest.ghostcard} without it`,
      todo: 'Run the audit again with this version.',
    });
  }
  return {
    machines: await run.rows<Machine>(sqlOf('./machines.sql')),
    ties: await run.rows<Tie>(sqlOf('./ties.sql')),
    runDigest: createHash('sha256')
      .update(readFileSync(join(run.folder, MANIFEST_FILE)))
      .digest('hex'),
  };
}

/**
 * Hours after the snapshot at which the window opens unless told otherwise: time to announce the commitment.
 */
const LEAD_HOURS = 24;
const HOUR = 3_600_000;

/**
 * Reads a run and plans. The same run, options and seed give the same plan. Throws E_RUN for a folder that is
 * no run, E_USAGE for options with which no plan could tell anything.
 */
export async function challengeRun(
  folder: string,
  options: Omit<PlanOptions, 'start'> & { start?: number },
): Promise<Plan> {
  const run = await openRun(folder);
  try {
    const snapshot = Date.parse(run.manifest.snapshot);
    const start = options.start ?? Math.ceil(snapshot / HOUR + LEAD_HOURS) * HOUR;
    if (start < snapshot) {
      throw new GhostcardError('E_USAGE', {
        subject: '--start',
        expected: `a time after the snapshot, ${run.manifest.snapshot}`,
        got: new Date(start).toISOString(),
        todo: 'Name a later start.',
      });
    }
    return planChallenges(await readInput(run), { ...options, start: Math.ceil(start / 1000) * 1000 });
  } finally {
    run.close();
  }
}

/** What is published before the window opens, and opened after it closes: SHA-256 of the seed text. */
export function commitment(seed: string): string {
  return createHash('sha256').update(seed).digest('hex');
}
