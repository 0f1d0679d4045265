/**
 * The tables that a unit may read, with their columns: made over an empty dataset and asked, so that the list
 * cannot lie.
 */
import { readFileSync } from 'node:fs';
import { columnsOf, type InputTableName, OPTION_TABLE_NAMES, TABLE_NAMES } from '../contracts/dataset.ts';
import type { ReadableTable } from '../contracts/detector.ts';
import { derive } from './derive.ts';
import { createRawViews } from './ingest/raw-views.ts';
import { modelOf, quietEffects, sharedLearners } from './models/run.ts';
import { createSchema } from './warehouse/schema.ts';
import { sqlFiles } from './warehouse/sql-files.ts';
import { openWarehouse } from './warehouse/warehouse.ts';

/** First sentence of the comment that opens an SQL file. */
export function firstSentence(sql: string): string {
  const comment = /^(--.*\n?)*/
    .exec(sql)![0]
    .replace(/^-- ?/gm, '')
    .split('\n\n')[0]!
    .replace(/\s+/g, ' ')
    .trim();
  return /^.*?[.:](?=\s|$)/.exec(comment)?.[0].replace(/:$/, '.') ?? comment;
}

async function sentences(): Promise<Map<string, string>> {
  const of = (schema: string, folder: string) =>
    sqlFiles(new URL(folder, import.meta.url)).map(
      ({ name, sql }) => [`${schema}.${modelOf(name).name}`, firstSentence(sql)] as const,
    );
  const cards = readFileSync(new URL('./ingest/gpu-rows.sql', import.meta.url), 'utf8');
  return new Map([
    ['raw.gpu_rows', firstSentence(cards)],
    ...of('rollup', './rollup/'),
    ...of('features', './models/'),
    ...(await sharedLearners()).map(
      ({ name, reads }) => [`features.${name}`, `Learned from ${reads.join(', ')}.`] as const,
    ),
  ]);
}

/** What the dataset contract says of the columns of `raw`. */
function contractColumns(): Map<string, string> {
  const tables: readonly InputTableName[] = [...TABLE_NAMES, ...OPTION_TABLE_NAMES];
  return new Map(
    tables.flatMap((table) =>
      columnsOf(table).map(({ name, description }) => [`raw.${table}.${name}`, description] as const),
    ),
  );
}

const COLUMNS = `
  SELECT table_schema || '.' || table_name AS "table", column_name AS name, data_type AS type
  FROM information_schema.columns
  WHERE table_schema IN ('raw', 'rollup', 'features', 'reference') AND table_name NOT LIKE '%\\_taken' ESCAPE '\\'
  ORDER BY list_position(['raw', 'rollup', 'features', 'reference'], table_schema), table_name, ordinal_position`;

/** Every table of raw, rollup, features and reference, in that order, by name. */
export async function readableTables(): Promise<ReadableTable[]> {
  const warehouse = await openWarehouse({ path: ':memory:', threads: 1, memory: '1GB' });
  try {
    await createSchema(warehouse);
    await createRawViews(warehouse, 0);
    await derive({ snapshot: 0 }, quietEffects(warehouse));
    const rows = await warehouse.rows<{ table: string; name: string; type: string }>(COLUMNS);
    const [about, columns] = [await sentences(), contractColumns()];
    const tables = new Map<string, ReadableTable>();
    for (const { table, name, type } of rows) {
      const [, catalogue] = /^reference\.(.*)$/.exec(table) ?? [];
      const says = catalogue ? `Catalogue, fixtures/catalog/${catalogue}.csv.` : (about.get(table) ?? '');
      const entry = tables.get(table) ?? { table, says, columns: [] };
      entry.columns.push({ name, type, says: columns.get(`${table}.${name}`) ?? '' });
      tables.set(table, entry);
    }
    return [...tables.values()];
  } finally {
    warehouse.close();
  }
}
