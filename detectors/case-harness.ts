/** Runs one detector on the literal tables of a case, through the real rollups and models, in a database in memory. */
import { columnsOf, type InputTableName, NETWORK_TIME, type TableName } from '../contracts/dataset.ts';
import type { CaseTables, DetectorCase } from '../contracts/detector.ts';
import type { Policy } from '../contracts/policy.ts';
import { detect, type Present } from '../pipelines/detect/detect.ts';
import type { Detector } from '../pipelines/detect/registry.ts';
import { createRawViews } from '../pipelines/ingest/raw-views.ts';
import { featuresRead, learn } from '../pipelines/learn/learn.ts';
import { LEARNERS } from '../pipelines/learn/learners.ts';
import { loadReference } from '../pipelines/models/reference.ts';
import { planModels, runModels } from '../pipelines/models/run.ts';
import { rollup } from '../pipelines/rollup/rollup.ts';
import { appendRows, type Cell, type CellKind } from '../pipelines/warehouse/append.ts';
import { createSchema } from '../pipelines/warehouse/schema.ts';
import type { OrderedSql } from '../pipelines/warehouse/sql-order.ts';
import { openWarehouse, type Warehouse } from '../pipelines/warehouse/warehouse.ts';

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

const quiet = { progress: () => {} };

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

/** Appends the rows; values that a row leaves out are NULL or the contract's fallback. */
async function insert(
  warehouse: Warehouse,
  table: InputTableName,
  rows: readonly Record<string, unknown>[],
): Promise<void> {
  const columns = columnsOf(table);
  const cells = (row: Record<string, unknown>) =>
    columns.map(({ name, fallback }) => (row[name] ?? fallback ?? null) as Cell);
  if (columns.every(({ kind }) => kind !== 'decimal')) {
    const kinds = columns.map(({ kind }) => (kind === 'time' ? 'int' : (kind as CellKind)));
    return appendRows(warehouse, 'loaded', table, kinds, rows.map(cells));
  }
  const literal = (value: Cell): string =>
    value === null ? 'NULL' : typeof value === 'string' ? `'${value.replaceAll("'", "''")}'` : String(value);
  for (let from = 0; from < rows.length; from += 2000) {
    const values = rows.slice(from, from + 2000).map((row) => `(${cells(row).map(literal).join(', ')})`);
    await warehouse.run(`INSERT INTO loaded."${table}" VALUES ${values.join(', ')}`);
  }
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
  close(): void;
}

export async function openCaseBench(): Promise<CaseBench> {
  const warehouse = await openWarehouse({ path: ':memory:', threads: 1, memory: '1GB' });
  await createSchema(warehouse);
  await loadReference(warehouse);
  await createRawViews(warehouse, 0);
  await rollup(warehouse, { snapshot: 0 }, quiet);
  const plan = await planModels(warehouse);
  await runModels(warehouse, { snapshot: 0, plan }, quiet);
  await learn(warehouse, { learners: LEARNERS, snapshot: 0 }, quiet);
  const filled = new Set<string>();
  return {
    warehouse,
    async run(detector, { tables, snapshot }) {
      for (const table of filled) await warehouse.run(`TRUNCATE loaded."${table}"`);
      filled.clear();
      for (const [table, rows] of Object.entries(tables)) {
        filled.add(table);
        await insert(warehouse, table as InputTableName, rows as readonly Record<string, unknown>[]);
      }
      return runIn(warehouse, plan, detector, tables, snapshot ?? newestTime(tables));
    },
    close: warehouse.close,
  };
}

async function runIn(
  warehouse: Warehouse,
  plan: readonly OrderedSql[],
  detector: Detector,
  tables: CaseTables,
  snapshot: number,
): Promise<CaseResult> {
  await createRawViews(warehouse, snapshot);
  await rollup(warehouse, { snapshot }, quiet);
  const learned = detector.meta.reads.filter((name) => name.startsWith('learned.'));
  const features = detector.meta.reads.filter((name) => name.startsWith('features.'));
  const only = [...features, ...featuresRead(LEARNERS, learned)];
  await runModels(warehouse, { snapshot, only, plan }, quiet);
  await learn(warehouse, { learners: LEARNERS, snapshot, only: learned }, quiet);
  const policy = { weights: {} } as Policy;
  const [coverage] = await detect(
    [detector],
    { present: presentColumns(tables), policy, snapshot },
    { warehouse, ...quiet },
  );
  const findings =
    detector.meta.subject === 'network'
      ? await warehouse.rows<CaseFinding>(
          "SELECT metric AS subject_id, level, NULL AS value, []::VARCHAR[] AS related, '{}' AS facts FROM evidence.network ORDER BY ALL",
        )
      : await warehouse.rows<CaseFinding>(
          'SELECT subject_id, level, value, related, facts FROM evidence.finding ORDER BY ALL',
        );
  return { outcome: coverage!.outcome, why: coverage!.why, findings };
}
