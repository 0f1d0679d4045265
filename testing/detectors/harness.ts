/** Runs one detector on the literal tables of a case, through the real rollups and models, in a database in memory. */
import { NETWORK_TIME, type TableName } from '../../contracts/dataset.ts';
import type { CaseTables, DetectorCase } from '../../contracts/detector.ts';
import type { Policy } from '../../contracts/policy.ts';
import { derive } from '../../pipelines/derive.ts';
import { type DetectEffects, detect, type Present } from '../../pipelines/detect/detect.ts';
import { sharedTables, withOwnTables } from '../../pipelines/detect/own-tables.ts';
import { type Detector, numbersOf } from '../../pipelines/detect/registry.ts';
import { loadRows } from '../../pipelines/ingest/load-rows.ts';
import { createRawViews } from '../../pipelines/ingest/raw-views.ts';
import { tensors } from '../../pipelines/models/learn.ts';
import { planModels } from '../../pipelines/models/run.ts';
import { withNumbers } from '../../pipelines/warehouse/numbers.ts';
import { createSchema } from '../../pipelines/warehouse/schema.ts';
import { openWarehouse, type Warehouse } from '../../pipelines/warehouse/warehouse.ts';

export interface CaseFinding {
  subject_id: string;
  level: string;
  value: string | null;
  related: string[];
  facts: string;
}

export interface CaseResult {
  outcome: string;
  why: string;
  findings: CaseFinding[];
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

/** Sealed as the audit's detectors are: no statement of a unit reaches a file. */
export async function openCaseBench(): Promise<CaseBench> {
  const warehouse = await openWarehouse({ path: ':memory:', threads: 1, memory: '1GB' });
  await createSchema(warehouse);
  await createRawViews(warehouse, 0);
  const effects = { warehouse, tensors: tensors(), progress: () => {} };
  await derive({ snapshot: 0, only: [] }, effects);
  const plan = await planModels(warehouse);
  const filled = new Set<string>();
  return warehouse.sealed([], async () => ({
    warehouse,
    async run(detector, { tables, snapshot = newestTime(tables) }) {
      for (const table of filled) await warehouse.run(`TRUNCATE loaded."${table}"`);
      filled.clear();
      for (const table of Object.keys(tables)) filled.add(table);
      await loadRows(warehouse, tables, snapshot);
      await derive({ snapshot, only: sharedTables([detector]), plan, reference: false }, effects);
      return findingsOf(detector, { present: presentColumns(tables), policy: NO_WEIGHTS, snapshot }, effects);
    },
    async columns(detector) {
      await derive({ snapshot: 0, only: sharedTables([detector]), plan, reference: false }, effects);
      return withOwnTables(detector, 0, effects, async () => {
        const columns = await warehouse.describe(withNumbers(detector.sql, numbersOf(detector)));
        return Object.fromEntries(columns.map(({ name, type }) => [name, type]));
      });
    },
    close: warehouse.close,
  }));
}

/** Facts only: nobody is judged here. */
const NO_WEIGHTS = { weights: {} } as Policy;

async function findingsOf(
  detector: Detector,
  input: Parameters<typeof detect>[1],
  effects: DetectEffects,
): Promise<CaseResult> {
  const [coverage] = await detect([detector], input, effects);
  const findings = await effects.warehouse.rows<CaseFinding>(
    detector.meta.subject === 'network'
      ? "SELECT metric AS subject_id, level, NULL AS value, []::VARCHAR[] AS related, '{}' AS facts FROM evidence.network ORDER BY ALL"
      : 'SELECT subject_id, level, value, related, facts FROM evidence.finding ORDER BY ALL',
  );
  return { outcome: coverage!.outcome, why: coverage!.why, findings };
}
