/** What ingest says of a dataset. */
import type { TableName } from '../../contracts/dataset.ts';
import type { ColumnValue } from './column-value.ts';
import type { UnreadFile } from './discover.ts';
import type { OrphanCount } from './orphans.ts';
import type { FileReport } from './source.ts';

export interface IngestReport {
  files: FileReport[];
  /** Tables that are there, with the contract columns that their files have. */
  tables: Partial<Record<TableName, string[]>>;
  extra: Array<{ file: string; table: TableName; column: string }>;
  /** Files that look like a table and were not read. */
  unread: UnreadFile[];
  /** Other files that belong to no table. */
  unknown: string[];
  orphans: OrphanCount[];
  /**
   * What became of the values of each contract column of each file: kept, nothing there, or lost. A file
   * whose bytes were met before brings none.
   */
  values: ColumnValue[];
  /** True when MANIFEST.csv is there and every file matches it. */
  sealed: boolean;
  /** Newest network time of a loaded row, UTC epoch ms; null when no row has one. */
  newestAt: number | null;
  /** The snapshot that `raw.*` is cut at; null when none was given and no row has a network time. */
  snapshot: number | null;
  mapping: { present: boolean; sha256: string };
}
