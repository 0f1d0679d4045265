/** Appends rows to a warehouse table: the fast way in, with typed values and no SQL text made of data. */
import { LIST, VARCHAR } from '@duckdb/node-api';
import type { Cell } from '../../contracts/learner.ts';
import type { Warehouse } from './warehouse.ts';

/** Type of each column, in table order. */
export type CellKind = 'text' | 'int' | 'float' | 'boolean' | 'texts';

/** Appends every row of `rows`; a row holds one cell per kind. */
export async function appendRows(
  warehouse: Warehouse,
  schema: string,
  table: string,
  kinds: readonly CellKind[],
  rows: Iterable<readonly Cell[]>,
): Promise<void> {
  const appender = await warehouse.connection.createAppender(table, schema);
  for (const row of rows) {
    for (const [i, kind] of kinds.entries()) {
      const cell = row[i] ?? null;
      if (cell === null) appender.appendNull();
      else if (kind === 'text') appender.appendVarchar(cell as string);
      else if (kind === 'int') appender.appendBigInt(BigInt(cell as number));
      else if (kind === 'float') appender.appendDouble(cell as number);
      else if (kind === 'boolean') appender.appendBoolean(cell as boolean);
      else appender.appendList(cell as readonly string[], LIST(VARCHAR));
    }
    appender.endRow();
  }
  appender.closeSync();
}
