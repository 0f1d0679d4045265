/** SQL that stands in files beside the code: found, read, and asked which tables it reads. */
import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { Warehouse } from './warehouse.ts';

export interface SqlFile {
  /** File name without `.sql`. */
  name: string;
  sql: string;
}

/** One statement without the semicolon behind it, so that it can stand inside another one. */
const bare = (sql: string): string => sql.replace(/;\s*$/, '');

/** The one statement of a file, without the semicolon behind it. */
export function readStatement(file: URL): string {
  return bare(readFileSync(file, 'utf8'));
}

/** The `.sql` files of a folder, in code-unit order of their names. */
export function sqlFiles(folder: URL): SqlFile[] {
  return readdirSync(fileURLToPath(folder))
    .filter((file) => file.endsWith('.sql'))
    .sort()
    .map((file) => ({ name: file.slice(0, -4), sql: readStatement(new URL(file, folder)) }));
}

interface JsonNode {
  type?: string;
  schema_name?: string;
  table_name?: string;
  function?: { function_name?: string };
}

/**
 * DuckDB's own parse tree of the statements of a text (`json_serialize_sql`).
 * @throws SyntaxError when it does not parse or is anything but SELECTs.
 */
export async function parseTree(warehouse: Pick<Warehouse, 'row'>, sql: string): Promise<unknown> {
  const { tree } = await warehouse.row<{ tree: string }>(
    'SELECT json_serialize_sql($sql::VARCHAR)::VARCHAR AS tree',
    { sql: bare(sql) },
  );
  const parsed = JSON.parse(tree) as { error?: boolean; error_message?: string };
  if (parsed.error) throw new SyntaxError(`SQL does not parse: ${parsed.error_message}`);
  return parsed;
}

/**
 * Base tables that a SELECT reads, as `schema.table`, sorted; names without a schema are the statement's own
 * CTEs.
 */
export async function tablesRead(warehouse: Warehouse, sql: string): Promise<string[]> {
  return (await sourcesOf(warehouse, sql)).filter((source) => !source.endsWith('()'));
}

/** Table functions that make rows of what they are given. */
export const ROW_FUNCTIONS: ReadonlySet<string> = new Set(['unnest', 'range', 'generate_series']);

/**
 * Base tables as `schema.table` and table functions as `name()`, sorted: all from which a SELECT gets rows.
 */
export async function sourcesOf(warehouse: Warehouse, sql: string): Promise<string[]> {
  const found = new Set<string>();
  const walk = (node: unknown): void => {
    if (node === null || typeof node !== 'object') return;
    const { type, schema_name, table_name, function: call } = node as JsonNode;
    if (type === 'BASE_TABLE' && schema_name) found.add(`${schema_name}.${table_name}`);
    if (type === 'TABLE_FUNCTION' && call?.function_name && !ROW_FUNCTIONS.has(call.function_name))
      found.add(`${call.function_name}()`);
    Object.values(node).forEach(walk);
  };
  walk(await parseTree(warehouse, sql));
  return [...found].sort();
}
