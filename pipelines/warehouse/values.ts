/** DuckDB values as plain JavaScript: numbers, strings, booleans, arrays and records. */
import {
  DuckDBDecimalValue,
  DuckDBListValue,
  DuckDBMapValue,
  DuckDBStructValue,
  type DuckDBValue,
} from '@duckdb/node-api';

export type Plain = null | boolean | number | string | Plain[] | { [key: string]: Plain };

/** Throws on an integer that a double cannot hold: silent rounding would change ids and sums. */
export function plainValue(value: DuckDBValue): Plain {
  if (
    value === null ||
    typeof value === 'boolean' ||
    typeof value === 'number' ||
    typeof value === 'string'
  ) {
    return value;
  }
  if (typeof value === 'bigint') {
    const number = Number(value);
    if (!Number.isSafeInteger(number)) throw new RangeError(`integer beyond 2^53: ${value}`);
    return number;
  }
  if (value instanceof DuckDBDecimalValue) return value.toDouble();
  if (value instanceof DuckDBListValue) return value.items.map(plainValue);
  if (value instanceof DuckDBStructValue) {
    return Object.fromEntries(Object.entries(value.entries).map(([key, item]) => [key, plainValue(item)]));
  }
  if (value instanceof DuckDBMapValue) {
    return value.entries.map(({ key, value: item }) => [plainValue(key), plainValue(item)]);
  }
  return value.toString();
}
