/** `raw.*`: what every later stage sees of the dataset. */
import { columnsOf, NETWORK_TIME, REFERENCES, TABLE_NAMES, type TableName } from '../../contracts/dataset.ts';
import type { Warehouse } from '../warehouse/warehouse.ts';

/** A parent comes before its children, so that an orphan's children are orphans too. */
const PARENTS_FIRST: readonly TableName[] = [
  'accounts',
  'devices',
  ...TABLE_NAMES.filter((table) => table !== 'accounts' && table !== 'devices'),
];

/**
 * Creates `raw.<table>` for every contract table: rows of `loaded.<table>` whose network time is not after the
 * snapshot and whose account or device is known. `labels` gets no view: nothing but `evaluate` reads the truth.
 */
export async function createRawViews(warehouse: Warehouse, snapshot: number): Promise<void> {
  for (const table of PARENTS_FIRST) {
    if (table === 'labels') continue;
    const conditions: string[] = [];
    const clock = NETWORK_TIME[table];
    // Contract: a row whose network time lies after the snapshot is loaded and not used.
    if (clock) conditions.push(`("${clock}" IS NULL OR "${clock}" <= ${Math.trunc(snapshot)})`);
    for (const [column, parent] of Object.entries(REFERENCES[table] ?? {})) {
      const key = columnsOf(parent).find((parentColumn) => parentColumn.key)!.name;
      conditions.push(`"${column}" IN (SELECT "${key}" FROM raw."${parent}")`);
    }
    const where = conditions.length > 0 ? ` WHERE ${conditions.join(' AND ')}` : '';
    await warehouse.run(`CREATE OR REPLACE VIEW raw."${table}" AS SELECT * FROM loaded."${table}"${where}`);
  }
}
