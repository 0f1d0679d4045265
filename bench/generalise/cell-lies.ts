/** What the truth of a cell and its audit say of the network. */
import { join } from 'node:path';
import { literal } from '../../pipelines/warehouse/sql-text.ts';
import type { Warehouse } from '../../pipelines/warehouse/warehouse.ts';
import type { Cell } from '../worlds/cells.ts';
import type { Finding, Testimony, Told } from './lies-named.ts';
import { saysAnything } from './truth-files.ts';

/** Rows of a CSV file; none where it is empty or is not there. */
async function rowsOf<T extends object>(path: string, select: string, warehouse: Warehouse): Promise<T[]> {
  if (!saysAnything(path)) return [];
  return warehouse.rows<T>(
    `SELECT ${select} FROM read_csv(${literal(path)}, header = true, all_varchar = true) ORDER BY ALL`,
  );
}

export async function testimonyOf(cell: Pick<Cell, 'folder'>, warehouse: Warehouse): Promise<Testimony> {
  const told = await rowsOf<Told>(
    join(cell.folder, 'labels-lies.csv'),
    'lie, metric, valid_from::DOUBLE AS "from", valid_to::DOUBLE AS "to"',
    warehouse,
  );
  const ms = (column: string) => `epoch_ms(${column}::TIMESTAMP)::DOUBLE`;
  const findings = await rowsOf<Finding>(
    join(cell.folder, 'run', 'network.csv'),
    `reason, metric, ${ms('valid_from')} AS "from", ${ms('valid_to')} AS "to"`,
    warehouse,
  );
  return { told, findings };
}
