/** The slow path of CSV: line by line, field by field; what it refuses is quarantined, the rest is typed. */
import type { Warehouse } from '../warehouse/warehouse.ts';
import { CleanCsv } from './clean-csv.ts';
import { type Refusal, readRecord } from './csv-record.ts';
import { type Line, linesOf, type Span } from './lines.ts';
import type { PlannedColumn } from './mapped.ts';
import { type JudgedLine, OpenQuote } from './open-quote.ts';
import { ownerOfLine } from './owner.ts';
import type { RejectLog } from './reject-log.ts';
import { typeRow } from './typed-row.ts';
import { spoolRule } from './value-rule.ts';
import { parseValue } from './values.ts';

export interface SlowSource {
  path: string;
  names: readonly string[];
  columns: readonly PlannedColumn[];
  delimiter: string;
  /** Name in the file of the column that names a row's owner, '' where none does. */
  owner: string;
}

export interface SlowSpan extends Span {
  /** The last line to read. Lines after it, up to byte `end`, only tell whether a quote closes. */
  lastLine: number;
  /** Lines up to this one belong to a record that began before the span. */
  brokenUntil: number;
}

const BROKEN: Refusal = {
  code: 'R_QUOTE',
  column: '',
  expected: 'no line break inside a field: replace it, or export as NDJSON or Parquet',
};

export interface SlowResult {
  /** Records met; blank lines are none. */
  records: number;
  /** Rows written to the target. */
  rows: number;
  /** The last line of a record on several lines that reaches past the span; 0 where none does. */
  brokenUntil: number;
}

/**
 * Reads the records of a span into typed Parquet at `target` (with a `line` column). Refused records go to
 * `log`, lost values are marked in the rows. `check` may throw to stop.
 */
export async function copyCsvSlowly(
  warehouse: Warehouse,
  source: SlowSource,
  span: SlowSpan,
  target: string,
  log: RejectLog,
  check: () => void,
): Promise<SlowResult> {
  const clean = new CleanCsv(`${target}.csv`, source.columns);
  const at = source.columns.map(({ source: name }) => source.names.indexOf(name));
  const rules = source.columns.map(spoolRule);
  const ownerAt = source.names.indexOf(source.owner);
  const refuse = (line: Line, refusal: Refusal) =>
    log.add(line, refusal, ownerOfLine(line, ownerAt, source.delimiter));
  const quotes = new OpenQuote(source.names.length, source.delimiter);
  let records = 0;
  let brokenUntil = 0;
  const take = ({ line, broken }: JudgedLine) => {
    // Only the line that opens a broken record says whose it is: what stands on the others is the text of a
    // field.
    const inside = broken && (line.number <= span.brokenUntil || line.number === brokenUntil + 1);
    if (broken) brokenUntil = line.number;
    if (line.number > span.lastLine || line.bytes.length === 0) return;
    records++;
    if (broken) return inside ? log.add(line, BROKEN, '') : refuse(line, BROKEN);
    const fields = readRecord(line, source.names.length, source.delimiter);
    const typed = Array.isArray(fields)
      ? typeRow(source.columns, (_, i) => parseValue(rules[i]!, fields[at[i]!]!))
      : fields;
    if ('values' in typed) clean.add(line.number, typed);
    else refuse(line, typed);
  };
  try {
    for await (const batch of linesOf(source.path, span)) {
      check();
      for (const line of batch) {
        if (line.number > span.lastLine && !quotes.isOpen) break;
        if (line.number <= span.brokenUntil) take({ line, broken: true });
        else for (const judged of quotes.push(line)) take(judged);
      }
      await Promise.all([clean.flush(), log.flush()]);
      if (!quotes.isOpen && (batch.at(-1)?.number ?? 0) > span.lastLine) break;
    }
    for (const judged of quotes.finish()) take(judged);
  } finally {
    await clean.close();
  }
  if (clean.rows > 0) await clean.toParquet(warehouse, target);
  clean.remove();
  return { records, rows: clean.rows, brokenUntil: brokenUntil > span.lastLine ? brokenUntil : 0 };
}
