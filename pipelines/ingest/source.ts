/** The words of ingest: what a source file is, what reading it gives, and what is reported of it. */
import type { TableName } from '../../contracts/dataset.ts';
import type { Form } from './file-form.ts';
import type { Layout } from './json-records.ts';
import type { Segment } from './survey.ts';

/** A file of the dataset, before anything of it has been read. */
export interface SourceFile {
  /** Path inside the dataset folder, `/` between folders: the name in every report. */
  relative: string;
  absolute: string;
  table: TableName;
  form: Form;
}

/** How a value stands in a part: which column of it, of which DuckDB type. */
export interface PartColumn {
  /** Column of the contract. */
  column: string;
  /** Column of the Parquet file; '' where the value stands in none. */
  source: string;
  /**
   * Type in the Parquet file: the contract kind that a spool column was parsed as, or DuckDB's type of the
   * file's own.
   */
  type: string;
  /**
   * True for text that the grammar of values has yet to read: of foreign Parquet, and where the mapping has
   * words.
   */
  raw?: true;
  /** How SQL reads the value where that is not the column itself: a field of a structure, a constant. */
  sql?: string;
  /** True for numbers of foreign Parquet among which some are nothing by the mapping's `nulls` (-1, 9999). */
  sentinels?: true;
}

/** A typed Parquet file that holds rows of a source file: the file itself, or a spool file. */
export interface Part {
  path: string;
  rows: number;
  /** Line of the first row; later rows follow line by line. Absent when the part has a `line` column. */
  firstLine?: number;
  /** True when the part marks lost values in its column `lost`. */
  lost?: true;
}

/** A text file after its survey: plain bytes on disk, counted and cut into segments. */
export interface TextFile {
  relative: string;
  /** The file itself, or its decoded copy in the spool. */
  path: string;
  segments: Segment[];
  firstLine: Buffer | undefined;
}

/** A source file read and typed; its values are not yet judged (ranges, words, keys). */
export interface TypedFile {
  parts: Part[];
  columns: PartColumn[];
  /** How the records of a JSON file stand in it. */
  layout?: Layout;
  /** Independent count of the records: line breaks for text, the footer's count for Parquet. */
  rowsIn: number;
  rejectedRows: number;
  /** Their log (reject-log.ts), when there are any. */
  rejectedLog?: string;
  /** Columns of the file that the contract does not know. */
  extra: string[];
}

/** A file of the report: `rowsIn` = `loaded` + `duplicate` + `rejected`. */
export interface FileReport {
  file: string;
  table: TableName;
  form: Form;
  bytes: number;
  sha256: string;
  rowsIn: number;
  loaded: number;
  duplicate: number;
  rejected: number;
}
