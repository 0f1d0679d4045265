/**
 * What the detectors of cards read, as one wide table of numbers per device: the input of the other methods.
 */
import { readFileSync } from 'node:fs';
import { identifier, literal } from '../../pipelines/warehouse/sql-text.ts';
import type { Warehouse } from '../../pipelines/warehouse/warehouse.ts';

interface Column {
  table_schema: string;
  table_name: string;
  column_name: string;
  data_type: string;
}

const NUMBER = /^(TINYINT|SMALLINT|INTEGER|BIGINT|HUGEINT|UINTEGER|UBIGINT|FLOAT|DOUBLE|BOOLEAN|DECIMAL.*)$/;
/** Positions, not properties: a method that learnt them would learn which world it looks at. */
const POSITION = /(^|_)(at|ms|day|no|index|seq|round)$/;

/**
 * Every numeric column of every table of `features` that has a `device_id`: the median over the device's
 * rows, and how many rows there are. New tables join by themselves, so that the comparison stays on the same
 * features.
 */
async function featureQuery(warehouse: Warehouse): Promise<string> {
  const columns = await warehouse.rows<Column>(
    `SELECT table_schema, table_name, column_name, data_type FROM information_schema.columns
     WHERE table_schema = 'features' ORDER BY table_schema, table_name, column_name`,
  );
  const tables = new Map<string, Column[]>();
  for (const column of columns) {
    const name = `${column.table_schema}.${column.table_name}`;
    tables.set(name, [...(tables.get(name) ?? []), column]);
  }
  const joins = [...tables].flatMap(([name, all]) => {
    if (!all.some(({ column_name }) => column_name === 'device_id')) return [];
    const numbers = all.filter(
      ({ column_name, data_type }) => NUMBER.test(data_type) && !POSITION.test(column_name),
    );
    const medians = numbers.map(
      ({ column_name }) =>
        `quantile_cont(CASE WHEN isfinite(CAST(${identifier(column_name)} AS DOUBLE)) THEN CAST(${identifier(column_name)} AS DOUBLE) END, 0.5) AS ${identifier(`${name}.${column_name}`)}`,
    );
    const [schema, table] = name.split('.') as [string, string];
    const counted = `CAST(count(*) AS DOUBLE) AS ${identifier(`${name}.rows`)}`;
    return [
      `LEFT JOIN (SELECT device_id, ${[counted, ...medians].join(', ')} FROM ${identifier(schema)}.${identifier(table)} GROUP BY device_id) USING (device_id)`,
    ];
  });
  return `SELECT * EXCLUDE (device_id), device_id FROM (SELECT device_id, gpu_count FROM raw.devices) ${joins.join('\n')} ORDER BY device_id`;
}

/**
 * Writes the features and the facts of the rules-only baseline (rules.sql) as Parquet, a row per device each.
 */
export async function dumpFeatures(
  warehouse: Warehouse,
  { features, rules }: { features: string; rules: string },
): Promise<void> {
  const facts = readFileSync(new URL('./rules.sql', import.meta.url), 'utf8');
  await warehouse.run(`COPY (${await featureQuery(warehouse)}) TO ${literal(features)} (FORMAT parquet)`);
  await warehouse.run(`COPY (${facts.replace(/;\s*$/, '')}) TO ${literal(rules)} (FORMAT parquet)`);
}
