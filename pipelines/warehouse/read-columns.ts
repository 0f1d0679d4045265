/** Results of many numbers, read into typed arrays: no object per row. */
import type { Warehouse } from './warehouse.ts';

type Numbers = Uint8Array | Int32Array | Float64Array;

/**
 * Fills one array per column of the query with its rows, in their order. Columns hold numbers: BIGINT is cast
 * in the statement. Throws a RangeError when there are more rows than the arrays hold.
 */
export async function readColumns(
  warehouse: Pick<Warehouse, 'stream'>,
  sql: string,
  arrays: readonly Numbers[],
): Promise<void> {
  let at = 0;
  for await (const { columns, rowCount } of warehouse.stream<number[]>(sql)) {
    for (const [i, array] of arrays.entries()) array.set(columns[i]!, at);
    at += rowCount;
  }
}
