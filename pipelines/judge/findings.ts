/** Findings read subject by subject, a bounded number of subjects at a time. */
import type { Finding } from '../../contracts/evidence.ts';
import { type Policy, silentElsewhere } from '../../contracts/policy.ts';
import type { Term, WhyNot } from '../../contracts/verdict.ts';
import type { Warehouse } from '../warehouse/warehouse.ts';
import { cappedByTested, type Kind } from './fusion.ts';
import { factId } from './terms.ts';

/** A row of `account_finding` or `device_finding`. */
export interface FindingRow extends Omit<Finding, 'subject_type'> {
  subject_no: number;
  cluster_id: string | null;
  /** Policy weight of the level, nats, before ln(tested / 3). */
  nats: number;
  hub: boolean;
  sharers: number | null;
  sharers_in_cluster: number | null;
}

/**
 * A subject with its findings as terms that nobody has summed yet: `weight` 0, `why_not` where the finding is
 * worth nothing.
 */
export interface Subject {
  id: string;
  clusterId: string | null;
  terms: Term[];
}

const BATCH = 20_000;

/** How many subjects of a kind have findings. */
export async function subjectCount(warehouse: Warehouse, kind: Kind): Promise<number> {
  const { total } = await warehouse.row<{ total: number }>(
    `SELECT coalesce(max(subject_no) + 1, 0) AS total FROM ${kind}_finding`,
  );
  return total;
}

/** Subjects with findings in the order of their numbers. */
export async function* subjects(
  warehouse: Warehouse,
  kind: Kind,
  policy: Policy,
): AsyncGenerator<{ batch: Subject[]; done: number }> {
  const total = await subjectCount(warehouse, kind);
  for (let from = 0; from < total; from += BATCH) {
    const rows = await warehouse.rows<FindingRow>(
      `SELECT * FROM ${kind}_finding WHERE subject_no >= $low AND subject_no < $high
       ORDER BY subject_no, detector, level, value NULLS FIRST, gpu_index NULLS FIRST, facts`,
      { low: from, high: from + BATCH },
    );
    const batch: Subject[] = [];
    let current = -1;
    for (const row of rows) {
      if (row.subject_no !== current)
        batch.push({ id: row.subject_id, clusterId: row.cluster_id, terms: [] });
      current = row.subject_no;
      batch.at(-1)!.terms.push(termOf(row, kind, policy));
    }
    yield { batch, done: Math.min(from + BATCH, total) };
  }
}

/**
 * What a finding is worth by the policy: never more than its own p-value says or, without one, ln(n/3) of the
 * honest units, here and elsewhere.
 */
function rawOf(row: FindingRow, policy: Policy): number {
  const { detector, level, forgeable_by } = row;
  if (row.hub && forgeable_by === 'anyone') return 0;
  return cappedByTested(row.nats, row.tested + silentElsewhere(policy, detector, level), row.surprise);
}

function whyNothing({ hub, nats }: FindingRow, raw: number): WhyNot | null {
  if (raw > 0) return null;
  return hub ? 'hub' : nats > 0 ? 'too-few-tested' : null;
}

function termOf(row: FindingRow, kind: Kind, policy: Policy): Term {
  const raw = rawOf(row, policy);
  return {
    subject_type: kind,
    subject_id: row.subject_id,
    detector: row.detector,
    family: row.family,
    level: row.level,
    reason: row.reason,
    forgeable_by: row.forgeable_by,
    value: row.value,
    fact: factId(row.detector, row.level, row.value),
    weight_raw: raw,
    weight: 0,
    counted: false,
    why_not: whyNothing(row, raw),
    sharers: row.sharers,
    sharers_in_cluster: row.sharers_in_cluster,
    related: row.related ?? [],
    facts: row.facts,
    first_at: row.first_at,
    last_at: row.last_at,
    links: row.links,
    hub: row.hub,
    card: row.gpu_index,
    facet: row.facet,
  };
}
