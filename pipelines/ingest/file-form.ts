/** What a file's name says of it: the form of its bytes, and the table that the name looks like. */
import { isTableName, type TableName } from '../../contracts/dataset.ts';

export type Form =
  | 'parquet'
  | 'csv'
  | 'csv.gz'
  | 'tsv'
  | 'tsv.gz'
  | 'ndjson'
  | 'ndjson.gz'
  | 'json'
  | 'json.gz';

/** By suffix, in lower case. */
const FORMS: Readonly<Record<string, Form>> = {
  parquet: 'parquet',
  pq: 'parquet',
  csv: 'csv',
  'csv.gz': 'csv.gz',
  tsv: 'tsv',
  'tsv.gz': 'tsv.gz',
  ndjson: 'ndjson',
  'ndjson.gz': 'ndjson.gz',
  jsonl: 'ndjson',
  'jsonl.gz': 'ndjson.gz',
  json: 'json',
  'json.gz': 'json.gz',
};

const GZIP = 'Compress it with gzip or not at all (for instance';
const EXPORT = 'Export it again as Parquet, CSV or NDJSON';
const UNPACK = 'Unpack it: a table is a plain file or one in gzip';

/** Forms that hold tables and are not read, by their last suffix, and what to do about each. */
const REFUSED: Readonly<Record<string, string>> = {
  zst: `${GZIP}: zstd -d FILE).`,
  zstd: `${GZIP}: zstd -d FILE).`,
  bz2: `${GZIP}: bunzip2 FILE).`,
  xz: `${GZIP}: unxz FILE).`,
  lz4: `${GZIP}: lz4 -d FILE).`,
  br: `${GZIP}: brotli -d FILE).`,
  gz: `Only text is read through gzip (.csv.gz, .tsv.gz, .ndjson.gz, .json.gz). Decompress it: gunzip FILE.`,
  zip: `${UNPACK}.`,
  '7z': `${UNPACK}.`,
  rar: `${UNPACK}.`,
  tar: `${UNPACK}.`,
  tgz: `${UNPACK}.`,
  xlsx: 'In the spreadsheet, save the sheet as CSV UTF-8.',
  xls: 'In the spreadsheet, save the sheet as CSV UTF-8.',
  ods: 'In the spreadsheet, save the sheet as CSV UTF-8.',
  avro: `${EXPORT}.`,
  orc: `${EXPORT}.`,
  arrow: `${EXPORT}.`,
  feather: `${EXPORT}.`,
  xml: `${EXPORT}.`,
  sqlite: `${EXPORT}.`,
  db: `${EXPORT}.`,
  duckdb: `${EXPORT}.`,
  sql: `${EXPORT}.`,
};

function baseName(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}

/** The suffix of a form that is read, as the name spells it; undefined where there is none. */
function suffixOf(path: string): string | undefined {
  const match = /\.([^./]+(?:\.gz)?)$/i.exec(path);
  const suffix = match?.[1];
  return suffix !== undefined && Object.hasOwn(FORMS, suffix.toLowerCase()) ? suffix : undefined;
}

/** The form that a file's suffix names, in any case; undefined for one that is not read. */
export function formOf(path: string): Form | undefined {
  const suffix = suffixOf(path);
  return suffix === undefined ? undefined : FORMS[suffix.toLowerCase()];
}

/** What to do about a file in a form that holds tables and is not read; undefined for every other file. */
export function adviceFor(path: string): string | undefined {
  if (formOf(path) !== undefined) return undefined;
  const suffix = /\.([^./]+)$/.exec(path)?.[1]?.toLowerCase();
  return suffix !== undefined && Object.hasOwn(REFUSED, suffix) ? REFUSED[suffix] : undefined;
}

export function isGzip(form: Form): boolean {
  return form.endsWith('.gz');
}

/** Text with separators: `,` for CSV, a tab for TSV. */
export function separatorOf(form: Form): string | undefined {
  return form.startsWith('csv') ? ',' : form.startsWith('tsv') ? '\t' : undefined;
}

export function isJson(form: Form): boolean {
  return form.startsWith('json') || form.startsWith('ndjson');
}

/** The table of that name in any case. */
export function tableNamed(name: string): TableName | undefined {
  const lower = name.toLowerCase();
  return isTableName(lower) ? lower : undefined;
}

/** A file's name without the suffix of its form. */
export function stemOf(path: string): string {
  const name = baseName(path);
  const suffix = suffixOf(name);
  return suffix === undefined ? name : name.slice(0, -suffix.length - 1);
}

/** What systems and writers leave beside data: hidden files and folders, `_SUCCESS`, readmes. */
export function isAside(path: string): boolean {
  if (/(?:^|\/)\./.test(path)) return true;
  return formOf(path) === undefined && /^(?:_|readme|license)/i.test(baseName(path));
}

/**
 * The table that a file looks like: by its name up to the first mark that is no letter or joint
 * (`accounts.txt`, `Devices (1).csv`, `heartbeats-2024-04.csv`), else by a folder above it
 * (`export/devices/part-0.csv`, `accounts.csv/part-0.csv`).
 */
export function looksLike(path: string): TableName | undefined {
  if (isAside(path)) return undefined;
  const words = baseName(path)
    .split(/[^A-Za-z_]+/, 1)[0]!
    .split('_');
  for (let length = words.length; length > 0; length--) {
    const table = tableNamed(words.slice(0, length).join('_'));
    if (table) return table;
  }
  const folders = path.split('/').slice(0, -1).reverse();
  return folders.map((folder) => tableNamed(stemOf(folder))).find((table) => table !== undefined);
}
