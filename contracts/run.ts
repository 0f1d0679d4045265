/**
 * The result contract, version 1: the files of a run directory, their columns, and the manifest that seals them.
 * Publish writes by it, readers check by it, and docs are printed from it.
 */
import { z } from 'zod';

/** Columns of the CSV files, in file order. Rows are sorted by id in code-unit order. */
export const CSV_COLUMNS = {
  'accounts.csv': [
    'account_id',
    'verdict',
    'risk',
    'cluster_id',
    'devices',
    'devices_void',
    'points_before',
    'points_after',
    'reasons',
  ],
  'devices.csv': ['device_id', 'account_id', 'verdict', 'risk', 'verified', 'reasons'],
  'gpus.csv': ['device_id', 'gpu_index', 'claimed', 'verdict', 'risk', 'reasons'],
  'clusters.csv': ['cluster_id', 'accounts', 'devices', 'risk', 'first_seen', 'last_seen', 'reasons'],
  'merchants.csv': [
    'merchant_id',
    'accounts',
    'devices',
    'devices_void',
    'gpu_models',
    'cards_at_least',
    'cards_at_most',
    'first_seen',
    'last_seen',
    'reasons',
  ],
  'merchant_devices.csv': ['merchant_id', 'device_id', 'account_id', 'verdict'],
  'network.csv': [
    'detector',
    'reason',
    'valid_from',
    'valid_to',
    'metric',
    'observed',
    'expected',
    'severity',
  ],
  'supply.csv': [
    'gpu_model',
    'claimed',
    'heartbeating',
    'answering',
    'benchmarked',
    'void',
    'real_low',
    'real_estimate',
    'real_high',
  ],
  'capacity.csv': [
    'scope',
    'id',
    'gpu_model',
    'claimed',
    'asked',
    'rounds',
    'held_at_once',
    'cards_low',
    'cards_low_any_model',
  ],
  'rejected.csv': ['file', 'line', 'column', 'code', 'expected', 'bytes'],
  'exclusions.csv': ['unit', 'id', 'valid_from', 'valid_to', 'reasons', 'gpu_index'],
  'claims.csv': ['account_id', 'wallet', 'points_after'],
  'coverage.csv': ['detector', 'outcome', 'observing', 'why', 'seen', 'subjects', 'findings'],
  'orphans.csv': ['table', 'column', 'id', 'rows'],
  'columns.csv': ['state', 'file', 'table', 'column', 'rows'],
  'brakes.csv': ['name', 'segment', 'observed', 'allowed', 'total', 'overridden_why'],
} as const;

/** Columns that carry the dataset's own bytes; every other text cell is guarded against spreadsheet formulas. */
export const ID_COLUMNS: ReadonlySet<string> = new Set(['account_id', 'device_id', 'wallet', 'id']);

export type CsvFile = keyof typeof CSV_COLUMNS;

/** Parquet files beside the contract's evidence.parquet: all that `explain` and the console need. */
export const PARQUET_FILES = [
  'evidence.parquet',
  'terms.parquet',
  'account_facts.parquet',
  'device_facts.parquet',
  'clusters.parquet',
  'merchants.parquet',
  'links.parquet',
  'certificates.parquet',
  'decisions.parquet',
  'operator_decisions.parquet',
  'series.parquet',
] as const;

/** Columns of `evidence.parquet` and keys of each line of `evidence.ndjson`, in file order. */
export const EVIDENCE_COLUMNS = [
  'subject_type',
  'subject_id',
  'detector',
  'family',
  'forgeable_by',
  'reason',
  'weight',
  'weight_raw',
  'related',
  'facts',
  'first_at',
  'last_at',
] as const;

/** The file that makes a folder a run: written last, read first. */
export const MANIFEST_FILE = 'manifest.json';
/** Threads, memory, paths and timings: the one file that may differ between equal runs, and so is not sealed. */
export const RUN_LOG_FILE = 'run.log.json';
/** Signed statement over the exclusion list, added to a finished run by its signer. */
export const SIGNATURE_FILE = 'exclusions.sig.json';

/** Metadata of the detectors of the run: titles, levels in plain words, what an appeal could show. */
export const DETECTORS_FILE = 'detectors.json';

const sha256 = z.string().regex(/^[0-9a-f]{64}$/);
const count = z.number().int().nonnegative();

/** Points are decimals of six places, written as text. */
const points = z.string().regex(/^-?\d+(\.\d{1,6})?$/);

export const RunSummarySchema = z
  .object({
    accounts: z.object({ exclude: count, review: count, clear: count }).strict(),
    devices: z.object({ void: count, review: count, clear: count, unverified: count }).strict(),
    clusters: count,
    findings: count,
    /** Sum of 1 − risk over the excluded accounts. */
    expected_wrongful_exclusions: z.number().nonnegative(),
    points: z
      .object({
        before: points,
        /** Of excluded accounts. */
        excluded: points,
        /** Of void devices whose owner is not excluded. */
        voided: points,
        /** Of accounts in review: kept, not payable yet. */
        held: points,
        payable: points,
      })
      .strict(),
  })
  .strict();

export type RunSummary = z.infer<typeof RunSummarySchema>;

export const RunManifestSchema = z
  .object({
    format: z.literal('ghostcard-run'),
    version: z.literal(1),
    /** Version of ghostcard that made the run. */
    ghostcard: z.string(),
    /** RFC 3339 UTC: nothing later was used. */
    snapshot: z.string(),
    /** True when every input was checked against the dataset's own MANIFEST.csv. */
    sealed: z.boolean(),
    summary: RunSummarySchema,
    backend: z.record(z.string(), z.string()),
    /** Every setting that can change a verdict. */
    config: z.record(z.string(), z.unknown()),
    policy: z.object({ sha256, content: z.record(z.string(), z.unknown()) }).strict(),
    /** Digest of each detector's SQL and metadata. */
    detectors: z.array(z.object({ id: z.string(), sha256 }).strict()),
    /** in = loaded + duplicate + rejected, for every file. */
    inputs: z.array(
      z
        .object({
          file: z.string(),
          table: z.string(),
          bytes: count,
          sha256,
          rows: z.object({ in: count, loaded: count, duplicate: count, rejected: count }).strict(),
        })
        .strict(),
    ),
    outputs: z.array(z.object({ file: z.string(), bytes: count, sha256 }).strict()),
  })
  .strict();

export type RunManifest = z.infer<typeof RunManifestSchema>;

/** What every version of a manifest has: enough to know a run, and its files, made by another version. */
export const AnyManifestSchema = z.object({
  format: z.literal('ghostcard-run'),
  outputs: z.array(z.object({ file: z.string() })),
});
