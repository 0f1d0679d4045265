/**
 * Rows that name an account or device that the dataset does not have: loaded, listed, hidden from detectors.
 */
import { keysOf, REFERENCES, TABLE_NAMES, type TableName } from '../../contracts/dataset.ts';
import { identifier, literal } from '../warehouse/sql-text.ts';
import type { Warehouse } from '../warehouse/warehouse.ts';

export interface OrphanCount {
  table: TableName;
  column: string;
  rows: number;
}

/**
 * Fills `loaded.orphan` with one row per table, column and unknown id; returns the row counts per table and
 * column.
 */
export async function listOrphans(
  warehouse: Warehouse,
  present: ReadonlySet<TableName>,
): Promise<OrphanCount[]> {
  await warehouse.run(
    'CREATE OR REPLACE TABLE loaded.orphan (table_name VARCHAR, column_name VARCHAR, id VARCHAR, "rows" BIGINT)',
  );
  for (const table of TABLE_NAMES) {
    if (!present.has(table)) continue;
    for (const [column, parent] of Object.entries(REFERENCES[table] ?? {})) {
      const [key] = keysOf(parent);
      const name = identifier(column);
      // Counting ids first leaves the comparison to thousands of ids in place of millions of rows.
      await warehouse.run(
        `INSERT INTO loaded.orphan
         SELECT ${literal(table)}, ${literal(column)}, id, "rows"
         FROM (SELECT ${name} AS id, count(*) AS "rows" FROM loaded.${identifier(table)} GROUP BY ${name})
         WHERE id IS NOT NULL AND id NOT IN (SELECT ${identifier(key!)} FROM loaded.${identifier(parent)})
         ORDER BY id`,
      );
    }
  }
  return warehouse.rows<OrphanCount>(
    `SELECT table_name AS "table", column_name AS "column", CAST(sum("rows") AS BIGINT) AS "rows"
     FROM loaded.orphan GROUP BY ALL ORDER BY ALL`,
  );
}
