/**
 * Runs every detector alone: one that throws is a result ("failed"), one whose inputs are absent is "not
 * run".
 */
import { readFileSync } from 'node:fs';
import type { InputTableName } from '../../contracts/dataset.ts';
import { type Coverage, FINDING_COLUMNS, NETWORK_FINDING_COLUMNS } from '../../contracts/evidence.ts';
import { observes, type Policy } from '../../contracts/policy.ts';
import type { Tensors } from '../models/learn.ts';
import { withNumbers } from '../warehouse/numbers.ts';
import { literal } from '../warehouse/sql-text.ts';
import type { Warehouse } from '../warehouse/warehouse.ts';
import { withOwnTables } from './own-tables.ts';
import { type Detector, numbersOf } from './registry.ts';

export interface DetectEffects {
  warehouse: Warehouse;
  tensors: Tensors;
  progress(event: { stage: 'detect'; subject: string; done: number; total: number }): void;
}

/** Which columns of which tables the dataset brought. */
export type Present = ReadonlyMap<string, ReadonlySet<string>>;

export function presentTables(tables: Partial<Record<InputTableName, readonly string[]>>): Present {
  return new Map(Object.entries(tables).map(([table, columns]) => [table, new Set(columns)]));
}

/** Names what a detector misses, or '' when it can run. */
export function missingInputs(detector: Detector, present: Present): string {
  const missing: string[] = [];
  for (const [table, columns] of Object.entries(detector.meta.needs) as [
    InputTableName,
    readonly string[],
  ][]) {
    const have = present.get(table);
    if (!have) missing.push(`table ${table}`);
    else missing.push(...columns.filter((column) => !have.has(column)).map((column) => `${table}.${column}`));
  }
  return missing.length === 0 ? '' : `absent: ${missing.join(', ')}`;
}

/**
 * The INSERT around a detector's SELECT. Level words turn into reasons by a VALUES list from the metadata.
 */
function insertFindings(detector: Detector): string {
  const { meta, id } = detector;
  const levels = Object.entries(meta.levels)
    .map(
      ([level, { reason, forgeableBy, facet }]) =>
        `(${literal(level)}, ${literal(reason)}, ${literal(forgeableBy)}, ${facet ? literal(facet) : 'NULL'})`,
    )
    .join(', ');
  const columns = meta.subject === 'network' ? NETWORK_FINDING_COLUMNS : FINDING_COLUMNS;
  const blank = Object.entries(columns).map(([name, type]) => `NULL::${type} AS ${name}`);
  const body = withNumbers(detector.sql, numbersOf(detector));
  // What a detector does not name is NULL.
  const found = `SELECT ${blank.join(', ')} WHERE false UNION ALL BY NAME (${body}\n)`;
  if (meta.subject === 'network') {
    return `INSERT INTO evidence.network
      SELECT ${literal(id)}, f.level, l.reason, f.metric, f.valid_from, f.valid_to, f.observed, f.expected
      FROM (${found}) f JOIN (VALUES ${levels}) l(level, reason, forgeable_by, facet) ON l.level = f.level
      ORDER BY f.metric, f.valid_from, f.level`;
  }
  return `INSERT INTO evidence.finding
    SELECT ${literal(meta.subject)}, f.subject_id, ${literal(id)}, ${literal(meta.family)}, f.level, l.reason, l.forgeable_by,
      ${meta.links}, f.value, coalesce(f.related, []), f.tested, f.facts, f.first_at, f.last_at,
      ${meta.subject === 'device' ? "TRY_CAST(json_extract_string(f.facts, '$.card') AS BIGINT)" : 'NULL'}, l.facet,
      f.surprise
    FROM (${found}) f JOIN (VALUES ${levels}) l(level, reason, forgeable_by, facet) ON l.level = f.level
    ORDER BY f.subject_id, f.level, f.value, f.facts`;
}

/**
 * Notes the subjects that the detector could judge in `evidence.seen`, once per family, unless it only
 * observes. Where the policy lifts its findings about devices to their owners, it could speak about these,
 * too. Returns how many it could judge.
 */
async function writeSeen(
  detector: Detector,
  policy: Policy,
  snapshot: number,
  warehouse: Warehouse,
): Promise<number> {
  const { id, meta } = detector;
  const kind = meta.subject;
  const sql = withNumbers(
    detector.seenSql ?? `SELECT ${kind}_id AS subject_id FROM raw.${kind}s`,
    numbersOf(detector),
  );
  await warehouse.run(`CREATE OR REPLACE TEMP TABLE seen_now AS SELECT DISTINCT subject_id FROM (${sql}\n)`, {
    snapshot,
  });
  const { n } = await warehouse.row<{ n: number }>('SELECT count(subject_id) AS n FROM seen_now');
  if (observes(policy, id)) return n;
  const lifted = kind === 'device' && !observes({ weights: policy.lift }, id);
  for (const type of lifted ? [kind, 'account'] : [kind]) {
    await warehouse.run(
      `INSERT INTO evidence.seen
       SELECT $type, ${type}_id, $family FROM raw.${kind}s
       WHERE ${kind}_id IN (SELECT subject_id FROM seen_now) AND ${type}_id NOT IN
         (SELECT subject_id FROM evidence.seen WHERE subject_type = $type AND family = $family)
       GROUP BY ${type}_id ORDER BY ${type}_id`,
      { type, family: meta.family },
    );
  }
  return n;
}

/** What a detector found: levels of one statement about one subject are one finding, however many hold. */
async function statementsOf({ id, meta }: Detector, warehouse: Warehouse): Promise<number> {
  const { n } = await warehouse.row<{ n: number }>(
    meta.subject === 'network'
      ? 'SELECT count(*) AS n FROM evidence.network WHERE detector = $id'
      : 'SELECT count(DISTINCT row(subject_id, value, gpu_index, facet)) AS n FROM evidence.finding WHERE detector = $id',
    { id },
  );
  return n;
}

async function runOne(
  detector: Detector,
  policy: Policy,
  snapshot: number,
  { warehouse, tensors }: DetectEffects,
): Promise<Coverage> {
  const table = detector.meta.subject === 'network' ? 'evidence.network' : 'evidence.finding';
  const subjects = await warehouse.row<{ n: number }>(
    detector.meta.subject === 'network'
      ? 'SELECT 1 AS n'
      : `SELECT count(*) AS n FROM raw.${detector.meta.subject === 'account' ? 'accounts' : 'devices'}`,
  );
  const coverage: Coverage = {
    detector: detector.id,
    outcome: 'ran',
    observing: observes(policy, detector.id),
    why: '',
    seen: subjects.n,
    subjects: subjects.n,
    findings: 0,
  };
  try {
    await withOwnTables(detector, snapshot, { warehouse, tensors, progress: () => {} }, async () => {
      await warehouse.run(insertFindings(detector), { snapshot });
      if (detector.meta.subject !== 'network')
        coverage.seen = await writeSeen(detector, policy, snapshot, warehouse);
    });
    coverage.findings = await statementsOf(detector, warehouse);
  } catch (error) {
    await warehouse.run(`DELETE FROM ${table} WHERE detector = $id`, { id: detector.id });
    coverage.outcome = 'failed';
    coverage.why = error instanceof Error ? error.message.split('\n')[0]! : String(error);
    coverage.seen = 0;
    coverage.findings = 0;
  }
  return coverage;
}

async function writeSameCard({ id, meta }: Detector, warehouse: Warehouse): Promise<void> {
  for (const [level, { sameCard, forgeableBy }] of Object.entries(meta.levels)) {
    if (!sameCard || forgeableBy === 'anyone') continue;
    await warehouse.run('INSERT INTO evidence.same_card VALUES ($id, $level)', { id, level });
  }
}

/** Fills `evidence.*`. The clock is the snapshot. */
export async function detect(
  detectors: readonly Detector[],
  input: { present: Present; policy: Policy; snapshot: number },
  effects: DetectEffects,
): Promise<Coverage[]> {
  const { warehouse } = effects;
  await warehouse.run(readFileSync(new URL('./tables.sql', import.meta.url), 'utf8'));
  const results: Coverage[] = [];
  for (const [i, detector] of detectors.entries()) {
    effects.progress({ stage: 'detect', subject: detector.id, done: i, total: detectors.length });
    const missing = missingInputs(detector, input.present);
    const coverage: Coverage = missing
      ? {
          detector: detector.id,
          outcome: 'not-run',
          observing: false,
          why: missing,
          seen: 0,
          subjects: 0,
          findings: 0,
        }
      : await runOne(detector, input.policy, input.snapshot, effects);
    results.push(coverage);
    await writeSameCard(detector, warehouse);
    await warehouse.run(
      'INSERT INTO evidence.coverage VALUES ($detector, $outcome, $observing, $why, $seen, $subjects, $findings)',
      { ...coverage },
    );
  }
  return results;
}
