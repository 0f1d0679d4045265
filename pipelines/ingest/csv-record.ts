/** One line of CSV as fields: the slow path's own reading, and the header's. */
import { isUtf8 } from 'node:buffer';
import { parse } from 'csv-parse/sync';
import type { RejectCode } from '../../contracts/errors.ts';
import { GhostcardError } from '../../contracts/errors.ts';
import type { Line } from './lines.ts';
import { headerError } from './plan.ts';

/** The largest field. */
export const MAX_FIELD_BYTES = 64 * 2 ** 10;

export interface Refusal {
  code: RejectCode;
  column: string;
  expected: string;
}

/** Why the bytes of a line cannot be a record at all. */
export function refuseBytes(line: Line): Refusal | undefined {
  if (line.oversize) return { code: 'R_RECORD_SIZE', column: '', expected: 'a record of at most 1 MiB' };
  if (line.bytes.includes(0)) return { code: 'R_NUL', column: '', expected: 'no NUL byte' };
  if (!isUtf8(line.bytes)) return { code: 'R_ENCODING', column: '', expected: 'UTF-8' };
  return undefined;
}

/** Fields of a record, RFC 4180 on one line; undefined when a quote is out of place. */
export function splitRecord(record: string, delimiter: string): string[] | undefined {
  if (!record.includes('"')) return record.split(delimiter);
  try {
    const records: string[][] = parse(record, {
      delimiter,
      record_delimiter: '\n',
      relax_column_count: true,
      skip_empty_lines: false,
    });
    return records.length === 1 ? records[0] : undefined;
  } catch {
    return undefined;
  }
}

/** Fields of a data line, `width` of them; one empty field too many (a trailing delimiter) is forgiven. */
export function readRecord(line: Line, width: number, delimiter: string): string[] | Refusal {
  const refusal = refuseBytes(line);
  if (refusal) return refusal;
  const fields = splitRecord(line.bytes.toString('utf8'), delimiter);
  if (fields === undefined) return { code: 'R_QUOTE', column: '', expected: 'quotes around whole fields' };
  if (fields.length === width + 1 && fields[width] === '') fields.pop();
  if (fields.length !== width) return { code: 'R_COLUMNS', column: '', expected: `${width} fields` };
  if (
    line.bytes.length > MAX_FIELD_BYTES &&
    fields.some((field) => Buffer.byteLength(field) > MAX_FIELD_BYTES)
  ) {
    return { code: 'R_FIELD_SIZE', column: '', expected: 'fields of at most 64 KiB' };
  }
  return fields;
}

const BOM = '\ufeff';

/**
 * Names in the header line of a CSV file.
 *
 * @throws E_FILE_EMPTY when there is no header, E_HEADER when it cannot be decoded.
 */
export function readHeader(file: string, firstLine: Buffer | undefined, delimiter: string): string[] {
  const bytes = firstLine ?? Buffer.alloc(0);
  if (bytes.includes(0) || !isUtf8(bytes)) throw headerError(file, 'a header in UTF-8', 'other bytes');
  const text = bytes.toString('utf8').replace(/\r$/, '');
  const bare = text.startsWith(BOM) ? text.slice(1) : text;
  if (bare === '') {
    throw new GhostcardError('E_FILE_EMPTY', {
      subject: file,
      expected: 'a header line',
      got: bytes.length === 0 ? 'no bytes' : 'an empty first line',
      todo: 'Export the table again; a table without rows still needs its header.',
    });
  }
  const names = splitRecord(bare, delimiter);
  if (names === undefined)
    throw headerError(file, 'a header with quotes around whole names', bare.slice(0, 80));
  return names;
}
