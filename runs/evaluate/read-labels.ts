/** Reads the truth: the contract's `labels` table as CSV, NDJSON (either gzipped) or Parquet. */
import { createReadStream, statSync } from 'node:fs';
import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';
import { createGunzip } from 'node:zlib';
import { parse } from 'csv-parse';
import { columnsOf } from '../../contracts/dataset.ts';
import { GhostcardError } from '../../contracts/errors.ts';
import { openWarehouse } from '../../pipelines/warehouse/warehouse.ts';

type LabelText = Record<string, unknown>;

export interface LabelRow {
  subject_type: string;
  subject_id: string;
  truth: string;
  family: string | null;
  strength: number | null;
  operator: string | null;
  /**
   * Inverse of the probability with which the subject was drawn to be labelled; absent where the file says
   * nothing.
   */
  weight?: number;
}

export interface Labels {
  accounts: Map<string, LabelRow>;
  devices: Map<string, LabelRow>;
}

const COLUMNS = columnsOf('labels').map(({ name }) => name);

function invalid(subject: string, expected: string, got: string): GhostcardError {
  return new GhostcardError('E_LABELS', {
    subject,
    expected,
    got,
    todo: 'Correct the labels file; its columns stand in docs/dataset.md under `labels`.',
  });
}

function bytesOf(path: string): Readable {
  const file = createReadStream(path);
  if (!path.endsWith('.gz')) return file;
  const gunzip = createGunzip();
  file.on('error', (error) => gunzip.destroy(error));
  return file.pipe(gunzip);
}

async function* csvRows(path: string): AsyncGenerator<LabelText> {
  const bytes = bytesOf(path);
  const parser = parse({ bom: true, columns: true });
  bytes.on('error', (error) => parser.destroy(error));
  for await (const row of bytes.pipe(parser)) yield row as LabelText;
}

async function* ndjsonRows(path: string): AsyncGenerator<LabelText> {
  const bytes = bytesOf(path);
  const lines = createInterface({ input: bytes, crlfDelay: Number.POSITIVE_INFINITY });
  const failed = new Promise<never>((_, reject) => bytes.on('error', reject));
  failed.catch(() => lines.close());
  for await (const line of lines) if (line.trim() !== '') yield JSON.parse(line) as LabelText;
  if (bytes.errored) await failed;
}

async function* parquetRows(path: string): AsyncGenerator<LabelText> {
  const warehouse = await openWarehouse({ path: ':memory:', threads: 1, memory: '1GB' });
  try {
    yield* await warehouse.rows<LabelText>('SELECT * FROM read_parquet($path)', { path });
  } finally {
    warehouse.close();
  }
}

function rowsOf(path: string): AsyncGenerator<LabelText> {
  if (/\.csv(\.gz)?$/.test(path)) return csvRows(path);
  if (/\.ndjson(\.gz)?$/.test(path)) return ndjsonRows(path);
  if (path.endsWith('.parquet')) return parquetRows(path);
  throw invalid(path, 'a name ending in .csv, .csv.gz, .ndjson, .ndjson.gz or .parquet', 'another ending');
}

function text(row: LabelText, column: string): string | null {
  const value = row[column];
  return value === undefined || value === null || value === '' ? null : String(value);
}

function labelOf(row: LabelText, where: string): LabelRow {
  const required = (column: string, words?: readonly string[]): string => {
    const value = text(row, column);
    if (value === null || (words && !words.includes(value))) {
      const expected = words ? words.join(' or ') : `a ${column}`;
      throw invalid(
        `${where}, ${column}`,
        expected,
        value === null ? 'nothing' : JSON.stringify(value.slice(0, 80)),
      );
    }
    return value;
  };
  const strength = text(row, 'strength');
  if (strength !== null && !/^-?\d{1,9}$/.test(strength)) {
    throw invalid(`${where}, strength`, 'a whole number', JSON.stringify(strength.slice(0, 80)));
  }
  const drawn = text(row, 'weight');
  const weight = Number(drawn ?? Number.NaN);
  if (drawn !== null && !(Number.isFinite(weight) && weight > 0)) {
    throw invalid(`${where}, weight`, 'a number above 0', JSON.stringify(drawn.slice(0, 80)));
  }
  return {
    subject_type: required('subject_type', ['account', 'device']),
    subject_id: required('subject_id'),
    truth: required('truth', ['bad', 'good']),
    family: text(row, 'family'),
    strength: strength === null ? null : Number(strength),
    operator: text(row, 'operator'),
    ...(drawn === null ? {} : { weight }),
  };
}

const same = (a: LabelRow, b: LabelRow) =>
  COLUMNS.every((name) => Reflect.get(a, name) === Reflect.get(b, name));

/**
 * Throws E_LABELS for a file that cannot be read, a value outside the contract, or two truths about one
 * subject: a score against wrong truth is worse than none.
 */
export async function readLabels(path: string): Promise<Labels> {
  if (!statSync(path, { throwIfNoEntry: false })?.isFile())
    throw invalid(path, 'a file', 'none of that name');
  const labels: Labels = { accounts: new Map(), devices: new Map() };
  let n = 0;
  try {
    for await (const row of rowsOf(path)) {
      n += 1;
      const where = `${path} row ${n}`;
      const label = labelOf(row, where);
      const known = labels[label.subject_type === 'account' ? 'accounts' : 'devices'];
      const earlier = known.get(label.subject_id);
      if (earlier && !same(earlier, label)) {
        throw invalid(where, 'one label per subject', `another one for ${JSON.stringify(label.subject_id)}`);
      }
      known.set(label.subject_id, label);
    }
  } catch (cause) {
    if (cause instanceof GhostcardError) throw cause;
    throw invalid(`${path} after row ${n}`, 'a readable file', (cause as Error).message.split('\n')[0]!);
  }
  if (n === 0) throw invalid(path, 'at least one label', 'none');
  return labels;
}
