/** Files in the contract's own form, or near to it: told by their names, else by their columns. */
import { columnsOf, isTableName, TABLE_NAMES, type TableName } from '../../contracts/dataset.ts';
import type { DraftedColumn, DraftedTable, Gap } from './draft.ts';
import { elementsAt } from './fields.ts';
import { globOf } from './glob.ts';
import type { Sample } from './sample.ts';
import { valueForms } from './value-forms.ts';

const plainName = (name: string) => name.toLowerCase().replace(/[^a-z0-9]/g, '');

/**
 * The table that the file's or its folder's name says, and whether ingest reads it under that name unasked.
 */
function byName(sample: Sample): { table: TableName; exact: boolean } | undefined {
  const [top = '', ...rest] = sample.files[0]!.split('/');
  const stem = top.replace(/\.(csv|tsv|json|ndjson|jsonl|parquet|pq)(\.gz)?$/i, '').toLowerCase();
  if (isTableName(stem) && (rest.length > 0 || sample.files.length === 1))
    return { table: stem, exact: true };
  if (rest.length > 0) return undefined;
  const numbered = stem.replace(/[-_.]?[\d-]+$/, '');
  return isTableName(numbered) ? { table: numbered, exact: false } : undefined;
}

/**
 * Fields of the sample that are a table's columns, by exact name or by a name that differs in case and
 * separators.
 */
function columnsIn(table: TableName, fields: readonly string[]): DraftedColumn[] {
  const columns = columnsOf(table).map(({ name }) => name);
  return columns.flatMap((column) => {
    if (fields.includes(column)) return [{ column, from: column }];
    const like = fields.filter((field) => plainName(field) === plainName(column) && !columns.includes(field));
    return like.length === 1 ? [{ column, from: like[0]! }] : [];
  });
}

/** The one table of which every column that identifies or dates a row is there. */
function byColumns(fields: readonly string[]): TableName | undefined {
  const fitting = TABLE_NAMES.map((table) => ({ table, found: columnsIn(table, fields) }))
    .filter(({ table, found }) =>
      columnsOf(table).every(
        ({ name, required, unknownAllowed }) =>
          !(required || unknownAllowed) || found.some(({ column }) => column === name),
      ),
    )
    .sort((a, b) => b.found.length - a.found.length);
  const [best, next] = fitting;
  if (!best || best.found.length < 3 || best.found.length === next?.found.length) return undefined;
  return best.table;
}

export interface OwnTable extends DraftedTable {
  /** True when ingest reads the file as it is. */
  asIs: boolean;
}

function fieldsOf(sample: Sample): string[] {
  if (sample.names.length > 0) return sample.names;
  return [...new Set(sample.records.flatMap((record) => Object.keys(record)))];
}

function draftOf(table: TableName, sample: Sample, named: boolean, all: readonly string[]): OwnTable | Gap {
  const [first] = sample.files as [string];
  const fields = fieldsOf(sample);
  const found = columnsIn(table, fields);
  const missing = columnsOf(table).find(
    ({ name, required }) => required && !found.some(({ column }) => column === name),
  );
  if (missing && sample.form !== 'parquet') {
    return { what: first, why: `named like ${table}, and no field is its ${missing.name}` };
  }
  const file = globOf(sample.files, all);
  if (file === undefined && named)
    return { what: first, why: 'no single pattern names the files of its sort' };
  const { columns, format } = valueForms(table, found, elementsAt(sample.records, ''), sample);
  const odd = columns.filter(({ column, from, unit }) => column !== from || unit);
  return {
    table,
    file: file ?? first,
    named,
    files: sample.files.length,
    source: named ? `columns of ${table}` : `the contract's ${table}`,
    columns: odd,
    present: found.map(({ column }) => column),
    format,
    sample,
    asIs: !named && odd.length === 0 && Object.keys(format).length === 0,
  };
}

/** Tables that samples of no known export hold. Parquet is told by its name alone. */
export function ownTables(
  samples: readonly Sample[],
  all: readonly string[],
): { tables: OwnTable[]; unread: Gap[]; others: Sample[] } {
  const tables: OwnTable[] = [];
  const unread: Gap[] = [];
  const others: Sample[] = [];
  // A file that bears a table's own name is read whatever is drafted: it comes before its look-alikes.
  const exactFirst = samples.toSorted(
    (a, b) => Number(byName(b)?.exact ?? false) - Number(byName(a)?.exact ?? false),
  );
  for (const sample of exactFirst) {
    const name = byName(sample);
    const table = name?.table ?? byColumns(fieldsOf(sample));
    if (!table) {
      others.push(sample);
      continue;
    }
    const known = tables.find((one) => one.table === table);
    const made = draftOf(table, sample, !name?.exact, all);
    if ('why' in made) unread.push(made);
    else if (!known) tables.push(made);
    else if (known.named || made.named)
      unread.push({ what: made.file, why: `${known.file} already is ${table}` });
    else known.present.push(...made.present.filter((column) => !known.present.includes(column)));
  }
  return { tables, unread, others };
}
