/** The tables that recognised exports can fill. */
import { columnsOf, REFERENCES, TABLE_NAMES, type TableName } from '../../contracts/dataset.ts';
import type { ColumnDraft, TableDraft } from '../../contracts/preset.ts';
import type { DraftedColumn, DraftedTable, Gap } from './draft.ts';
import { type Element, elementsAt, at as fieldAt, fieldOf } from './fields.ts';
import { isRecord } from './json-head.ts';
import type { Recognised } from './recognise.ts';
import { valueForms } from './value-forms.ts';

/** When an export was taken, and who says so. */
export interface Taken {
  at: (savedAt: number) => number;
  why: string;
}

function drafted(column: string, draft: ColumnDraft, savedAt: number, taken: Taken): DraftedColumn {
  if (typeof draft === 'string') return { column, from: draft };
  if ('savedAt' in draft) {
    return { column, constant: new Date(taken.at(savedAt)).toISOString(), comment: taken.why };
  }
  return { column, ...draft };
}

const fieldName = (wanted: readonly DraftedColumn[], column: string) =>
  (wanted.find((one) => one.column === column)?.from ?? column).replace(/^\^\./, '');

const under = (path: string, column: DraftedColumn): DraftedColumn =>
  column.from === undefined ? column : { ...column, from: `${path}.${column.from}` };

const has = (elements: readonly Element[], path: string) =>
  elements.some((element) => fieldOf(element, path) !== undefined);

/** Why the table cannot be drafted, or the draft. */
function tableOf(
  table: TableName,
  draft: TableDraft,
  { preset, kind, at, file, sample }: Recognised,
  taken: Taken,
): DraftedTable | string {
  const rows = [at, draft.rows ?? ''].filter((part) => part !== '').join('.');
  const elements = elementsAt(sample.records, rows);
  const wanted = Object.entries(draft.columns).map(([name, from]) =>
    drafted(name, from, sample.savedAt, taken),
  );
  const columns = wanted.filter(({ from }) => from === undefined || has(elements, from));
  const there = new Set(columns.map(({ column }) => column));
  const missing = columnsOf(table).find(({ name, required }) => required && !there.has(name));
  if (missing) {
    const field = elements.length === 0 ? rows : fieldName(wanted, missing.name);
    return table === 'accounts' ? `no owners in this export (no ${field})` : `no ${field} in this export`;
  }
  const forms = valueForms(table, columns, elements, sample);
  // The one object of a file is no array whose elements are rows: its fields are reached by longer paths.
  const prefix =
    draft.rows === undefined && sample.records.some((record) => isRecord(fieldAt(record, at))) ? at : '';
  return {
    table,
    file,
    named: true,
    files: sample.files.length,
    source: `${preset.title}, ${kind.name}`,
    ...(rows === '' || prefix ? {} : { rows }),
    ...(draft.distinct ? { distinct: true } : {}),
    ...(draft.note ? { note: draft.note } : {}),
    columns: prefix ? forms.columns.map((column) => under(prefix, column)) : forms.columns,
    present: [...there],
    format: forms.format,
    sample,
  };
}

/**
 * Drafts each table from the first export that can fill it; `own` are tables that the dataset already brings.
 */
export function presetTables(
  recognised: readonly Recognised[],
  own: ReadonlySet<TableName>,
  taken: Taken,
): { tables: DraftedTable[]; cannot: Gap[] } {
  const tables = new Map<TableName, DraftedTable>();
  const cannot: Gap[] = [];
  let deviceNames: string | undefined;
  for (const table of TABLE_NAMES.filter((name) => !own.has(name))) {
    const reasons: string[] = [];
    for (const one of recognised) {
      const draft = one.kind.tables[table];
      const never = one.kind.cannot[table];
      if (never) reasons.push(never);
      if (!draft || tables.has(table)) continue;
      const parents = Object.values(REFERENCES[table] ?? {});
      const orphaned = parents.find((parent) => !own.has(parent) && !tables.has(parent));
      const foreign = table !== 'devices' && deviceNames && draft.names && draft.names !== deviceNames;
      const made = orphaned
        ? `its rows belong to ${orphaned}, which are not in this export`
        : foreign
          ? `it names each ${draft.names}, devices name each ${deviceNames}`
          : tableOf(table, draft, one, taken);
      if (typeof made === 'string') reasons.push(made);
      else {
        tables.set(table, made);
        if (table === 'devices') deviceNames = draft.names;
      }
    }
    if (!tables.has(table) && reasons.length > 0) cannot.push({ what: table, why: reasons.at(-1)! });
  }
  return { tables: [...tables.values()], cannot };
}
