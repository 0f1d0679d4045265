/**
 * `ghostcard check`: ingest and nothing behind it. What of a dataset arrives, what is lost, what can be
 * looked at.
 */
import { readFileSync } from 'node:fs';
import { TABLE_NAMES, type TableName } from '../../contracts/dataset.ts';
import type { RejectCode } from '../../contracts/errors.ts';
import type { Outlook } from '../../contracts/outlook.ts';
import type { BrakeRow } from '../../contracts/verdict.ts';
import { outlook } from '../detect/outlook.ts';
import { loadDetectors } from '../detect/registry.ts';
import { ingest } from '../ingest/ingest.ts';
import type { IngestReport } from '../ingest/report.ts';
import { lossBrakes, measureLoss, worstLoss } from '../judge/input-loss.ts';
import { loadPolicy } from '../judge/policy.ts';
import { openWorkspace } from '../warehouse/workspace.ts';

export interface CheckOptions {
  dataset: string;
  workspace: string;
  threads: number;
  memoryBytes: number;
}

export interface TableCheck {
  table: TableName;
  files: number;
  rows: { in: number; loaded: number; duplicate: number; rejected: number };
  /** Contract columns that its files have. */
  columns: string[];
}

/** Refused rows of one file for one reason. */
export interface Refusal {
  file: string;
  code: RejectCode;
  column: string;
  rows: number;
  /** Line of the first, from 1. */
  line: number;
  expected: string;
}

export interface CheckReport {
  /**
   * Newest network time, RFC 3339: what an audit takes as its snapshot; null when there is none, and an audit
   * must be told.
   */
  snapshot: string | null;
  sealed: boolean;
  mapped: boolean;
  tables: TableCheck[];
  refusals: Refusal[];
  /**
   * Values that were read as NULL, since they could not be what their column is, or that gave way in a
   * derived table.
   */
  lost: { table: TableName; column: string; rows: number }[];
  /** Rows that name an account or device which is not there. */
  orphans: IngestReport['orphans'];
  /** Columns that the contract does not know. */
  ignored: IngestReport['extra'];
  /** Files that look like a table and were not read. */
  unread: IngestReport['unread'];
  /** Other files that belong to no table. */
  unknown: string[];
  detectors: Outlook;
  /**
   * Brakes on lost input that would stop an audit: `segment` is a table that was refused whole, '' = too many
   * owners.
   */
  brakes: BrakeRow[];
  /** Where most input was lost, as the tail of a message; '' where nothing was. */
  worst: string;
}

interface CheckProgress {
  stage: string;
  subject: string;
  done: number;
  total: number;
}

function tablesOf({ files, tables }: IngestReport): TableCheck[] {
  return TABLE_NAMES.flatMap((table) => {
    const own = files.filter((file) => file.table === table);
    if (own.length === 0) return [];
    const sum = (name: 'rowsIn' | 'loaded' | 'duplicate' | 'rejected') =>
      own.reduce((total, file) => total + file[name], 0);
    const rows = {
      in: sum('rowsIn'),
      loaded: sum('loaded'),
      duplicate: sum('duplicate'),
      rejected: sum('rejected'),
    };
    return [{ table, files: own.length, rows, columns: tables[table] ?? [] }];
  });
}

/** Values that could not be read, summed over the files of a table. */
function lostValues({ values }: IngestReport): CheckReport['lost'] {
  const sums = new Map<string, CheckReport['lost'][number]>();
  for (const { table, column, lost } of values) {
    const key = `${table} ${column}`;
    if (lost > 0) sums.set(key, { table, column, rows: lost + (sums.get(key)?.rows ?? 0) });
  }
  return [...sums.keys()].sort().map((key) => sums.get(key)!);
}

/** Reads the dataset as an audit would. @throws what `ingest` throws. */
export async function check(
  options: CheckOptions,
  progress: (event: CheckProgress) => void,
): Promise<CheckReport> {
  const workspace = await openWorkspace({ ...options, folder: options.workspace });
  const { warehouse } = workspace;
  try {
    const input = await ingest(options, { warehouse, progress });
    const refusals = await warehouse.rows<Refusal>(
      readFileSync(new URL('./refusals.sql', import.meta.url), 'utf8'),
    );
    const brakes = lossBrakes(await measureLoss(warehouse), loadPolicy().brakes);
    return {
      snapshot: input.snapshot === null ? null : new Date(input.snapshot).toISOString(),
      sealed: input.sealed,
      mapped: input.mapping.present,
      tables: tablesOf(input),
      refusals,
      lost: lostValues(input),
      orphans: input.orphans,
      ignored: input.extra,
      unread: input.unread,
      unknown: input.unknown,
      detectors: outlook(await loadDetectors(), input.tables),
      brakes,
      worst: await worstLoss(warehouse),
    };
  } finally {
    workspace.close();
  }
}
