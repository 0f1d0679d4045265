/** Which files a dataset folder holds, and which table each belongs to. */
import { lstatSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { isTableName, TABLE_NAMES, type TableName } from '../../contracts/dataset.ts';
import { GhostcardError } from '../../contracts/errors.ts';
import type { Form, SourceFile } from './source.ts';

export interface Discovered {
  files: SourceFile[];
  /** Files of no table: listed, never fatal. */
  unknown: string[];
}

/** Files that say something about the dataset and are no table. */
export const SIDE_FILES = ['MANIFEST.csv', 'ghostcard.yaml', 'decisions.ndjson'] as const;

const FORMS: readonly Form[] = ['csv.gz', 'ndjson.gz', 'parquet', 'csv', 'ndjson'];

export function formOf(name: string): Form | undefined {
  return FORMS.find((form) => name.endsWith(`.${form}`));
}

/**
 * The table files below `dataset`, in code-unit order of their relative paths. `mapped` says which table a path
 * belongs to where `ghostcard.yaml` names files of its own.
 *
 * @throws E_DATASET_MISSING when there is no folder or no table in it, E_TABLE_AMBIGUOUS when one table comes both as
 * a file and as a folder or in two files, E_FILE_UNREADABLE for a table that is no regular file (a link, a pipe).
 */
export function discover(
  dataset: string,
  mapped: (relative: string) => TableName | undefined = () => undefined,
): Discovered {
  const files: SourceFile[] = [];
  const unknown: string[] = [];
  const places = new Map<TableName, string>();
  for (const relative of walk(dataset)) {
    const [top = '', ...rest] = relative.split('/');
    const form = formOf(relative);
    const name = rest.length > 0 ? top : form ? top.slice(0, -form.length - 1) : top;
    const byMapping = mapped(relative);
    const table = byMapping ?? (isTableName(name) ? name : undefined);
    if (table === undefined || form === undefined) {
      if (!(SIDE_FILES as readonly string[]).includes(relative)) unknown.push(relative);
      continue;
    }
    const absolute = join(dataset, relative);
    if (!lstatSync(absolute).isFile()) throw notRegular(relative);
    const place = byMapping ? 'ghostcard.yaml' : rest.length > 0 ? `${top}/` : relative;
    const other = places.get(table);
    if (other !== undefined && other !== place) throw ambiguous(table, other, place);
    places.set(table, place);
    files.push({ relative, absolute, table, form });
  }
  if (files.length === 0)
    throw missing(
      dataset,
      unknown.length === 0 ? 'an empty folder' : `${unknown.length} files that belong to no table`,
    );
  return { files, unknown };
}

/** The dataset itself may be a link to a folder. @throws E_DATASET_MISSING when there is no folder of that name. */
export function checkFolder(dataset: string): void {
  let isFolder: boolean;
  try {
    isFolder = statSync(dataset).isDirectory();
  } catch (error) {
    throw missing(dataset, (error as Error).message);
  }
  if (!isFolder) throw missing(dataset, 'something that is no folder');
}

/** Relative paths of everything but folders, sorted. Links below the folder itself are listed, never followed. */
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

function missing(dataset: string, got: string): GhostcardError {
  return new GhostcardError('E_DATASET_MISSING', {
    subject: dataset,
    expected: `a folder with files such as accounts.parquet (tables: ${TABLE_NAMES.join(', ')})`,
    got,
    todo: 'Name the dataset folder; its form is described in docs/dataset-mapping.md.',
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
