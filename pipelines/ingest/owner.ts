/** Who is hit by a rejected row or a lost value: the account or device that the row itself names. */
import { splitRecord } from './csv-record.ts';
import type { Line } from './lines.ts';
import type { PlannedColumn } from './mapped.ts';

export type OwnerType = 'account' | 'device';

export interface OwnerColumn {
  name: 'account_id' | 'device_id';
  type: OwnerType;
}

/**
 * The column that names an owner among a table's, the account before the device; undefined where none does.
 */
export function ownerColumn(names: readonly string[]): OwnerColumn | undefined {
  if (names.includes('account_id')) return { name: 'account_id', type: 'account' };
  return names.includes('device_id') ? { name: 'device_id', type: 'device' } : undefined;
}

/** What a file calls that column, '' where the table has none. */
export function ownerSource(planned: readonly PlannedColumn[]): string {
  const owner = ownerColumn(planned.map(({ meta }) => meta.name));
  return planned.find(({ meta }) => meta.name === owner?.name)?.source ?? '';
}

const MAX_ID = 256;

/** An id as it may be listed, '' for one that could not be read for certain. */
export function listedOwner(id: string | null | undefined): string {
  if (!id || id.length > MAX_ID || /[\x00-\x1f\ufffd]/.test(id)) return '';
  return id;
}

/**
 * The owner that a refused CSV line names in its field number `at`. Where a quote is out of place, only the
 * fields before it are read; the last field of a line that was cut is not.
 */
export function ownerOfLine(line: Line, at: number, delimiter: string): string {
  if (at < 0) return '';
  const text = line.bytes.toString('utf8');
  const whole = line.oversize ? undefined : splitRecord(text, delimiter);
  if (whole) return listedOwner(whole[at]);
  const quote = text.indexOf('"');
  const before = (quote < 0 ? text : text.slice(0, quote)).split(delimiter).slice(0, -1);
  return listedOwner(before[at]);
}
