/** Which column of a file is which column of the contract, and how its text is to be read. */
import { type ColumnKind, columnsOf, type TableName } from '../../contracts/dataset.ts';
import { GhostcardError } from '../../contracts/errors.ts';
import type { ColumnMapping, PlannedColumn, TableMapping } from './mapped.ts';
import { takesNulls } from './mapping-columns.ts';

/** The most columns that a file may have; the contract's widest table has sixteen. */
export const MAX_COLUMNS = 256;

function parseKind(kind: ColumnKind, mapping: ColumnMapping | undefined): ColumnKind {
  if (mapping?.words) return 'text';
  if (mapping?.scale !== undefined) return 'float';
  if (mapping?.unit === 'us' || mapping?.unit === 'ns') return 'int';
  return mapping?.unit ? 'float' : kind;
}

/**
 * A column's own mapping with the table's zone, form of days, decimal mark and words for nothing, where they
 * say something of it.
 */
function withDefaults(
  meta: PlannedColumn['meta'],
  own: ColumnMapping | undefined,
  { zone, dates, decimal, nulls }: NonNullable<TableMapping['defaults']>,
): ColumnMapping | undefined {
  const isNumber = meta.kind === 'int' || meta.kind === 'float' || meta.kind === 'decimal';
  const isText = meta.kind === 'time' && own?.unit === undefined;
  const added = {
    ...(zone && isText ? { zone } : {}),
    ...(dates && isText ? { dates } : {}),
    ...(decimal && (isNumber || own?.unit !== undefined) ? { decimal } : {}),
    ...(nulls && takesNulls(meta) ? { nulls } : {}),
  };
  if (own === undefined && Object.keys(added).length === 0) return undefined;
  return { from: meta.name, ...added, ...own };
}

/** Every contract column of a table with the name that a file gives it. */
export function plan(table: TableName, mapping: TableMapping): PlannedColumn[] {
  return columnsOf(table).map((meta) => {
    const own = mapping.columns.get(meta.name);
    if (own?.from === '')
      return { meta, origin: 'fixed', source: '', named: true, parse: meta.kind, mapping: own };
    const mapped = withDefaults(meta, own, mapping.defaults ?? {});
    const origin = mapping.distinct && own === undefined ? 'none' : 'file';
    const source = mapped?.from ?? meta.name;
    return {
      meta,
      origin,
      source,
      named: own !== undefined,
      parse: parseKind(meta.kind, mapped),
      mapping: mapped,
    };
  });
}

const CORRECT = "Correct the file's header, or map its columns in ghostcard.yaml (docs/dataset-mapping.md).";

export function headerError(file: string, expected: string, got: string, todo = CORRECT): GhostcardError {
  return new GhostcardError('E_HEADER', { subject: file, expected, got, todo });
}

/** What to do about a header that was read as one name and holds other separators. */
function separatorAdvice(names: readonly string[]): string | undefined {
  const separator = [';', '\t', '|', ','].find((mark) => names.length === 1 && names[0]!.includes(mark));
  return (
    separator && `Say in ghostcard.yaml: delimiter: ${JSON.stringify(separator)} (docs/dataset-mapping.md).`
  );
}

/**
 * The planned columns that a file with these column names has, and the names that the contract does not know.
 *
 * @throws E_HEADER for a repeated name, more than 256 columns, or a required or mapped column that is absent.
 */
export function matchColumns(
  file: string,
  planned: readonly PlannedColumn[],
  names: readonly string[],
): { present: PlannedColumn[]; extra: string[] } {
  if (names.length > MAX_COLUMNS)
    throw headerError(file, `at most ${MAX_COLUMNS} columns`, `${names.length}`);
  const seen = new Set<string>();
  for (const name of names) {
    if (seen.has(name))
      throw headerError(file, 'each column once', `${JSON.stringify(name.slice(0, 80))} twice`);
    seen.add(name);
  }
  const present = planned.filter(({ source }) => seen.has(source));
  const absent = planned.find(({ meta, source, named }) => (meta.required || named) && !seen.has(source));
  if (absent) {
    const got = names.slice(0, 40).map((name) => name.slice(0, 80));
    throw headerError(
      file,
      absent.source === absent.meta.name
        ? `the column ${absent.source}`
        : `the column ${absent.source}, mapped to ${absent.meta.name}`,
      got.join(', ') || 'no column',
      separatorAdvice(names),
    );
  }
  const used = new Set(present.map(({ source }) => source));
  return { present, extra: names.filter((name) => !used.has(name)) };
}
