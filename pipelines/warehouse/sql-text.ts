/**
 * Names and values in the text of SQL, since DuckDB binds no identifiers, paths or view bodies. Every one from
 * outside passes through one of these functions.
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

/** Comments and string literals, which bind nothing, or a `$name`, which is the one group. */
export const PARAMETER = /--[^\n]*|'(?:[^']|'')*'|\$([a-z_][a-z0-9_]*)/g;
