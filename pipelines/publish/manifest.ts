/** What the manifest says of a run before its outputs exist. */
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import type { DetectorMeta } from '../../contracts/detector.ts';
import type { Policy } from '../../contracts/policy.ts';
import type { RunManifest, RunSummary } from '../../contracts/run.ts';
import { canonicalJson } from '../../reports/json/canonical.ts';
import type { Warehouse } from '../warehouse/warehouse.ts';
import { readCoverage } from './coverage.ts';
import { publishSql } from './write-files.ts';

export interface PublishedDetector {
  id: string;
  meta: DetectorMeta;
  sql: string;
  seenSql: string | null;
}

/** Digest of a value's canonical JSON. */
export function digestOfValue(value: unknown): string {
  return createHash('sha256').update(canonicalJson(value)).digest('hex');
}

function programVersion(): string {
  const text = readFileSync(new URL('../../package.json', import.meta.url), 'utf8');
  return (JSON.parse(text) as { version: string }).version;
}

/** What detectors.json holds: the metadata that explain and the report print. */
export function describeDetectors(detectors: readonly PublishedDetector[]): Record<string, DetectorMeta> {
  const byId = detectors.toSorted((a, b) => (a.id < b.id ? -1 : 1));
  return Object.fromEntries(byId.map(({ id, meta }) => [id, meta]));
}

interface InputRow {
  file: string;
  table: string;
  bytes: number;
  sha256: string;
  rows_in: number;
  loaded: number;
  duplicate: number;
  rejected: number;
}

async function readSummary(policy: Policy, warehouse: Warehouse): Promise<RunSummary> {
  const row = await warehouse.row<Record<string, number> & Record<string, string>>(publishSql('summary'));
  const number = (name: string) => row[name] as unknown as number;
  const text = (name: string) => row[name] as unknown as string;
  return {
    accounts: { exclude: number('exclude'), review: number('review'), clear: number('clear') },
    devices: {
      void: number('void'),
      review: number('device_review'),
      clear: number('device_clear'),
      unverified: number('unverified'),
    },
    clusters: number('clusters'),
    findings: number('findings'),
    expected_wrongful_exclusions: number('expected_wrongful'),
    points: {
      before: text('before'),
      excluded: text('excluded'),
      voided: text('voided'),
      held: text('held'),
      payable: text('payable'),
    },
    coverage: await readCoverage(policy, warehouse),
  };
}

/** The manifest without its outputs. */
export async function describeRun(
  input: {
    snapshot: number;
    sealed: boolean;
    policy: Policy;
    detectors: readonly PublishedDetector[];
    config: Readonly<Record<string, unknown>>;
  },
  warehouse: Warehouse,
): Promise<Omit<RunManifest, 'outputs'>> {
  const { engine } = await warehouse.row<{ engine: string }>('SELECT version() AS engine');
  const files = await warehouse.rows<InputRow>(publishSql('inputs'));
  return {
    format: 'ghostcard-run',
    version: 1,
    ghostcard: programVersion(),
    snapshot: new Date(input.snapshot).toISOString(),
    sealed: input.sealed,
    summary: await readSummary(input.policy, warehouse),
    backend: { duckdb: engine },
    config: { ...input.config },
    policy: { sha256: digestOfValue(input.policy), content: { ...input.policy } },
    detectors: input.detectors
      .map(({ id, meta, sql, seenSql }) => ({ id, sha256: digestOfValue({ meta, sql, seenSql }) }))
      .sort((a, b) => (a.id < b.id ? -1 : 1)),
    inputs: files.map(({ file, table, bytes, sha256, rows_in, loaded, duplicate, rejected }) => ({
      file,
      table,
      bytes,
      sha256,
      rows: { in: rows_in, loaded, duplicate, rejected },
    })),
  };
}
