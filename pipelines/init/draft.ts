/** What a draft of `ghostcard.yaml` is made of, before it becomes text. */
import type { TableName } from '../../contracts/dataset.ts';
import type { Sample } from './sample.ts';

export interface DraftedColumn {
  column: string;
  /** Path of a field; absent beside a constant. */
  from?: string;
  constant?: string;
  unit?: 's' | 'ms' | 'us' | 'ns';
  scale?: number;
  words?: Readonly<Record<string, string>>;
  /** What the reader must look at. */
  comment?: string;
}

export interface Format {
  delimiter?: string;
  decimal?: ',';
  zone?: 'UTC';
  dates?: 'DD.MM.YYYY';
}

export interface DraftedTable {
  table: TableName;
  /** Path or glob. */
  file: string;
  /** False where the file's own name already says its table. */
  named: boolean;
  files: number;
  /** What it was recognised as. */
  source: string;
  rows?: string;
  distinct?: true;
  note?: string;
  columns: DraftedColumn[];
  /** Contract columns that the audit will see. */
  present: string[];
  format: Format;
  sample: Sample;
}

/** A table that could not be drafted, or a file that no table reads. */
export interface Gap {
  what: string;
  why: string;
}
