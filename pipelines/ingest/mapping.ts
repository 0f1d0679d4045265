/** `ghostcard.yaml`: how a foreign export maps to the contract's tables, columns and units. */
import { createHash } from 'node:crypto';
import { lstatSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Document, isNode, LineCounter, parseDocument } from 'yaml';
import { z } from 'zod';
import { columnsOf, TABLE_NAMES, type TableName } from '../../contracts/dataset.ts';
import { GhostcardError } from '../../contracts/errors.ts';

const NAME = 'ghostcard.yaml';

const ColumnSchema = z.union([
  z.string().min(1),
  z
    .object({
      from: z.string().min(1),
      /** What a number in a time column counts since 1970-01-01 UTC. */
      unit: z.enum(['s', 'ms', 'us', 'ns', 'rfc3339']).optional(),
      /** The value is multiplied by this. */
      scale: z.number().positive().finite().optional(),
      /** Words of the export and what the contract calls them; other words pass unchanged. */
      words: z.record(z.string(), z.union([z.string(), z.boolean(), z.number()])).optional(),
    })
    .strict(),
]);

const TableSchema = z
  .object({
    /** Path or glob (`*` within a folder, `**` across folders) inside the dataset. */
    file: z.string().min(1).max(512).optional(),
    delimiter: z.enum([',', ';', '\t', '|']).optional(),
    columns: z.record(z.string(), ColumnSchema).optional(),
  })
  .strict();

export const MappingSchema = z
  .object({ version: z.literal(1), tables: z.partialRecord(z.enum(TABLE_NAMES as [TableName]), TableSchema) })
  .strict();

export interface ColumnMapping {
  from: string;
  /** What numbers of a time column count since 1970-01-01 UTC. */
  unit?: 's' | 'ms' | 'us' | 'ns';
  scale?: number;
  words?: ReadonlyMap<string, string>;
  /** Further words for nothing, beside those of the contract. */
  nulls?: readonly string[];
  /** The zone of times that carry none. */
  zone?: 'UTC';
  /** The decimal mark of numbers; default: the point. */
  decimal?: ',';
}

export interface TableMapping {
  delimiter: string;
  /** By contract column. */
  columns: ReadonlyMap<string, ColumnMapping>;
  /** SHA-256 of the table's part of the mapping: part of the ledger's key. */
  hash: string;
}

export interface Mapping {
  /** True when the dataset brings a `ghostcard.yaml`. */
  present: boolean;
  /** SHA-256 of the file, '' without one. */
  sha256: string;
  of(table: TableName): TableMapping;
  /** The table that a path of the dataset is mapped to by name or glob. */
  tableOf(relative: string): TableName | undefined;
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

function globPattern(glob: string): RegExp {
  const pattern = glob.replace(/\*\*\/?|\*|[\\^$.|+?()[\]{}]/g, (part) =>
    part.startsWith('**') ? '.*' : part === '*' ? '[^/]*' : `\\${part}`,
  );
  return new RegExp(`^${pattern}$`, 's');
}

function columnMapping(spec: z.infer<typeof ColumnSchema>): ColumnMapping {
  if (typeof spec === 'string') return { from: spec };
  const words = spec.words && new Map(Object.entries(spec.words).map(([from, to]) => [from, String(to)]));
  return {
    from: spec.from,
    ...(spec.unit && spec.unit !== 'rfc3339' ? { unit: spec.unit } : {}),
    ...(spec.scale === undefined ? {} : { scale: spec.scale }),
    ...(words ? { words } : {}),
  };
}

/** Parses the text of a mapping. @throws E_MAPPING with the line at fault. */
export function parseMapping(text: string): Mapping {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, strict: true, uniqueKeys: true });
  const problem = document.errors[0] ?? document.warnings[0];
  if (problem)
    throw invalid(`${NAME}:${lines.linePos(problem.pos[0]).line}`, 'YAML', problem.message.split('\n')[0]!);
  const parsed = MappingSchema.safeParse(document.toJS({ maxAliasCount: 0 }));
  if (!parsed.success) {
    const issue = parsed.error.issues[0]!;
    throw invalid(
      place(document, lines, issue.path),
      'a valid mapping',
      `${issue.path.join('.')}: ${issue.message}`,
    );
  }
  const tables = new Map<TableName, TableMapping>();
  const globs: { pattern: RegExp; table: TableName; glob: string }[] = [];
  for (const [name, spec] of Object.entries(parsed.data.tables)) {
    const table = name as TableName;
    const known = new Map(columnsOf(table).map((column) => [column.name, column.kind]));
    const columns = new Map<string, ColumnMapping>();
    for (const [column, columnSpec] of Object.entries(spec.columns ?? {})) {
      const at = place(document, lines, ['tables', table, 'columns', column]);
      const mapped = columnMapping(columnSpec);
      const kind = known.get(column);
      if (kind === undefined)
        throw invalid(at, `a column of ${table}: ${[...known.keys()].join(', ')}`, column);
      if (mapped.unit && kind !== 'time') throw invalid(at, 'unit on a time column', `${column} is ${kind}`);
      if (mapped.scale !== undefined && !['int', 'float', 'decimal'].includes(kind)) {
        throw invalid(at, 'scale on a number', `${column} is ${kind}`);
      }
      if (mapped.words && kind !== 'text' && kind !== 'boolean') {
        throw invalid(at, 'words on text or boolean', `${column} is ${kind}`);
      }
      columns.set(column, mapped);
    }
    const hash = createHash('sha256').update(JSON.stringify(spec)).digest('hex');
    tables.set(table, { delimiter: spec.delimiter ?? ',', columns, hash });
    if (spec.file !== undefined) globs.push({ pattern: globPattern(spec.file), table, glob: spec.file });
  }
  return {
    present: true,
    sha256: createHash('sha256').update(text).digest('hex'),
    of: (table) => tables.get(table) ?? UNMAPPED,
    tableOf: (relative) => globs.find(({ pattern }) => pattern.test(relative))?.table,
    checkFound: (files) => {
      const idle = globs.find(({ pattern }) => !files.some((file) => pattern.test(file)));
      if (idle === undefined) return;
      const at = place(document, lines, ['tables', idle.table, 'file']);
      const expected = 'a file of the dataset (.parquet, .csv, .ndjson or gzipped), by path or glob';
      throw invalid(at, expected, `${idle.glob}, which matches none`);
    },
  };
}

const UNMAPPED: TableMapping = { delimiter: ',', columns: new Map(), hash: '' };

export const NO_MAPPING: Mapping = {
  present: false,
  sha256: '',
  of: () => UNMAPPED,
  tableOf: () => undefined,
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
