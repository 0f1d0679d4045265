/**
 * What a preset folder exports: how one network's public export is recognised, and which tables it can fill.
 */
import type { TableName } from './dataset.ts';

/** Where the value of a contract column comes from. A bare text is the path of a field in a record. */
export type ColumnDraft =
  | string
  | { from: string; scale?: number; words?: Readonly<Record<string, string>> }
  | { constant: string }
  /** The time at which the file was saved: when an offer was seen, never when anything was registered. */
  | { savedAt: true };

export interface TableDraft {
  /** Nested array whose elements are the rows; `^.x` in a column then reaches the record around it. */
  rows?: string;
  /** One row per key: owners and machines that are named on many records. */
  distinct?: true;
  /**
   * What its device ids name. Tables whose ids name another thing than those of `devices` are not drafted.
   */
  names?: string;
  /** One sentence that the draft carries as a comment. */
  note?: string;
  /** By contract column. A column whose field the export lacks is left out. */
  columns: Readonly<Record<string, ColumnDraft>>;
}

/** One sort of file that the network publishes. */
export interface ExportKind {
  name: string;
  /** Where its records may lie: '' = the file's own rows or array, else the path of an array or object. */
  at: readonly string[];
  /** Fields that together tell this sort of file from all others. */
  has: readonly string[];
  tables: Partial<Record<TableName, TableDraft>>;
  /** Tables that one might expect of such a file, and why it cannot fill them. */
  cannot: Partial<Record<TableName, string>>;
}

export interface Preset {
  /** The network's name, as people write it. */
  title: string;
  /** In order: a table is filled from the first kind that can. */
  kinds: readonly ExportKind[];
  /** Where the shape of the export is published. */
  sources: readonly string[];
}
