/** What of the files is read by nobody. */
import type { TableName } from '../../contracts/dataset.ts';
import type { ReadFile } from './read-file.ts';

export interface IgnoredColumn {
  file: string;
  table: TableName;
  column: string;
}

/**
 * Columns that the contract does not know; of a file that feeds several tables, those that none of them
 * reads.
 */
export function ignoredColumns(readings: readonly ReadFile[]): IgnoredColumn[] {
  const used = new Map<string, Set<string>>();
  for (const { file, planned } of readings) {
    const sources = planned.filter(({ origin }) => origin === 'file').map(({ source }) => source);
    used.set(file.relative, new Set([...(used.get(file.relative) ?? []), ...sources]));
  }
  return readings.flatMap(({ file: { relative, table }, typed }) =>
    typed.extra
      .filter((column) => !used.get(relative)!.has(column))
      .map((column) => ({ file: relative, table, column })),
  );
}
