/** The judge's rows on their way into the warehouse. */
import type { BrakeRow, CertificateRow, DecisionRow, Term } from '../../contracts/verdict.ts';
import { appendRows, type CellKind } from '../warehouse/append.ts';
import type { Warehouse } from '../warehouse/warehouse.ts';

const TERM: Record<keyof Term, CellKind> = {
  subject_type: 'text',
  subject_id: 'text',
  detector: 'text',
  family: 'text',
  level: 'text',
  reason: 'text',
  forgeable_by: 'text',
  value: 'text',
  fact: 'text',
  weight_raw: 'float',
  weight: 'float',
  counted: 'boolean',
  why_not: 'text',
  sharers: 'int',
  sharers_in_cluster: 'int',
  related: 'texts',
  facts: 'text',
  first_at: 'int',
  last_at: 'int',
  links: 'boolean',
  hub: 'boolean',
  card: 'int',
  facet: 'text',
};

const CERTIFICATE: Record<keyof CertificateRow, CellKind> = {
  account_id: 'text',
  test: 'text',
  terms_removed: 'int',
  log_odds: 'float',
  margin: 'float',
};

const BRAKE: Record<keyof BrakeRow, CellKind> = {
  name: 'text',
  segment: 'text',
  observed: 'float',
  allowed: 'float',
  total: 'float',
  overridden_why: 'text',
};

const DECISION: Record<keyof DecisionRow, CellKind> = {
  subject_type: 'text',
  subject_id: 'text',
  verdict: 'text',
  by: 'text',
  at: 'int',
  until: 'int',
  why: 'text',
  state: 'text',
  new_facts: 'texts',
};

/** Columns stand in the table in the order of the record's keys. */
async function append<Row extends object>(
  warehouse: Warehouse,
  table: string,
  kinds: Record<keyof Row, CellKind>,
  rows: readonly Row[],
): Promise<void> {
  const names = Object.keys(kinds) as (keyof Row)[];
  await appendRows(
    warehouse,
    'verdict',
    table,
    Object.values(kinds) as CellKind[],
    rows.map((row) => names.map((name) => row[name] as string)),
  );
}

export const writeTerms = (warehouse: Warehouse, rows: readonly Term[]) =>
  append(warehouse, 'term', TERM, rows);
export const writeCertificates = (warehouse: Warehouse, rows: readonly CertificateRow[]) =>
  append(warehouse, 'certificate', CERTIFICATE, rows);
export const writeBrakes = (warehouse: Warehouse, rows: readonly BrakeRow[]) =>
  append(warehouse, 'brake', BRAKE, rows);
export const writeDecisions = (warehouse: Warehouse, rows: readonly DecisionRow[]) =>
  append(warehouse, 'decision', DECISION, rows);
