/**
 * The result contract, version 1.1: the files of a run directory, their columns, and the manifest that seals
 * them. Publish writes by it, readers check by it, and docs are printed from it.
 */
import { z } from 'zod';
import { FAMILIES } from './evidence.ts';

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
    'held_by',
    'decided_by',
    'looked_at',
  ],
  'devices.csv': [
    'device_id',
    'account_id',
    'verdict',
    'risk',
    'verified',
    'reasons',
    'held_by',
    'decided_by',
    'looked_at',
  ],
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
  'listed.csv': [
    'network',
    'gpu_model',
    'listings',
    'offers',
    'offers_available',
    'cards',
    'offers_without_count',
    'first_seen',
    'last_seen',
  ],
  'rejected.csv': ['file', 'line', 'column', 'code', 'expected', 'bytes'],
  'exclusions.csv': ['unit', 'id', 'valid_from', 'valid_to', 'reasons', 'decided_by', 'gpu_index'],
  'claims.csv': ['account_id', 'wallet', 'points_after'],
  'coverage.csv': ['detector', 'outcome', 'observing', 'why', 'seen', 'subjects', 'findings'],
  'orphans.csv': ['table', 'column', 'id', 'rows'],
  'columns.csv': ['state', 'file', 'table', 'column', 'kept', 'empty', 'lost'],
  'losses.csv': ['account_id', 'owner_type', 'id', 'table', 'column', 'rows'],
  'unread.csv': ['file', 'looks_like', 'why'],
  'unknown_models.csv': ['gpu_model', 'devices', 'accounts', 'device_ids'],
  'brakes.csv': ['name', 'segment', 'observed', 'allowed', 'total', 'overridden_why'],
} as const;

/**
 * Columns that carry the dataset's own bytes; every other text cell is guarded against spreadsheet formulas.
 */
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
/**
 * Threads, memory, paths and timings: the one file that may differ between equal runs, and so is not sealed.
 */
export const RUN_LOG_FILE = 'run.log.json';
/** Signed statement over the exclusion list, added to a finished run by its signer. */
export const SIGNATURE_FILE = 'exclusions.sig.json';

/** Metadata of the detectors of the run: titles, levels in plain words, what an appeal could show. */
export const DETECTORS_FILE = 'detectors.json';

const sha256 = z.string().regex(/^[0-9a-f]{64}$/);
const count = z.number().int().nonnegative();

/** Points are decimals of six places, written as text. */
const points = z.string().regex(/^-?\d+(\.\d{1,6})?$/);

const lookedAt = z
  .object({
    all: count,
    /** At least one family of evidence could have spoken. */
    looked_at: count,
    /** Of these: one family alone, which excludes and voids nobody but by a repeated contradiction. */
    one_family: count,
    /**
     * Clear although a finding of positive weight speaks against them: too little to hold. Absent before it
     * was counted.
     */
    clear_found: count.optional(),
    /** Clear because nobody looked. */
    clear_not_looked_at: count,
    families: z.array(z.object({ family: z.enum(FAMILIES), subjects: count }).strict()),
  })
  .strict();

/**
 * What was looked at, and what of the input never reached a detector. Lists hold the first few; files hold
 * all.
 */
export const CoverageSummarySchema = z
  .object({
    detectors: z.object({ ran: count, observing: count, not_run: count, failed: count }).strict(),
    /** Absent tables and columns, and how many detectors did not run for want of each. */
    missing: z.array(z.object({ input: z.string(), detectors: count }).strict()),
    failed: z.array(z.object({ detector: z.string(), why: z.string() }).strict()),
    accounts: lookedAt,
    devices: lookedAt,
    /** Payable points of accounts that nobody looked at. */
    points_not_looked_at: points,
    unread: z
      .object({
        files: count,
        first: z.array(z.object({ file: z.string(), looks_like: z.string(), why: z.string() }).strict()),
      })
      .strict(),
    /** Owners of whom a value or a row of the input was lost; `warn` when they are too many. */
    loss: z
      .object({
        owners: count,
        hit: count,
        warn: z.boolean(),
        /** Empty id: rows that name nobody whom the dataset has. */
        first: z.array(z.object({ account_id: z.string(), rows: count }).strict()),
      })
      .strict(),
    unknown_models: z
      .object({
        models: count,
        devices: count,
        first: z.array(z.object({ gpu_model: z.string(), devices: count }).strict()),
      })
      .strict(),
  })
  .strict();

export type CoverageSummary = z.infer<typeof CoverageSummarySchema>;

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
    /** 1.1; absent in runs of an earlier version. */
    coverage: CoverageSummarySchema.optional(),
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
