/**
 * Judge: from evidence, clusters, policy and decisions to verdicts. Fills `verdict.*`; shapes in
 * contracts/verdict.ts.
 */
import { readFileSync } from 'node:fs';
import type { Policy } from '../../contracts/policy.ts';
import type { BrakeOverride } from '../../contracts/verdict.ts';
import { appendRows } from '../warehouse/append.ts';
import type { Warehouse } from '../warehouse/warehouse.ts';
import { judgeAccounts } from './accounts.ts';
import { brakes, type PreviousRun, stopOn } from './brakes.ts';
import { writeCardSets } from './card-sets.ts';
import { DecisionBook } from './decisions.ts';
import type { Decisions } from './decisions-file.ts';
import { judgeDevices } from './devices.ts';
import { subjectCount } from './findings.ts';
import { worstLoss } from './input-loss.ts';
import { holdMerged } from './merged.ts';
import { writeKeptPoints } from './points.ts';
import { writeSupply } from './supply.ts';
import { writeBrakes, writeDecisions } from './write.ts';

export interface JudgeInput {
  policy: Policy;
  /** UTC epoch ms: the clock of decisions. */
  snapshot: number;
  decisions?: Pick<Decisions, 'verdicts'>;
  overrideBrakes?: readonly BrakeOverride[];
  /** Findings per detector of an earlier run, for the jump brake. */
  previous?: PreviousRun | undefined;
}

export interface JudgeEffects {
  warehouse: Warehouse;
  progress(event: { stage: 'judge'; subject: string; done: number; total: number }): void;
}

export interface JudgeSummary {
  excluded: number;
  held: number;
  voided: number;
}

const sqlOf = (name: string): string => readFileSync(new URL(name, import.meta.url), 'utf8');

interface Row {
  id: string;
  verdict: string;
  risk: number;
  reasons: string[];
  heldBy: string[];
}

/** Subjects without any evidence about whom an analyst decided. */
async function decidedOnly(
  kind: 'account' | 'device',
  decisions: DecisionBook,
  judged: readonly Row[],
  prior: number,
  warehouse: Warehouse,
): Promise<Row[]> {
  const known = new Set(judged.map(({ id }) => id));
  const rows: Row[] = [];
  for (const id of decisions.subjects(kind).filter((subject) => !known.has(subject))) {
    const { n } = await warehouse.row<{ n: number }>(
      `SELECT count(*) AS n FROM raw.${kind}s WHERE ${kind}_id = $id`,
      { id },
    );
    if (n === 0) continue;
    decisions.knows(kind, id);
    const { verdict } = decisions.apply(kind, id, 'clear', []);
    rows.push({ id, verdict, risk: prior, reasons: [], heldBy: ['decision'] });
  }
  return rows;
}

async function writeJudged(
  kind: 'account' | 'device',
  rows: readonly Row[],
  warehouse: Warehouse,
): Promise<void> {
  await appendRows(
    warehouse,
    'verdict',
    `judged_${kind}`,
    ['text', 'text', 'float', 'text', 'text'],
    rows.map(({ id, verdict, risk, reasons, heldBy }) => [
      id,
      verdict,
      risk,
      reasons.join('|'),
      heldBy.join('|'),
    ]),
  );
}

/**
 * Judges devices, finds who sold one card as many, then judges accounts, then the list. All tables are
 * written before a brake may stop the run, so that what it saw can be looked at.
 * @throws GhostcardError E_BRAKE when a brake stops the run.
 */
export async function judge(input: JudgeInput, effects: JudgeEffects): Promise<JudgeSummary> {
  const { policy } = input;
  const { warehouse, progress } = effects;
  const decisions = new DecisionBook(input.decisions?.verdicts ?? [], input.snapshot);
  await warehouse.run(sqlOf('tables.sql'));
  await warehouse.run(sqlOf('findings.sql'));
  const deviceCount = await subjectCount(warehouse, 'device');
  const total = deviceCount + (await subjectCount(warehouse, 'account'));
  const step = (subject: string, before: number) => (done: number) =>
    progress({ stage: 'judge', subject, done: before + done, total });
  step('devices', 0)(0);

  const devices: Row[] = await judgeDevices(policy, decisions, warehouse, step('devices', 0));
  devices.push(...(await decidedOnly('device', decisions, devices, policy.prior.device, warehouse)));
  await writeJudged('device', devices, warehouse);
  await warehouse.run(sqlOf('verdict-devices.sql'), { prior: policy.prior.device });
  await warehouse.run(sqlOf('verdict-gpus.sql'));
  await writeKeptPoints(warehouse);
  await writeCardSets(warehouse);
  await writeSupply(policy, warehouse);

  const { accounts, clusters } = await judgeAccounts(
    policy,
    decisions,
    warehouse,
    step('accounts', deviceCount),
  );
  const decided = await decidedOnly('account', decisions, accounts, policy.prior.account, warehouse);
  const listed = await holdMerged([...accounts, ...decided], policy.prior.account, warehouse);
  await writeJudged('account', listed, warehouse);
  const pooled = clusters.map(({ id, risk, reasons }) => [id, risk, reasons.join('|')]);
  await appendRows(warehouse, 'verdict', 'judged_cluster', ['text', 'float', 'text'], pooled);
  await warehouse.run(sqlOf('verdict-accounts.sql'), { prior: policy.prior.account });
  await warehouse.run(sqlOf('verdict-clusters.sql'), { prior: policy.prior.account });
  await writeDecisions(warehouse, decisions.rows());

  const pulled = await brakes(
    policy,
    { previous: input.previous, overrides: input.overrideBrakes ?? [] },
    warehouse,
  );
  await writeBrakes(warehouse, pulled);
  stopOn(pulled, await worstLoss(warehouse));
  const count = (rows: readonly Row[], verdict: string) =>
    rows.filter((row) => row.verdict === verdict).length;
  return {
    excluded: count(listed, 'exclude'),
    held: count(listed, 'review'),
    voided: count(devices, 'void'),
  };
}
