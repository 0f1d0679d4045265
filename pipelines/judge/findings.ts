/** Findings read subject by subject, a bounded number of subjects at a time. */
import { createHash } from 'node:crypto';
import type { Finding } from '../../contracts/evidence.ts';
import type { Policy } from '../../contracts/policy.ts';
import type { Term } from '../../contracts/verdict.ts';
import type { Warehouse } from '../warehouse/warehouse.ts';
import { cappedByTested, type Fused, fuse, type Kind, type Piece } from './fusion.ts';

/** A row of `account_finding` or `device_finding`. */
export interface FindingRow extends Omit<Finding, 'subject_type'> {
  subject_no: number;
  cluster_id: string | null;
  /** Policy weight of the level, nats, before ln(tested / 3). */
  nats: number;
  hub: boolean;
  sharers: number | null;
  sharers_in_cluster: number | null;
  /** Of a device: its cards that the network measured often enough to accuse them, by index, and how many are listed. */
  judgeable: number[] | null;
  /** Indices of its newest inventory; NULL without one. */
  places: number[] | null;
  listed: number | null;
}

/** A finding with what it is worth. */
export interface Evidence extends Piece {
  row: FindingRow;
}

export interface Subject {
  id: string;
  clusterId: string | null;
  evidence: Evidence[];
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
        batch.push({ id: row.subject_id, clusterId: row.cluster_id, evidence: [] });
      current = row.subject_no;
      batch.at(-1)!.evidence.push(weighed(row, policy));
    }
    yield { batch, done: Math.min(from + BATCH, total) };
  }
}

function weighed(row: FindingRow, policy: Policy): Evidence {
  const { detector, family, level, value, forgeable_by } = row;
  const elsewhere = policy.contradictions.levels[detector]?.[level];
  return {
    detector,
    family,
    level,
    value,
    forgeable_by,
    raw: row.hub && forgeable_by === 'anyone' ? 0 : cappedByTested(row.nats, row.tested + (elsewhere ?? 0)),
    contradiction: elsewhere !== undefined,
    row,
  };
}

/** 16 hex digits that name a fact from run to run. */
export function factId(detector: string, level: string, value: string | null): string {
  return createHash('sha256')
    .update(JSON.stringify([detector, level, value]))
    .digest('hex')
    .slice(0, 16);
}

/** The subject's terms: every finding with its part in the sum. */
export function termsOf(subject: Subject, fused: Fused, kind: Kind): Term[] {
  return subject.evidence.map((evidence, i) => {
    const { row, raw } = evidence;
    const weight = fused.weights[i]!;
    let whyNot = fused.whyNot[i]!;
    if (row.hub && raw === 0) whyNot = 'hub';
    else if (raw === 0 && row.nats > 0) whyNot = 'too-few-tested';
    return {
      subject_type: kind,
      subject_id: subject.id,
      detector: row.detector,
      family: row.family,
      level: row.level,
      reason: row.reason,
      forgeable_by: row.forgeable_by,
      value: row.value,
      fact: factId(row.detector, row.level, row.value),
      weight_raw: raw,
      weight,
      counted: weight > 0,
      why_not: weight > 0 ? null : whyNot,
      sharers: row.sharers,
      sharers_in_cluster: row.sharers_in_cluster,
      related: row.related ?? [],
      facts: row.facts,
      first_at: row.first_at,
      last_at: row.last_at,
    };
  });
}

export const fuseSubject = (subject: Subject, kind: Kind, policy: Policy): Fused =>
  fuse(subject.evidence, kind, policy);

/** Reason codes of the counted terms, strongest first, each once. */
export function reasonsOf(terms: readonly Pick<Term, 'reason' | 'weight'>[]): string[] {
  const best = new Map<string, number>();
  for (const { reason, weight } of terms) if (weight > (best.get(reason) ?? 0)) best.set(reason, weight);
  return [...best].sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1)).map(([reason]) => reason);
}
