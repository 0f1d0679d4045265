/** Fields of structures in Parquet, for columns that are mapped to a path such as `specs.gpu.count`. */
import { GhostcardError } from '../../contracts/errors.ts';
import { identifier, literal } from '../warehouse/sql-text.ts';
import type { Warehouse } from '../warehouse/warehouse.ts';
import type { PlannedColumn } from './mapped.ts';
import { readParquet } from './sql-text.ts';

export interface NestedField {
  /** The file's column that holds it. */
  column: string;
  sql: string;
  /** DuckDB's type of the field. */
  type: string;
}

/**
 * The fields that planned columns name by path and the file has, by path. A column of that very name comes
 * first.
 */
export async function nestedFields(
  warehouse: Warehouse,
  path: string,
  planned: readonly PlannedColumn[],
  types: ReadonlyMap<string, string>,
): Promise<Map<string, NestedField>> {
  const found = new Map<string, NestedField>();
  for (const { source } of planned) {
    const [column = '', ...fields] = source.split('.');
    if (types.has(source) || fields.length === 0 || !types.get(column)?.startsWith('STRUCT(')) continue;
    const sql = fields.reduce(
      (inner, field) => `struct_extract(${inner}, ${literal(field)})`,
      identifier(column),
    );
    const described = await warehouse
      .describe(`SELECT ${sql} AS field FROM ${readParquet([path])}`)
      .catch((error: unknown) => {
        if (error instanceof GhostcardError) throw error;
        return []; // no such field
      });
    const [field] = described;
    if (field) found.set(source, { column, sql, type: field.type });
  }
  return found;
}
