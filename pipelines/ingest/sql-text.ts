/** Text of the SQL by which ingest reads and writes files. */
import { literal, literals } from '../warehouse/sql-text.ts';

export interface CsvRead {
  path: string;
  /** Names and DuckDB types in the order of the file. */
  columns: ReadonlyArray<{ name: string; type: string }>;
  header: boolean;
  delimiter: string;
  newline: '\n' | '\r\n';
  parallel?: boolean;
}

/** Strict `read_csv`: explicit columns and dialect, nothing sniffed. */
export function readCsv({ path, columns, header, delimiter, newline, parallel = true }: CsvRead): string {
  const struct = columns.map(({ name, type }) => `${literal(name)}: ${literal(type)}`).join(', ');
  return `read_csv(${literal(path)}, auto_detect = false, header = ${header}, columns = {${struct}},
    delim = ${literal(delimiter)}, quote = '"', escape = '"', nullstr = '', strict_mode = true,
    new_line = '${newline === '\n' ? '\\n' : '\\r\\n'}', max_line_size = 4194304,
    parallel = ${parallel}, hive_partitioning = false)`;
}

/** `read_parquet` of files that bear names without glob characters; folders named `day=…` add no column. */
export function readParquet(paths: readonly string[], rowNumber = false): string {
  return `read_parquet(${literals(paths)}, hive_partitioning = false, file_row_number = ${rowNumber})`;
}

/** `COPY … TO` a Parquet file of the spool. */
export function copyToParquet(select: string, path: string): string {
  return `COPY (${select}) TO ${literal(path)} (FORMAT parquet, CODEC zstd)`;
}
