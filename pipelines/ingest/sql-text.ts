/**
 * Text of the SQL that ingest has to generate, since DuckDB binds no identifiers, column lists or view
 * bodies. Every name and value from outside passes through one of these functions.
 */

/** A quoted identifier. NUL cannot stand in SQL text; readers refuse such names before this. */
export function identifier(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}

/** A quoted string literal. */
export function literal(value: string): string {
  return `'${value.replaceAll("'", "''")}'`;
}

/** A list of string literals. */
export function literals(values: readonly string[]): string {
  return `[${values.map(literal).join(', ')}]`;
}

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
