/**
 * Values of text files, field by field. value-sql.ts reads whole columns to the same results; the fast path
 * of CSV accepts a subset of both.
 */
import type { RejectCode } from '../../contracts/errors.ts';
import { ANY_TIME, BLANKS, DOTTED_BEGINNINGS, type ValueRule, ZONED_TIME } from './value-rule.ts';

export type Parsed =
  /** Text that DuckDB casts to the spool type; null where nothing stands. */
  | { ok: true; text: string | null }
  /** A number that no column of the kind can hold: NULL where the value is optional. */
  | { ok: true; text: null; nonsense: true }
  | { ok: false; code: RejectCode; expected: string };

const WORD_NUMBER = /^[+-]?(?:inf|infinity)$/i;
const ZONED = new RegExp(`^${ZONED_TIME}$`);
const ANY = new RegExp(`^${ANY_TIME}$`);
const [SECONDS, NO_SECONDS] = DOTTED_BEGINNINGS.map((beginning) => new RegExp(beginning)) as [RegExp, RegExp];
const BLANK_ENDS = new RegExp(`^[${BLANKS}]+|[${BLANKS}]+$`, 'g');

/** Whole numbers of more digits overflow every column; BigInt would take quadratic time on them. */
const INTEGER_CHARS = 400;
/** Every word for nothing is short and ASCII. */
const WORD = /^[\x01-\x7f]{1,80}$/;
/** No time is longer. */
const TIME_CHARS = 40;

const NONSENSE = { ok: true, text: null, nonsense: true } as const;
const EMPTY = { ok: true, text: null } as const;

function wrong(code: RejectCode, expected: string): Parsed {
  return { ok: false, code, expected };
}

/**
 * Epoch milliseconds of a time with a zone (or without one, where `utc` says that it is UTC), fractions cut;
 * undefined when it is none. Hour 24 is the next midnight, and second 60 (a leap second) is the next minute's
 * first.
 */
export function parseTime(text: string, utc = false): number | undefined {
  if (text.length > TIME_CHARS) return undefined;
  const match = (utc ? ANY : ZONED).exec(text);
  if (!match) return undefined;
  const [, date = '', time = '24:00:00', fraction = '', , zone = ''] = match;
  const [year, month, day] = date.split('-').map(Number) as [number, number, number];
  const midnight = new Date(0);
  midnight.setUTCFullYear(year, month - 1, day);
  if (midnight.getUTCMonth() !== month - 1 || midnight.getUTCDate() !== day) return undefined;
  const [hour, minute, second] = time.split(':').map(Number) as [number, number, number];
  const milliseconds = second === 60 ? 0 : Number(`${fraction}000`.slice(0, 3));
  const [, sign, zoneHour = '0', zoneMinute = '0'] = /^([+-])(..):?(..)?$/.exec(zone) ?? [];
  const offset = (sign === '-' ? -1 : 1) * (Number(zoneHour) * 60 + Number(zoneMinute));
  return midnight.getTime() + ((hour * 60 + minute - offset) * 60 + second) * 1000 + milliseconds;
}

/** A time whose day is written DD.MM.YYYY as the contract writes it; other text as it is. */
const turned = (text: string) => text.replace(SECONDS, '$3-$2-$1$4').replace(NO_SECONDS, '$3-$2-$1$4:00');

/** What a time should have looked like; says what the mapping could say where that would help. */
function expectedTime(text: string): string {
  if (/^[0-9]{9,19}([.][0-9]+)?$/.test(text))
    return 'a time, or unit: s, ms, us or ns for it in ghostcard.yaml';
  if (ANY.test(text)) return 'a time with its zone, or zone: UTC for it in ghostcard.yaml';
  if (ANY.test(turned(text)))
    return "a time as 2024-04-25T00:00:00.000Z, or dates: 'DD.MM.YYYY', and zone: UTC if it is, in ghostcard.yaml";
  return 'a time with its zone, as 2024-04-25T00:00:00.000Z';
}

function parseInteger(text: string): Parsed {
  if (/^[+-]?\d+$/.test(text)) {
    const digits = text.replace(/^\+/, '').replace(/^(-?)0+(?=\d)/, '$1');
    if (digits.length > INTEGER_CHARS) return NONSENSE;
    const value = BigInt(digits);
    return BigInt.asIntN(64, value) === value ? { ok: true, text: value.toString() } : NONSENSE;
  }
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

const numbers = new Map<string, RegExp>();
const words = new Map<string, RegExp>();

/** A pattern compiled once, matched whole. */
function whole(compiled: Map<string, RegExp>, pattern: string, flags: string): RegExp {
  const known = compiled.get(pattern) ?? new RegExp(`^(?:${pattern})$`, flags);
  compiled.set(pattern, known);
  return known;
}

function isNothing({ nothing, nulls }: ValueRule, raw: string, text: string): boolean {
  if (nulls.includes(raw)) return true;
  return nothing !== undefined && WORD.test(text) && whole(words, nothing, 'u').test(text.toLowerCase());
}

function parseNumber({ kind, number, comma }: ValueRule, text: string): Parsed {
  if (WORD_NUMBER.test(text)) return NONSENSE;
  const found = whole(numbers, number, 'u').exec(text)?.[1];
  if (found === undefined) {
    const isOtherMark = !comma && /^[+-]?[0-9]+,[0-9]+$/.test(text);
    return wrong('R_TYPE', isOtherMark ? "a number, or decimal: ',' for it in ghostcard.yaml" : 'a number');
  }
  const plain = comma ? found.replace(',', '.') : found;
  if (kind === 'int') return parseInteger(plain);
  if (kind === 'decimal') return parseDecimal(plain);
  const value = Number(plain);
  if (!Number.isFinite(value)) return NONSENSE;
  return { ok: true, text: Object.is(value, -0) ? '-0' : String(value) };
}

const BOOLEANS = new Map([
  ...['true', 't'].map((word) => [word, 'true'] as const),
  ...['false', 'f'].map((word) => [word, 'false'] as const),
]);

function parseTrimmed(rule: ValueRule, text: string): Parsed {
  if (rule.kind === 'boolean') {
    const word = BOOLEANS.get(text.toLowerCase());
    return word === undefined ? wrong('R_TYPE', 'true or false') : { ok: true, text: word };
  }
  if (rule.kind !== 'time') return parseNumber(rule, text);
  const written = rule.dotted ? turned(text) : text;
  const time = parseTime(written, rule.utc);
  return time === undefined ? wrong('R_TIME', expectedTime(written)) : { ok: true, text: String(time) };
}

/** Parses one field. Nothing means NULL; whether NULL is allowed is not decided here. */
export function parseValue(rule: ValueRule, raw: string): Parsed {
  if (raw === '') return EMPTY;
  if (rule.kind === 'text') return isNothing(rule, raw, raw) ? EMPTY : { ok: true, text: raw };
  const hasBlankEnd = raw.charCodeAt(0) <= 0x20 || raw.charCodeAt(raw.length - 1) <= 0x20;
  const text = hasBlankEnd ? raw.replace(BLANK_ENDS, '') : raw;
  if (text === '' || rule.nulls.includes(raw)) return EMPTY;
  const parsed = parseTrimmed(rule, text);
  return parsed.ok || !isNothing(rule, raw, text) ? parsed : EMPTY;
}
