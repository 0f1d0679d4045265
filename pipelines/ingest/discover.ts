/** Which files a dataset folder holds, and which tables each belongs to. */
import { lstatSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { TABLE_NAMES, type TableName } from '../../contracts/dataset.ts';
import { GhostcardError } from '../../contracts/errors.ts';
import { adviceFor, formOf, isAside, looksLike, stemOf, tableNamed } from './file-form.ts';
import { type Mapping, NO_MAPPING } from './mapping.ts';
import type { SourceFile } from './source.ts';

/** A file that looks like a table and was not read. */
export interface UnreadFile {
  file: string;
  /** The table, or `ghostcard.yaml` for a mapping under another name. */
  looksLike: TableName | 'ghostcard.yaml';
  /** Why it was not read and what to do, one sentence each. */
  why: string;
}

export interface Discovered {
  /** One entry per file and table: a file that feeds two tables stands here twice. */
  files: SourceFile[];
  unread: UnreadFile[];
  /** Other files of no table: listed, never fatal. */
  unknown: string[];
}

/** Files that say something about the dataset and are no table. */
export const SIDE_FILES = ['MANIFEST.csv', 'ghostcard.yaml', 'decisions.ndjson'] as const;

/**
 * The table files below `dataset`, in code-unit order of their relative paths. A file belongs to the table of
 * its name or top folder, in any case, and to every table whose `file` in `ghostcard.yaml` matches it.
 *
 * @throws E_DATASET_MISSING when there is no folder or no table in it, E_TABLE_AMBIGUOUS when one table comes
 * both as
 * a file and as a folder or in two files, E_FILE_UNREADABLE for a table that is no regular file (a link, a
 * pipe), E_FILE_FORM for a table that comes in a form that is not read.
 */
export function discover(dataset: string, mapping: Mapping = NO_MAPPING): Discovered {
  const files: SourceFile[] = [];
  const idle: string[] = [];
  const places = new Map<TableName, string>();
  for (const relative of walk(dataset)) {
    if ((SIDE_FILES as readonly string[]).includes(relative)) continue;
    const form = formOf(relative);
    const mapped = isAside(relative) && !mapping.names(relative) ? [] : mapping.tablesOf(relative);
    const named = tableOfPlace(relative);
    // A table with a file of its own is not fed by another that bears its name and is mapped elsewhere.
    const isNamed =
      named !== undefined && !mapped.includes(named) && !(mapped.length > 0 && mapping.hasFile(named));
    const tables = isNamed ? [...mapped, named] : mapped;
    if (form === undefined) {
      const advice = adviceFor(relative) ?? (mapping.names(relative) ? RENAME : undefined);
      if (advice && tables.length > 0) throw refused(relative, tables[0]!, advice);
    }
    if (form === undefined || tables.length === 0) {
      idle.push(relative);
      continue;
    }
    const absolute = join(dataset, relative);
    if (!lstatSync(absolute).isFile()) throw notRegular(relative);
    for (const table of tables) {
      const place = table === named && isNamed ? placeOf(relative) : 'ghostcard.yaml';
      const other = places.get(table);
      if (other !== undefined && other !== place) throw ambiguous(table, other, place);
      places.set(table, place);
      files.push({ relative, absolute, table, form });
    }
  }
  const unread = idle.flatMap((file) => unreadFile(file, places));
  const listed = new Set(unread.map(({ file }) => file));
  const unknown = idle.filter((file) => !listed.has(file));
  if (files.length === 0) throw missing(dataset, nothingIn(unread, unknown));
  return { files, unread, unknown };
}

/** The table of a file's top folder or, at the top, of its own name. A hidden file belongs to none. */
function tableOfPlace(relative: string): TableName | undefined {
  const [top = '', ...rest] = relative.split('/');
  if (rest.length > 0) return isAside(relative) ? undefined : tableNamed(top);
  return tableNamed(stemOf(relative));
}

/** What must not differ between two files of one table: the file at the top, or the folder. */
function placeOf(relative: string): string {
  const end = relative.indexOf('/');
  return end < 0 ? relative : relative.slice(0, end + 1);
}

/** @throws E_FILE_FORM when the table that the file is named for comes in no form that is read. */
function unreadFile(file: string, read: ReadonlyMap<TableName, string>): UnreadFile[] {
  if (/^ghostcard\.ya?ml$/i.test(file))
    return [
      {
        file,
        looksLike: 'ghostcard.yaml',
        why: 'The mapping must be named ghostcard.yaml exactly. Rename it.',
      },
    ];
  const table = looksLike(file);
  if (table === undefined) return [];
  const advice = adviceFor(file);
  if (advice && tableNamed(file.split('.')[0]!) && !read.has(table)) throw refused(file, table, advice);
  if (formOf(file) === undefined)
    return [{ file, looksLike: table, why: `Its form is not read. ${advice ?? RENAME}` }];
  const own = `Name it in ghostcard.yaml (tables: ${table}: file)`;
  const why = file.includes('/')
    ? `It lies in a folder that is no table. ${own}, or move it into a folder ${table}/.`
    : `Its name is not ${table} alone. ${own}, or move it into a folder ${table}/.`;
  return [{ file, looksLike: table, why }];
}

const RENAME = 'Give it the suffix of what it is: .parquet, .csv, .tsv, .ndjson or .json.';

/**
 * The dataset itself may be a link to a folder. @throws E_DATASET_MISSING when there is no folder of that
 * name.
 */
export function checkFolder(dataset: string): void {
  let isFolder: boolean;
  try {
    isFolder = statSync(dataset).isDirectory();
  } catch (error) {
    throw missing(dataset, (error as Error).message);
  }
  if (!isFolder) throw missing(dataset, 'something that is no folder');
}

/**
 * Relative paths of everything but folders, sorted. Links below the folder itself are listed, never followed.
 */
function walk(dataset: string): string[] {
  const found: string[] = [];
  const visit = (prefix: string): void => {
    for (const name of readdirSync(join(dataset, prefix))) {
      const relative = prefix === '' ? name : `${prefix}/${name}`;
      if (lstatSync(join(dataset, relative)).isDirectory()) visit(relative);
      else found.push(relative);
    }
  };
  checkFolder(dataset);
  try {
    visit('');
  } catch (error) {
    if (error instanceof GhostcardError) throw error;
    throw missing(dataset, (error as Error).message);
  }
  return found.sort();
}

function nothingIn(unread: readonly UnreadFile[], unknown: readonly string[]): string {
  const [first] = unread;
  if (first)
    return `no table that is read; ${first.file} looks like ${first.looksLike}: ${first.why.replace(/\.$/, '')}`;
  if (unknown.length === 0) return 'an empty folder';
  return unknown.length === 1
    ? '1 file, which belongs to no table'
    : `${unknown.length} files that belong to no table`;
}

function missing(dataset: string, got: string): GhostcardError {
  return new GhostcardError('E_DATASET_MISSING', {
    subject: dataset,
    expected: `a folder with files such as accounts.parquet (tables: ${TABLE_NAMES.join(', ')})`,
    got,
    todo: 'Name the dataset folder; its form is described in docs/dataset-mapping.md.',
  });
}

function refused(relative: string, table: TableName, advice: string): GhostcardError {
  return new GhostcardError('E_FILE_FORM', {
    subject: relative,
    expected: `${table} as .parquet, .csv, .tsv, .ndjson or .json, text also in gzip`,
    got: 'a form that is not read',
    todo: `${advice} Or move the file out of the dataset.`,
  });
}

function notRegular(relative: string): GhostcardError {
  return new GhostcardError('E_FILE_UNREADABLE', {
    subject: relative,
    expected: 'a regular file',
    got: 'a link, pipe or device',
    todo: 'Copy the file itself into the dataset folder.',
  });
}

function ambiguous(table: TableName, one: string, other: string): GhostcardError {
  return new GhostcardError('E_TABLE_AMBIGUOUS', {
    subject: table,
    expected: `one form of the table: a file ${table}.* or a folder ${table}/`,
    got: `${one} and ${other}`,
    todo: 'Remove one of the two.',
  });
}
