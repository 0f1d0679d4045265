/**
 * Every way in which ghostcard refuses to go on. The code is stable and documented (docs/errors.md); the
 * message says what was looked at, what was expected, what was found and what to do next.
 */
export const ERROR_CODES = {
  E_USAGE: 'the command line is wrong',
  E_DATASET_MISSING: 'the dataset folder is absent, empty or holds no table',
  E_TABLE_MISSING: 'a required table is absent',
  E_TABLE_AMBIGUOUS: 'one table comes in two forms',
  E_TABLE_EMPTY: 'a required table has no row',
  E_FILE_UNREADABLE: 'a file cannot be opened, is not a regular file, or changed while it was read',
  E_FILE_EMPTY: 'a file has no bytes or no header',
  E_FILE_FORM: 'a table comes in a form that is not read',
  E_JSON_CORRUPT: 'a JSON file ends before its array or object closes, or holds something else',
  E_GZIP_CORRUPT: 'a gzip stream is truncated or fails its checksum',
  E_GZIP_BOMB: 'a gzip stream expands beyond the allowed ratio or size',
  E_PARQUET_CORRUPT: 'a Parquet file cannot be read',
  E_HEADER: 'a header lacks a required column, repeats one, or cannot be decoded',
  E_COLUMN_TYPE: 'a Parquet column has a type that the contract does not allow',
  E_MANIFEST: 'MANIFEST.csv does not match the files',
  E_MAPPING: 'ghostcard.yaml is invalid',
  E_INPUT_POISON: 'a file made the reader process die repeatedly',
  E_CONSERVATION: 'rows in ≠ loaded + duplicate + rejected',
  E_WORKSPACE: 'the workspace is locked, unwritable or of another version',
  E_DISK: 'the disk is full or an input/output error happened',
  E_MEMORY: 'the memory limit is too small for this dataset',
  E_POLICY: 'the policy file is invalid or unsafe',
  E_DECISIONS: 'decisions.ndjson is invalid',
  E_BUSY: 'another process is writing the file',
  E_BRAKE: 'a brake stopped the run before publishing',
  E_OUT: 'the output folder cannot be replaced',
  E_RUN: 'the folder is not a finished run, or a file of it is missing or changed',
  E_SUBJECT: 'no account, device or cluster of that id in the run',
  E_LABELS: 'the labels file is invalid',
  E_DETECTOR: 'no detector of that id',
  E_CHALLENGES: 'a plan of challenges is invalid',
  E_INVENTORY: 'a file is no nvidia-smi output that can be read',
  E_WORLD: 'no world of that name',
  E_CHILD: 'the worker process died',
  E_INTERRUPTED: 'the run was interrupted and can be resumed',
  E_INTERNAL: 'a defect of ghostcard',
} as const;

export type ErrorCode = keyof typeof ERROR_CODES;

/** Process exit codes, documented in docs/guide.md. */
export const EXIT = {
  ok: 0,
  failed: 1,
  usage: 2,
  input: 3,
  brake: 4,
  notFound: 5,
  busy: 75,
  interrupted: 130,
} as const;

const EXIT_OF: Partial<Record<ErrorCode, number>> = {
  E_USAGE: EXIT.usage,
  E_DATASET_MISSING: EXIT.input,
  E_TABLE_MISSING: EXIT.input,
  E_TABLE_AMBIGUOUS: EXIT.input,
  E_TABLE_EMPTY: EXIT.input,
  E_FILE_UNREADABLE: EXIT.input,
  E_FILE_EMPTY: EXIT.input,
  E_FILE_FORM: EXIT.input,
  E_JSON_CORRUPT: EXIT.input,
  E_GZIP_CORRUPT: EXIT.input,
  E_GZIP_BOMB: EXIT.input,
  E_PARQUET_CORRUPT: EXIT.input,
  E_HEADER: EXIT.input,
  E_COLUMN_TYPE: EXIT.input,
  E_MANIFEST: EXIT.input,
  E_MAPPING: EXIT.input,
  E_INPUT_POISON: EXIT.input,
  E_LABELS: EXIT.input,
  E_CHALLENGES: EXIT.input,
  E_INVENTORY: EXIT.input,
  E_DECISIONS: EXIT.input,
  E_POLICY: EXIT.input,
  E_BRAKE: EXIT.brake,
  E_SUBJECT: EXIT.notFound,
  E_DETECTOR: EXIT.notFound,
  E_WORLD: EXIT.notFound,
  E_WORKSPACE: EXIT.busy,
  E_BUSY: EXIT.busy,
  E_INTERRUPTED: EXIT.interrupted,
};

export interface ErrorDetail {
  /** What was looked at: a file, a column, a flag. */
  subject: string;
  expected: string;
  got: string;
  /** What the reader should do next. */
  todo: string;
}

export class GhostcardError extends Error {
  readonly code: ErrorCode;
  readonly detail: ErrorDetail;

  constructor(code: ErrorCode, detail: ErrorDetail, options?: { cause?: unknown }) {
    super(
      `${code} ${detail.subject}: expected ${detail.expected}, got ${detail.got}. ${detail.todo}`,
      options,
    );
    this.name = 'GhostcardError';
    this.code = code;
    this.detail = detail;
  }

  get exitCode(): number {
    return EXIT_OF[this.code] ?? EXIT.failed;
  }
}

/** Why a single row was quarantined; stands in `rejected.csv`. */
export const REJECT_CODES = {
  R_COLUMNS: 'the record has another number of fields than the header',
  R_QUOTE: 'a quote is unbalanced or out of place',
  R_ENCODING: 'the record is not valid UTF-8',
  R_NUL: 'the record holds a NUL byte',
  R_FIELD_SIZE: 'a field is larger than 64 KiB',
  R_RECORD_SIZE: 'the record is larger than 1 MiB',
  R_JSON: 'the line or element is not a JSON object',
  R_JSON_KEY: 'the JSON object repeats a key',
  R_REQUIRED: 'a required value is absent',
  R_TYPE: 'the value does not parse as the column type',
  R_RANGE: 'the value is outside the range of its unit',
  R_WORD: 'the value is not one of the allowed words',
  R_TIME: 'the value is not a time with its zone',
  R_FUTURE: "the network's time is more than a day after the newest file's",
  R_KEY_CONFLICT: 'the key repeats with other content; the first row stays',
} as const;

export type RejectCode = keyof typeof REJECT_CODES;
