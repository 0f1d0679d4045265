/** Evidence: what a detector may say, and nothing about what it is worth (that stands in the policy). */

/** Kinds of evidence. Each is capped, so that five views of one fact do not convict. */
export const FAMILIES = [
  'identity',
  'inventory',
  'benchmark',
  'telemetry',
  'clock',
  'network',
  'mail',
  'timing',
  'behaviour',
  'money',
  'graph',
  'report',
] as const;

export type Family = (typeof FAMILIES)[number];

/**
 * Who could have authored the fact. `anyone`: an outsider could create it against the accused. `operator`:
 * the accused had to act. `nobody`: the network itself measured it. Only the last two can carry an exclusion.
 */
export const FORGEABLE_BY = ['anyone', 'operator', 'nobody'] as const;

export type ForgeableBy = (typeof FORGEABLE_BY)[number];

export const SUBJECT_TYPES = ['account', 'device', 'network'] as const;

export type SubjectType = (typeof SUBJECT_TYPES)[number];

/**
 * The columns that every detector's SELECT returns, in any order, with their DuckDB types.
 *
 * - `subject_id`: account_id or device_id.
 * - `level`: one of the levels that the detector's metadata declares.
 * - `value`: what is shared, for evidence that links subjects (an address, a uuid, a template); NULL for
 *   evidence
 *   about one subject alone. Subjects with the same (detector, value) form one incidence group.
 * - `related`: ids of the other subjects of the same type that share the value, code-unit order, at most 50
 *   named.
 * - `tested`: number of independent honest-looking units that the fact was tested against; caps the weight at
 *   ln(n/3).
 * - `facts`: JSON object with the numbers behind the finding; `explain` prints them. A whole number under
 *   `card` is the
 *   index of the one card that the finding is about; without it the finding is about the whole machine.
 * - `first_at`, `last_at`: UTC epoch ms of the first and last observation it rests on; may be NULL.
 */
export const FINDING_COLUMNS = {
  subject_id: 'VARCHAR',
  level: 'VARCHAR',
  value: 'VARCHAR',
  related: 'VARCHAR[]',
  tested: 'BIGINT',
  facts: 'VARCHAR',
  first_at: 'BIGINT',
  last_at: 'BIGINT',
  /**
   * Nats of a p-value that the finding computed for this very subject. It bounds the weight where it is
   * there; ln(tested / 3) does elsewhere.
   */
  surprise: 'DOUBLE',
} as const;

/** The columns that a network detector (subject `network`) returns instead. Times in UTC epoch ms. */
export const NETWORK_FINDING_COLUMNS = {
  level: 'VARCHAR',
  metric: 'VARCHAR',
  valid_from: 'BIGINT',
  valid_to: 'BIGINT',
  observed: 'DOUBLE',
  expected: 'DOUBLE',
} as const;

/** A row of `evidence.finding` in the warehouse, as cluster and judge read it. */
export interface Finding {
  subject_type: 'account' | 'device';
  subject_id: string;
  detector: string;
  family: Family;
  level: string;
  reason: string;
  forgeable_by: ForgeableBy;
  /** True when the finding says that the subjects of `value` belong to one operator. */
  links: boolean;
  value: string | null;
  related: string[];
  tested: number;
  facts: string;
  first_at: number | null;
  last_at: number | null;
  /** The card that it is about (`card` of the facts of a device); NULL = the whole machine. */
  gpu_index: number | null;
  /** `facet` of its level; NULL where the level names none. */
  facet: string | null;
  /** Nats of the finding's own p-value; NULL where it was only counted on others. */
  surprise: number | null;
}

/** What became of a detector in a run; a row of `evidence.coverage`. */
export interface Coverage {
  detector: string;
  outcome: 'ran' | 'not-run' | 'failed';
  /** True when the policy gives it no weight: it is shown before it counts. */
  observing: boolean;
  /** Absent table or column, or the error. */
  why: string;
  /** How many subjects it could judge at all, of how many. */
  seen: number;
  subjects: number;
  /** Statements: of the levels of one statement about one subject all that hold count once. */
  findings: number;
}
