/**
 * Runs one detector on the literal tables of a case, through the real rollups and models, in a database in
 * memory.
 */
import { NETWORK_TIME, type TableName } from '../../contracts/dataset.ts';
import type { CaseTables, DetectorCase } from '../../contracts/detector.ts';
import { FINDING_COLUMNS, NETWORK_FINDING_COLUMNS } from '../../contracts/evidence.ts';
import type { Policy } from '../../contracts/policy.ts';
import { derive } from '../../pipelines/derive.ts';
import { type DetectEffects, detect, type Present } from '../../pipelines/detect/detect.ts';
import { withOwnTables } from '../../pipelines/detect/own-tables.ts';
import { type Detector, numbersOf } from '../../pipelines/detect/registry.ts';
import { loadRows } from '../../pipelines/ingest/load-rows.ts';
import { createRawViews } from '../../pipelines/ingest/raw-views.ts';
import { type Model, planModels, quietEffects } from '../../pipelines/models/run.ts';
import { type Grain, readGrains } from '../../pipelines/rollup/grains.ts';
import { withNumbers } from '../../pipelines/warehouse/numbers.ts';
import { createSchema } from '../../pipelines/warehouse/schema.ts';
import { closureOf } from '../../pipelines/warehouse/sql-order.ts';
import { openWarehouse, type Warehouse } from '../../pipelines/warehouse/warehouse.ts';

export interface CaseFinding {
  subject_id: string;
  level: string;
  value: string | null;
  related: string[];
  /** NULL for findings about the network. */
  tested: number | null;
  facts: string;
}

export interface CaseResult {
  outcome: string;
  why: string;
  /** Subjects of the case (for the network: metrics) that `seen.sql` says the detector could judge. */
  seen: number;
  /** Whom it found although `seen.sql` says that it could not judge them; empty for the network. */
  unseen: string[];
  findings: CaseFinding[];
  /**
   * By level, the first finding with those of its columns that hold something, `facts` as JSON; absent unless
   * it ran.
   */
  firsts?: ReadonlyMap<string, object>;
}

function newestTime(tables: CaseTables): number {
  let newest = 0;
  for (const [table, rows] of Object.entries(tables) as [TableName, readonly Record<string, unknown>[]][]) {
    const clock = NETWORK_TIME[table];
    for (const row of rows) {
      const at = clock ? row[clock] : undefined;
      if (typeof at === 'number' && at > newest) newest = at;
    }
  }
  return newest;
}

function presentColumns(tables: CaseTables): Present {
  return new Map(
    Object.entries(tables).map(([table, rows]) => [
      table,
      new Set((rows as readonly Record<string, unknown>[]).flatMap((row) => Object.keys(row))),
    ]),
  );
}

/** A database in memory with schema, catalogue and models in place, where case after case can be run. */
export interface CaseBench {
  readonly warehouse: Warehouse;
  /** Findings sorted by subject, level and value. */
  run(detector: Detector, one: DetectorCase): Promise<CaseResult>;
  /** Names and types of the columns that its statement returns, over empty tables. */
  columns(detector: Detector): Promise<Record<string, string>>;
  close(): void;
}

/** What the case needs of the shared tables, and no more. */
function planFor({ meta }: Detector, plan: readonly Model[], grains: readonly Grain[]) {
  const models = closureOf('features', plan, meta.reads);
  const read = [...meta.reads, ...models.flatMap(({ reads }) => reads)];
  const rolled = read.map((table) => table.replace(/^rollup\./, 'rollup_all.'));
  return { plan: models, grains: closureOf('rollup_all', grains, rolled) };
}

/** Sealed as the audit's detectors are: no statement of a unit reaches a file. */
export async function openCaseBench(): Promise<CaseBench> {
  const warehouse = await openWarehouse({ path: ':memory:', threads: 1, memory: '1GB' });
  await createSchema(warehouse);
  await createRawViews(warehouse, 0);
  const effects = quietEffects(warehouse);
  await derive({ snapshot: 0, only: [] }, effects);
  const plan = await planModels(warehouse);
  const grains = await readGrains(warehouse);
  const filled = new Set<string>();
  return warehouse.sealed([], async () => ({
    warehouse,
    async run(detector, { tables, snapshot = newestTime(tables) }) {
      for (const table of filled) await warehouse.run(`TRUNCATE loaded."${table}"`);
      filled.clear();
      for (const table of Object.keys(tables)) filled.add(table);
      await loadRows(warehouse, tables, snapshot);
      await derive({ snapshot, ...planFor(detector, plan, grains), reference: false }, effects);
      return resultOf(detector, presentColumns(tables), snapshot, effects);
    },
    async columns(detector) {
      await derive({ snapshot: 0, ...planFor(detector, plan, grains), reference: false }, effects);
      return withOwnTables(detector, 0, effects, async () => {
        const columns = await warehouse.describe(withNumbers(detector.sql, numbersOf(detector)));
        return Object.fromEntries(columns.map(({ name, type }) => [name, type]));
      });
    },
    close: warehouse.close,
  }));
}

/** A policy in which this detector counts, so that the engine notes whom it could judge. */
function policyOf({ id, meta }: Detector): Policy {
  const weights = Object.fromEntries(Object.keys(meta.levels).map((level) => [level, 1]));
  return { weights: { [id]: weights }, lift: {} } as unknown as Policy;
}

const FINDINGS = `SELECT subject_id, level, value, related, tested, facts FROM evidence.finding ORDER BY ALL`;
const FIGURES = `SELECT metric AS subject_id, level, NULL AS value, []::VARCHAR[] AS related, NULL AS tested, '{}' AS facts
  FROM evidence.network ORDER BY ALL`;

async function resultOf(
  detector: Detector,
  present: Present,
  snapshot: number,
  effects: DetectEffects,
): Promise<CaseResult> {
  const network = detector.meta.subject === 'network';
  const [coverage] = await detect([detector], { present, policy: policyOf(detector), snapshot }, effects);
  const { outcome, why } = coverage!;
  const findings = await effects.warehouse.rows<CaseFinding>(network ? FIGURES : FINDINGS);
  if (outcome !== 'ran') return { outcome, why, seen: 0, unseen: [], findings };
  const firsts = await firstFindings(network, effects);
  const seen = network
    ? await metricsSeen(detector, snapshot, effects)
    : await subjectsSeen(detector, effects);
  const unseen = network ? [] : await subjectsUnseen(detector, effects);
  return { outcome, why, seen, unseen, findings, firsts };
}

async function firstFindings(network: boolean, { warehouse }: DetectEffects): Promise<Map<string, object>> {
  const columns = Object.keys(network ? NETWORK_FINDING_COLUMNS : FINDING_COLUMNS).join(', ');
  const table = network ? 'evidence.network' : 'evidence.finding';
  const rows = await warehouse.rows<{ level: string; facts?: string }>(
    `SELECT ${columns} FROM ${table} ORDER BY ALL`,
  );
  const firsts = new Map<string, object>();
  for (const row of rows) {
    if (firsts.has(row.level)) continue;
    const filled = Object.entries(row).filter(([, value]) => value !== null);
    firsts.set(
      row.level,
      Object.fromEntries(
        filled.map(([name, value]) => [name, name === 'facts' ? JSON.parse(String(value)) : value]),
      ),
    );
  }
  return firsts;
}

async function subjectsSeen({ meta }: Detector, { warehouse }: DetectEffects): Promise<number> {
  const { n } = await warehouse.row<{ n: number }>(
    'SELECT count(DISTINCT subject_id) AS n FROM evidence.seen WHERE subject_type = $kind',
    { kind: meta.subject },
  );
  return n;
}

async function subjectsUnseen({ meta }: Detector, { warehouse }: DetectEffects): Promise<string[]> {
  const rows = await warehouse.rows<{ subject_id: string }>(
    `SELECT DISTINCT subject_id FROM evidence.finding WHERE subject_id NOT IN
       (SELECT subject_id FROM evidence.seen WHERE subject_type = $kind) ORDER BY subject_id`,
    { kind: meta.subject },
  );
  return rows.map(({ subject_id }) => subject_id);
}

/** The engine notes nobody for the network, which is one; a suite asks which metrics could be judged. */
async function metricsSeen(detector: Detector, snapshot: number, effects: DetectEffects): Promise<number> {
  const { seenSql } = detector;
  if (seenSql === null) return 0;
  return withOwnTables(detector, snapshot, effects, async () => {
    const sql = withNumbers(seenSql, numbersOf(detector));
    const count = `SELECT count(DISTINCT subject_id) AS n FROM (${sql}\n)`;
    return (await effects.warehouse.row<{ n: number }>(count, { snapshot })).n;
  });
}
