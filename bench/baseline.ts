/**
 * What the engine alone needs: reads every column once, and makes each grain by one plain query over all
 * days.
 */
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { columnsOf } from '../contracts/dataset.ts';
import { readGrains } from '../pipelines/rollup/grains.ts';
import { createSchema } from '../pipelines/warehouse/schema.ts';
import { literal } from '../pipelines/warehouse/sql-text.ts';
import { openWarehouse } from '../pipelines/warehouse/warehouse.ts';

const [dataset, work, threads, memory] = process.argv.slice(2) as [string, string, string, string];
rmSync(work, { recursive: true, force: true });
const temp = join(work, 'spill');
const warehouse = await openWarehouse({
  path: ':memory:',
  threads: Number(threads),
  memory,
  temp,
});
await warehouse.run(`ATTACH ${literal(join(work, 'baseline.db'))} AS disk; USE disk`);
await createSchema(warehouse);
const files = `read_parquet(${literal(join(dataset, 'heartbeats', '*.parquet'))})`;
const given = await warehouse.describe(`SELECT * FROM ${files}`);
const types = new Map(given.map(({ name, type }) => [name, type]));
await warehouse.row(
  `SELECT bit_xor(hash(${given.map(({ name }) => name).join(', ')}))::VARCHAR AS sum FROM ${files}`,
);

const values = columnsOf('heartbeats').map(({ name, kind }) => {
  const sql = {
    text: 'VARCHAR',
    int: 'BIGINT',
    float: 'DOUBLE',
    time: 'BIGINT',
    decimal: 'DOUBLE',
    boolean: 'BOOLEAN',
  };
  if (!types.has(name)) return `CAST(NULL AS ${sql[kind]}) AS ${name}`;
  return kind === 'time' ? `epoch_ms(${name}) AS ${name}` : `CAST(${name} AS ${sql[kind]}) AS ${name}`;
});
await warehouse.run(
  `DROP TABLE loaded.heartbeats; CREATE VIEW loaded.heartbeats AS SELECT ${values.join(', ')} FROM ${files}`,
);
const forever = { from_ms: 0, to_ms: 2 ** 52, from_day: 0, to_day: 2 ** 31, snapshot: 2 ** 52 };
for (const grain of await readGrains(warehouse)) {
  await warehouse.run(`CREATE TABLE rollup_all."${grain.name}" AS ${grain.sql}`, forever);
}
warehouse.close();
