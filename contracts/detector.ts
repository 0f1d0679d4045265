/**
 * What a detector's folder holds: `detector.ts` (this metadata), `detector.sql`, `seen.sql`, `cases.ts`,
 * `notes.md` and the written `example.json`; where it needs them, tables of its own in `models/` and a
 * `learn.ts`. `seen.sql` is a SELECT with one column `subject_id`: the subjects that the detector could judge
 * at all, powerful enough or not.
 */
import type { InputTableName, Row } from './dataset.ts';
import type { Family, ForgeableBy, SubjectType } from './evidence.ts';

export interface DetectorLevel {
  /** Reason code that stands in accounts.csv and devices.csv. Kebab case, no digits of thresholds. */
  reason: string;
  /** One sentence for the accused, present tense, no jargon. */
  says: string;
  forgeableBy: ForgeableBy;
  /**
   * Which of several measurements the level is about. Levels of one facet (those that name none share one)
   * are degrees of one statement: a detector emits all that hold, and the judge counts the strongest. Two
   * facets are two facts.
   */
  facet?: string;
  /**
   * True when the finding says that the device and each device in `related` (and, where the detector links,
   * each with the same `value`) were served by one card: each of them tested, not merely present. Such
   * devices of unrelated owners are one merchant's. Never of what anyone could create.
   */
  sameCard?: boolean;
}

/** A number that decides something. SQL names it `$name`; a learner finds it in `params`. */
export interface Param {
  value: number;
  /** Unit, or what is counted: `°C`, `accounts`, `nats`, `share`. */
  unit: string;
  /** Where the number comes from: a paper, a vendor's table, a count on which data; or why it was chosen. */
  source: string;
}

export interface DetectorMeta {
  title: string;
  /** The claim, one paragraph: statistic, null hypothesis, when it stays silent for lack of power. */
  states: string;
  family: Family;
  subject: SubjectType;
  /** True when a finding says that the subjects sharing `value` have one operator; they become links. */
  links: boolean;
  /** Tables and columns of the dataset without which the detector does not run. */
  needs: Partial<Record<InputTableName, readonly string[]>>;
  /**
   * Tables of raw, rollup, features and reference that its SQL, its models and its learner read; checked
   * against them.
   */
  reads: readonly string[];
  /**
   * Every number of its SQL and learner beyond 0, 1, 2 and ½, by the name under which they read it (snake
   * case).
   */
  params?: Readonly<Record<string, Param>>;
  /** By name, in the order in which pages and reports show them. */
  levels: Readonly<Record<string, DetectorLevel>>;
  /** Honest look-alikes (kebab case). Each has an honest case of that name. */
  lookAlikes: readonly string[];
  /** Sources of the method and of every number: paper, vendor table, thread. */
  sources: readonly string[];
  /** What the accused could show in an appeal. */
  appeal: string;
}

/** A table that a unit may read, with its columns in order. */
export interface ReadableTable {
  /** `schema.table`. */
  table: string;
  /** One sentence; '' for tables of the dataset, whose columns speak. */
  says: string;
  /** `type` as DuckDB names it; `says` is '' where the dataset contract says nothing. */
  columns: { name: string; type: string; says: string }[];
}

/** Rows of a dataset as a case writes them; tables left out are absent from the dataset. */
export type CaseTables = { [T in InputTableName]?: ReadonlyArray<Row<T>> };

export interface DetectorCase {
  name: string;
  tables: CaseTables;
  /** UTC epoch ms; default: the newest network time in the tables. */
  snapshot?: number;
  /** Findings that must come out, as `subject_id:level`; for honest and silent cases this is empty. */
  expect?: readonly string[];
}

export interface DetectorCases {
  /** Each must yield exactly `expect`. */
  fraud: readonly DetectorCase[];
  /** Named after the look-alikes; each must yield nothing. */
  honest: readonly DetectorCase[];
  /** Data too thin, absent or out of scope: the detector must stay silent. */
  silent: readonly DetectorCase[];
}
