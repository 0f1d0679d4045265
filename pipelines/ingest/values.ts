/**
 * The grammar of values in text files. The fast path (SQL) accepts a subset of it with the same results; a file on
 * which the two could differ takes the slow path, which reads by these functions alone.
 */
import type { ColumnKind } from '../../contracts/dataset.ts';
import type { RejectCode } from '../../contracts/errors.ts';

export type Parsed =
  /** Text that DuckDB casts to the spool type; null for an empty field. */
  | { ok: true; text: string | null }
  /** A number that no column of the kind can hold: NULL where the value is optional. */
  | { ok: true; text: null; nonsense: true }
  | { ok: false; code: RejectCode; expected: string };

const NUMBER = /^[+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d+)?$/;
const WORD_NUMBER = /^[+-]?(?:nan|inf|infinity)$/i;
const TIME =
  /^(\d{4})-(\d{2})-(\d{2})[Tt ](\d{2}):(\d{2}):(\d{2})(?:\.(\d{1,9}))?(?:[Zz]|([+-])(\d{2}):?(\d{2}))$/;

/** Whole numbers of more digits overflow every column; BigInt would take quadratic time on them. */
const INTEGER_CHARS = 400;

const NONSENSE = { ok: true, text: null, nonsense: true } as const;
const EMPTY = { ok: true, text: null } as const;

function wrong(code: RejectCode, expected: string): Parsed {
  return { ok: false, code, expected };
}

/**
 * Epoch milliseconds of an RFC 3339 time with a zone, fractions cut; undefined when it is none. A space may stand for
 * the `T`, hour 24 is the next midnight, and second 60 (a leap second) is the next minute's first.
 */
export function parseTime(text: string): number | undefined {
  if (text.length > 40) return undefined;
  const match = TIME.exec(text);
  if (!match) return undefined;
  const [year, month, day, hour, minute, second] = match.slice(1, 7).map(Number) as [
    number,
    number,
    number,
    number,
    number,
    number,
  ];
  const [zoneHour, zoneMinute] = [Number(match[9] ?? 0), Number(match[10] ?? 0)];
  const milliseconds = Number(`${match[7] ?? ''}000`.slice(0, 3));
  const endOfDay = hour === 24 && minute === 0 && second === 0 && !/[1-9]/.test(match[7] ?? '');
  if (hour > (endOfDay ? 24 : 23) || minute > 59 || second > 60) return undefined;
  if (zoneHour > 19 || zoneMinute > 59) return undefined;
  const date = new Date(0);
  date.setUTCFullYear(year, month - 1, day);
  if (date.getUTCMonth() !== month - 1 || date.getUTCDate() !== day) return undefined;
  const fraction = second === 60 ? 0 : milliseconds;
  const zone = (match[8] === '-' ? -1 : 1) * (zoneHour * 60 + zoneMinute);
  return date.getTime() + ((hour * 60 + minute - zone) * 60 + second) * 1000 + fraction;
}

function parseInteger(text: string): Parsed {
  if (/^[+-]?\d+$/.test(text)) {
    const digits = text.replace(/^\+/, '').replace(/^(-?)0+(?=\d)/, '$1');
    if (digits.length > INTEGER_CHARS) return NONSENSE;
    const value = BigInt(digits);
    return BigInt.asIntN(64, value) === value ? { ok: true, text: value.toString() } : NONSENSE;
  }
  if (!NUMBER.test(text)) return wrong('R_TYPE', 'a whole number');
  const value = Number(text);
  if (!Number.isFinite(value)) return NONSENSE;
  if (!Number.isInteger(value)) return wrong('R_TYPE', 'a whole number');
  return Number.isSafeInteger(value) ? { ok: true, text: BigInt(value).toString() } : NONSENSE;
}

/** Places and digits before the point of DECIMAL(38,6), less one digit for rounding. */
const DECIMAL_PLACES = 6;
const DECIMAL_WHOLE_DIGITS = 31;

/** A number as plain decimal text with six places, rounded half away from zero. */
function parseDecimal(text: string): Parsed {
  if (WORD_NUMBER.test(text)) return NONSENSE;
  if (!NUMBER.test(text)) return wrong('R_TYPE', 'a decimal number');
  const [mantissa = '', exponentText = '0'] = text.toLowerCase().split('e');
  const negative = mantissa.startsWith('-');
  const [whole = '', fraction = ''] = mantissa.replace(/^[+-]/, '').split('.');
  const digits = (whole + fraction).replace(/^0+/, '');
  // The value is digits × 10^shift in units of the last place.
  const shift = Number(exponentText) - fraction.length + DECIMAL_PLACES;
  if (digits === '' || digits.length + shift < 0) return { ok: true, text: '0' };
  if (digits.length + shift > DECIMAL_WHOLE_DIGITS + DECIMAL_PLACES) return NONSENSE;
  const kept = shift >= 0 ? digits + '0'.repeat(shift) : digits.slice(0, shift);
  const roundUp = shift < 0 && digits.charCodeAt(digits.length + shift) >= 0x35;
  const units = (BigInt(kept === '' ? '0' : kept) + (roundUp ? 1n : 0n))
    .toString()
    .padStart(DECIMAL_PLACES + 1, '0');
  return {
    ok: true,
    text: `${negative ? '-' : ''}${units.slice(0, -DECIMAL_PLACES)}.${units.slice(-DECIMAL_PLACES)}`,
  };
}

/** Parses one field. Empty means NULL; whether NULL is allowed is not decided here. */
export function parseValue(kind: ColumnKind, raw: string): Parsed {
  if (raw === '') return EMPTY;
  if (kind === 'text') return { ok: true, text: raw };
  if (kind === 'boolean') {
    const word = raw.toLowerCase();
    return word === 'true' || word === 'false' ? { ok: true, text: word } : wrong('R_TYPE', 'true or false');
  }
  if (kind === 'time') {
    const time = parseTime(raw);
    return time === undefined
      ? wrong('R_TIME', 'an RFC 3339 time with a zone, as 2024-04-25T00:00:00.000Z')
      : { ok: true, text: String(time) };
  }
  const hasBlankEnd = raw.charCodeAt(0) <= 0x20 || raw.charCodeAt(raw.length - 1) <= 0x20;
  const text = hasBlankEnd ? raw.replace(/^[ \t\v\f]+/, '').replace(/[ \t\v\f]+$/, '') : raw;
  if (kind === 'int') return WORD_NUMBER.test(text) ? NONSENSE : parseInteger(text);
  if (kind === 'decimal') return parseDecimal(text);
  if (WORD_NUMBER.test(text)) return NONSENSE;
  if (!NUMBER.test(text)) return wrong('R_TYPE', 'a number');
  const value = Number(text);
  return { ok: true, text: Object.is(value, -0) ? '-0' : String(value) };
}
