/** Made-up tables of a drawn world, for tests: a few columns, rows as the test says. */
import { columnsOf, SQL_TYPE, TABLE_NAMES } from '../../contracts/dataset.ts';
import { identifier, literal } from '../../pipelines/warehouse/sql-text.ts';
import { openWarehouse, type Warehouse } from '../../pipelines/warehouse/warehouse.ts';
import { MEMBERS_BY_TRAITS } from './drawn-world.ts';

export type MadeUpRow = Readonly<Record<string, string | number | null>>;

export interface MadeUp {
  tables: Readonly<Record<string, readonly MadeUpRow[]>>;
  labels: readonly MadeUpRow[];
  traits: readonly MadeUpRow[];
  /** Who belongs together; if absent, those who share a trait. */
  members?: readonly MadeUpRow[];
}

const value = (v: string | number | null | undefined): string =>
  v === null || v === undefined ? 'NULL' : typeof v === 'number' ? String(v) : literal(v);

function rowsSql(columns: readonly { name: string; type: string }[], rows: readonly MadeUpRow[]): string {
  const one = (row: MadeUpRow | null) =>
    `SELECT ${columns.map(({ name, type }) => `${value(row?.[name])}::${type} AS ${identifier(name)}`).join(', ')}`;
  return rows.length === 0 ? `${one(null)} WHERE false` : rows.map(one).join(' UNION ALL ');
}

const texts = (...names: string[]) => names.map((name) => ({ name, type: 'VARCHAR' }));

/** The tables of `openDrawnWorld`, in memory. Rows stand in the order of the test. */
export async function openMadeUp({ tables, labels, traits, members }: MadeUp): Promise<Warehouse> {
  const warehouse = await openWarehouse({ path: ':memory:', threads: 1, memory: '1GB' });
  for (const table of TABLE_NAMES.filter((name) => name !== 'labels')) {
    const columns = columnsOf(table).map(({ name, kind }) => ({ name, type: SQL_TYPE[kind] as string }));
    const rows = (tables[table] ?? []).map((row, position) => ({ ...row, position }));
    await warehouse.run(
      `CREATE TABLE ${table} AS ${rowsSql([...columns, { name: 'position', type: 'BIGINT' }], rows)}`,
    );
  }
  await warehouse.run(
    `CREATE TABLE label AS ${rowsSql(texts('subject_type', 'subject_id', 'truth', 'family', 'operator'), labels)}`,
  );
  const shared = [...texts('group', 'trait', 'subject_type', 'subject_id'), { name: 'blur', type: 'DOUBLE' }];
  await warehouse.run(`CREATE TABLE truth_traits AS ${rowsSql(shared, traits)}`);
  await warehouse.run(
    `CREATE TABLE truth_members AS ${rowsSql(texts('group', 'subject_type', 'subject_id'), members ?? [])}`,
  );
  if (!members) await warehouse.run(MEMBERS_BY_TRAITS);
  return warehouse;
}
