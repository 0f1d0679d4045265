/** `ghostcard.yaml`: how a foreign export maps to the contract's tables, columns and units. */
import { createHash } from 'node:crypto';
import { lstatSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Document, isNode, LineCounter, parseDocument } from 'yaml';
import { columnsOf, LARGE_TABLES, type TableName } from '../../contracts/dataset.ts';
import { GhostcardError } from '../../contracts/errors.ts';
import type { ColumnMapping, Defaults, TableMapping } from './mapped.ts';
import { columnMapping, unnamed } from './mapping-columns.ts';
import { firstFault, MappingSchema, type MappingSpec, type TableSpec } from './mapping-schema.ts';

const NAME = 'ghostcard.yaml';

export interface Mapping {
  /** True when the dataset brings a `ghostcard.yaml`. */
  present: boolean;
  /** SHA-256 of the file, '' without one. */
  sha256: string;
  of(table: TableName): TableMapping;
  /** The tables to which a path of the dataset is mapped by name or glob, in the order of the mapping. */
  tablesOf(relative: string): TableName[];
  /** True when the mapping names this very path, without a glob. */
  names(relative: string): boolean;
  /** True when the mapping says which files feed the table. */
  hasFile(table: TableName): boolean;
  /** @throws E_MAPPING when a `file` of the mapping names none of these table files. */
  checkFound(files: readonly string[]): void;
}

function invalid(subject: string, expected: string, got: string): GhostcardError {
  return new GhostcardError('E_MAPPING', {
    subject,
    expected,
    got,
    todo: 'See docs/dataset-mapping.md for the form of ghostcard.yaml.',
  });
}

/** `ghostcard.yaml:LINE` of the node at `path`, or of its nearest parent that exists. */
function place(document: Document, lines: LineCounter, path: readonly PropertyKey[]): string {
  for (let depth = path.length; depth >= 0; depth--) {
    const node = document.getIn(path.slice(0, depth), true);
    if (isNode(node) && node.range) return `${NAME}:${lines.linePos(node.range[0]).line}`;
  }
  return NAME;
}

/** What a glob matches: `**` across folders, `*` and `?` (one character) within a folder. */
export function globPattern(glob: string): RegExp {
  const wild: Readonly<Record<string, string>> = { '*': '[^/]*', '?': '[^/]' };
  const pattern = glob.replace(/\*\*\/?|\*|[\\^$.|+?()[\]{}]/g, (part) =>
    part.startsWith('**') ? '.*' : (wild[part] ?? `\\${part}`),
  );
  return new RegExp(`^${pattern}$`, 's');
}

type Key = 'delimiter' | 'decimal' | 'zone' | 'dates' | 'nulls';

function defaultsOf(...specs: Array<Pick<MappingSpec, Key>>): Defaults {
  const last = <K extends Key>(key: K) =>
    specs.map((spec) => spec[key]).findLast((value) => value !== undefined);
  const [delimiter, decimal, nulls] = [last('delimiter'), last('decimal'), last('nulls')];
  const [zone, dates] = [last('zone'), last('dates')];
  return {
    ...(delimiter ? { delimiter } : {}),
    ...(decimal === ',' ? { decimal } : {}),
    ...(zone ? { zone } : {}),
    ...(dates ? { dates } : {}),
    ...(nulls ? { nulls: nulls.map(String) } : {}),
  };
}

/** Names and words reach SQL as literals, in which no NUL can stand. */
function holdsNul(value: unknown): boolean {
  if (typeof value === 'string') return value.includes('\0');
  if (typeof value !== 'object' || value === null) return false;
  return Object.entries(value).some(([key, inner]) => key.includes('\0') || holdsNul(inner));
}

type Place = (...path: PropertyKey[]) => string;

/** A table's part of the mapping. @throws E_MAPPING */
function tableMapping(table: TableName, spec: TableSpec, whole: MappingSpec, at: Place): TableMapping {
  if (spec.distinct) {
    if (LARGE_TABLES.has(table)) throw invalid(at('distinct'), 'no distinct on this table', table);
    const [absent] = unnamed(table, spec);
    if (absent) throw invalid(at('distinct'), `${absent} among the columns, since it is required`, 'none');
  }
  const known = new Map(columnsOf(table).map((column) => [column.name, column]));
  const columns = new Map<string, ColumnMapping>();
  for (const [name, columnSpec] of Object.entries(spec.columns ?? {})) {
    const column = known.get(name);
    if (column === undefined)
      throw invalid(at('columns', name), `a column of ${table}: ${[...known.keys()].join(', ')}`, name);
    const mapped = columnMapping(table, column, columnSpec, spec.rows !== undefined);
    if ('expected' in mapped) throw invalid(at('columns', name), mapped.expected, mapped.got);
    columns.set(name, mapped);
  }
  const defaults = defaultsOf(whole, spec);
  return {
    ...(spec.delimiter ? { delimiter: spec.delimiter } : {}),
    ...(spec.rows ? { rows: spec.rows } : {}),
    ...(spec.distinct ? { distinct: true } : {}),
    columns,
    defaults,
    hash: createHash('sha256')
      .update(JSON.stringify([defaults, spec]))
      .digest('hex'),
  };
}

/** The text as a value, with the places of its lines. @throws E_MAPPING for what is no YAML, or holds NUL. */
function readYaml(text: string): { document: Document; lines: LineCounter; value: unknown } {
  const lines = new LineCounter();
  try {
    const document = parseDocument(text, { lineCounter: lines, strict: true, uniqueKeys: true });
    const problem = document.errors[0] ?? document.warnings[0];
    if (problem)
      throw invalid(`${NAME}:${lines.linePos(problem.pos[0]).line}`, 'YAML', problem.message.split('\n')[0]!);
    const value: unknown = document.toJS({ maxAliasCount: 0 });
    if (holdsNul(value)) throw invalid(NAME, 'text without NUL', 'a NUL character');
    return { document, lines, value };
  } catch (error) {
    // The parser is recursive, and an alias is an error of its own kind.
    if (error instanceof GhostcardError) throw error;
    throw invalid(NAME, 'plain YAML, nested a few levels, without aliases', (error as Error).message);
  }
}

/** Parses the text of a mapping. @throws E_MAPPING with the line at fault. */
export function parseMapping(text: string): Mapping {
  const { document, lines, value } = readYaml(text);
  if (value === null || value === undefined)
    throw invalid(NAME, 'a mapping that begins with version: 1', 'nothing: the file is empty');
  const parsed = MappingSchema.safeParse(value);
  if (!parsed.success) {
    const { path, message } = firstFault(parsed.error);
    throw invalid(
      place(document, lines, path),
      'a valid mapping',
      path.length === 0 ? message : `${path.join('.')}: ${message}`,
    );
  }
  const tables = new Map<TableName, TableMapping>();
  const globs: { pattern: RegExp; table: TableName; glob: string }[] = [];
  for (const [name, spec] of Object.entries(parsed.data.tables ?? {})) {
    const table = name as TableName;
    const at: Place = (...path) => place(document, lines, ['tables', table, ...path]);
    tables.set(table, tableMapping(table, spec, parsed.data, at));
    if (spec.file !== undefined) globs.push({ pattern: globPattern(spec.file), table, glob: spec.file });
  }
  const defaults = defaultsOf(parsed.data);
  const unmapped: TableMapping = {
    ...UNMAPPED,
    defaults,
    hash: Object.keys(defaults).length > 0 ? JSON.stringify(defaults) : '',
  };
  return {
    present: true,
    sha256: createHash('sha256').update(text).digest('hex'),
    of: (table) => tables.get(table) ?? unmapped,
    tablesOf: (relative) => globs.filter(({ pattern }) => pattern.test(relative)).map(({ table }) => table),
    names: (relative) => globs.some(({ glob }) => glob === relative),
    hasFile: (table) => globs.some((each) => each.table === table),
    checkFound: (files) => {
      const idle = globs.find(({ pattern }) => !files.some((file) => pattern.test(file)));
      if (idle === undefined) return;
      const at = place(document, lines, ['tables', idle.table, 'file']);
      const expected =
        'a file of the dataset (.parquet, .csv, .tsv, .ndjson, .json or gzipped), by path or glob';
      throw invalid(at, expected, `${idle.glob}, which matches none`);
    },
  };
}

const UNMAPPED: TableMapping = { columns: new Map(), hash: '' };

export const NO_MAPPING: Mapping = {
  present: false,
  sha256: '',
  of: () => UNMAPPED,
  tablesOf: () => [],
  names: () => false,
  hasFile: () => false,
  checkFound: () => {},
};

/** The dataset's mapping; the contract itself when there is no `ghostcard.yaml`. @throws E_MAPPING */
export function readMapping(dataset: string): Mapping {
  const path = join(dataset, NAME);
  const stats = lstatSync(path, { throwIfNoEntry: false });
  if (stats === undefined) return NO_MAPPING;
  if (!stats.isFile() || stats.size > 2 ** 20)
    throw invalid(NAME, 'a regular file of at most 1 MiB', 'another');
  return parseMapping(readFileSync(path, 'utf8'));
}
