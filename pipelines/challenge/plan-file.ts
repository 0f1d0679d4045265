/** The plan as a file: CSV with the columns of the contract's `challenges`, in that order. */
import { createReadStream, statSync } from 'node:fs';
import { parse } from 'csv-parse';
import { type ColumnMeta, columnsOf, type Row } from '../../contracts/dataset.ts';
import { GhostcardError } from '../../contracts/errors.ts';
import { csvLine } from '../../reports/csv/csv.ts';

const COLUMNS = columnsOf('challenges');
/** Ids, nonces and words go out byte by byte; what owners type is guarded against spreadsheets. */
const EXACT = new Set(COLUMNS.flatMap(({ name }, i) => (name === 'gpu_model' ? [] : [i])));
/** The largest plan that is read: a million runs, and bytes for each. */
const MAX_ROWS = 1_000_000;
const MAX_BYTES = 512 * 2 ** 20;
const MAX_CELL = 4096;
const TIME = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d{1,3})?Z$/;
/** Ranges of the whole numbers: a card, MiB up to 10 TiB, an hour. */
const RANGE: Readonly<Record<string, readonly [number, number]>> = {
  round: [1, 10_000],
  gpu_index: [0, 1024],
  memory_mib: [64, 10_000_000],
  hold_s: [5, 3600],
};

/** Lines of a plan, the header first. */
export function* planLines(rows: readonly Row<'challenges'>[]): Generator<string> {
  yield csvLine(COLUMNS.map(({ name }) => name));
  for (const row of rows) {
    const cells = { ...row, starts_at: new Date(row.starts_at).toISOString().replace('.000Z', 'Z') };
    yield csvLine(
      COLUMNS.map(({ name }) => cells[name as keyof typeof cells]),
      EXACT,
    );
  }
}

function invalid(subject: string, expected: string, got: string, cause?: unknown): GhostcardError {
  const todo = 'Give the plan as `ghostcard challenges` wrote it.';
  return new GhostcardError('E_CHALLENGES', { subject, expected, got, todo }, { cause });
}

function cellOf(column: ColumnMeta & { name: string }, text: string, where: string): string | number {
  const { name, kind, oneOf } = column;
  const subject = `${where}, ${name}`;
  const got = JSON.stringify(text.slice(0, 80));
  if (text === '' || text.length > MAX_CELL) throw invalid(subject, `1 to ${MAX_CELL} characters`, got);
  if (oneOf && !oneOf.includes(text)) throw invalid(subject, oneOf.join(', '), got);
  if (kind === 'text') return text;
  if (kind === 'time') {
    const at = TIME.test(text) ? Date.parse(text) : Number.NaN;
    if (Number.isNaN(at)) throw invalid(subject, 'an RFC 3339 time in UTC', got);
    return at;
  }
  const [low, high] = RANGE[name]!;
  const value = /^\d{1,9}$/.test(text) ? Number(text) : Number.NaN;
  if (!(value >= low && value <= high)) throw invalid(subject, `a whole number from ${low} to ${high}`, got);
  return value;
}

/**
 * Reads a plan. Throws E_CHALLENGES with the row of the first fault: a plan is ours, so nothing of it is
 * forgiven.
 */
export async function readPlan(path: string): Promise<Row<'challenges'>[]> {
  const file = statSync(path, { throwIfNoEntry: false });
  if (!file?.isFile()) throw invalid(path, 'a file', 'none of that name');
  if (file.size > MAX_BYTES) throw invalid(path, `at most ${MAX_BYTES} bytes`, String(file.size));
  const header = COLUMNS.map(({ name }) => name).join(',');
  const rows: Row<'challenges'>[] = [];
  const seen = new Set<string>();
  const once = (value: string, where: string, what: string) => {
    if (seen.has(value)) throw invalid(where, `a ${what} of its own`, JSON.stringify(value.slice(0, 80)));
    seen.add(value);
  };
  const bytes = createReadStream(path);
  const parser = parse({ bom: true, max_record_size: 2 ** 20, encoding: 'utf8' });
  bytes.on('error', (error) => parser.destroy(error));
  let n = -1;
  try {
    for await (const record of bytes.pipe(parser) as AsyncIterable<string[]>) {
      n += 1;
      const where = `${path} row ${n}`;
      if (n === 0) {
        if (record.join(',') !== header)
          throw invalid(path, `the header ${header}`, record.join(',').slice(0, 200));
        continue;
      }
      if (n > MAX_ROWS) throw invalid(path, `at most ${MAX_ROWS} rows`, 'more');
      const row = Object.fromEntries(
        COLUMNS.map((column, i) => [column.name, cellOf(column, record[i]!, where)]),
      );
      const challenge = row as unknown as Row<'challenges'>;
      once(`id ${challenge.challenge_id}`, where, 'challenge_id');
      once(`nonce ${challenge.nonce}`, where, 'nonce');
      rows.push(challenge);
    }
  } catch (cause) {
    if (cause instanceof GhostcardError) throw cause;
    throw invalid(
      `${path} after row ${Math.max(n, 0)}`,
      'readable CSV',
      (cause as Error).message.split('\n')[0]!,
      cause,
    );
  }
  if (rows.length === 0) throw invalid(path, 'at least one challenge', 'none');
  return rows;
}
