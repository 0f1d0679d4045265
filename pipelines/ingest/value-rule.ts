/**
 * The grammar of values in text, stated once: which words, units, marks and zones a column's text may carry.
 * values.ts reads by it field by field, value-sql.ts column by column; a test holds both to the same results.
 */
import type { ColumnKind, ColumnMeta } from '../../contracts/dataset.ts';
import type { PlannedColumn } from './mapped.ts';
import { unitOf } from './ranges.ts';

export interface ValueRule {
  /** What the text says once the mapping's words are replaced. */
  kind: ColumnKind;
  /** Pattern of the words for nothing, of ASCII in lower case; undefined where the contract allows none. */
  nothing: string | undefined;
  /** Further words for nothing, byte by byte. */
  nulls: readonly string[];
  /** Pattern of a number: the first group is the number, what follows may be the column's own unit. */
  number: string;
  /** Pattern of that unit; undefined without one. */
  unit: string | undefined;
  /** The decimal mark is a comma. */
  comma: boolean;
  /** Times without a zone are UTC. */
  utc: boolean;
  /** Days may be written DD.MM.YYYY. */
  dotted: boolean;
}

/** Blanks that may surround every value but text. */
export const BLANKS = ' \t\v\f';

/**
 * What nvidia-smi, NVML and rocm-smi print for nothing; kept in step with `is_placeholder` of
 * warehouse/macros.sql.
 */
const NVIDIA_WORDS =
  'n/?a|not (?:available|supported|active|found|permitted)|(?:unknown|err(?:or)?!?)(?: error)?|insufficient permissions|' +
  'requested functionality has been deprecated|gpu (?:is lost|requires reset)|no (?:data|permissions?)|function not found';

/** What databases and languages print for nothing: MySQL and Postgres, SQL, Python, pandas, JavaScript. */
const DATABASE_WORDS = String.raw`\\n|null|none|<na>|[+-]?nan|undefined`;

const IN_NUMBERS = String.raw`${DATABASE_WORDS}|[\[(<]?(?:${NVIDIA_WORDS}|null)[\])>]?`;
/** Of plain text: MySQL's and Postgres' word alone. */
export const IN_TEXT = String.raw`\\n`;
const IN_NVIDIA_TEXT = String.raw`\\n|\[(?:${NVIDIA_WORDS})\]`;

/** Columns beside keys in which no word stands for nothing: ids of a subject, wallets and mailboxes. */
export const IDENTITIES: ReadonlySet<string> = new Set([
  ...['account_id', 'device_id', 'referrer_id', 'renter_id', 'subject_id', 'listing_id'],
  ...['wallet', 'from_wallet', 'to_wallet', 'email'],
]);

/** Text columns that nvidia-smi fills. */
const FROM_NVIDIA = new Set([
  ...['gpu_uuid', 'serial', 'gpu_part_number', 'pci_bus_id', 'pci_device_id', 'pci_subsystem_id', 'name'],
  ...['vbios_version', 'mig_profile', 'virtualization_mode', 'driver_version', 'throttle_reasons'],
]);

const DATE = '([0-9]{4}-[0-9]{2}-[0-9]{2})[Tt ]';
const HOUR = '(?:[01][0-9]|2[0-3]):[0-5][0-9]:(?:[0-5][0-9]|60)';
const DATE_AND_TIME = `${DATE}(?:(${HOUR})(?:[.]([0-9]{1,9}))?|(24:00:00)(?:[.]0{1,9})?)`;
const ZONE = 'Z|z| UTC|[+-][01][0-9](?::?[0-5][0-9])?';

/**
 * Patterns of a time with a zone, and of one that may lack it. Groups: date, time of day, fraction, midnight
 * as hour 24, zone. A space may stand for the `T`; Postgres ends in `+00`, BigQuery and Dune in ` UTC`.
 */
export const ZONED_TIME = `${DATE_AND_TIME}(${ZONE})`;
export const ANY_TIME = `${DATE_AND_TIME}(${ZONE})?`;

/**
 * Beginnings of a time whose day is written DD.MM.YYYY: with seconds, and without, which are then 0. Groups:
 * day, month, year, what follows. Written the contract's way round they are read as any time.
 */
export const DOTTED_BEGINNINGS = ['([ Tt][0-9]{2}:[0-9]{2}:)', '([ Tt][0-9]{2}:[0-9]{2})'].map(
  (hour) => `^([0-9]{2})[.]([0-9]{2})[.]([0-9]{4})${hour}`,
) as [withSeconds: string, without: string];

/**
 * True when a value that is there and cannot be read rejects the row: keys, required and knowable columns.
 */
export function rejects({ required, key, unknownAllowed }: ColumnMeta): boolean {
  return required || key || unknownAllowed === true;
}

function nothingIn(meta: PlannedColumn['meta']): string | undefined {
  if (meta.key || IDENTITIES.has(meta.name)) return undefined;
  if (meta.kind !== 'text') return IN_NUMBERS;
  return FROM_NVIDIA.has(meta.name) ? IN_NVIDIA_TEXT : IN_TEXT;
}

function textKind(kind: ColumnKind, { parse, mapping }: PlannedColumn): ColumnKind {
  if (!mapping?.words) return parse;
  if (mapping.scale !== undefined) return 'float';
  if (mapping.unit === undefined) return kind;
  return mapping.unit === 'us' || mapping.unit === 'ns' ? 'int' : 'float';
}

function makeRule(column: PlannedColumn): ValueRule {
  const { meta, mapping } = column;
  const comma = mapping?.decimal === ',';
  const mark = comma ? ',' : '[.]';
  // A number that the mapping scales is not in the column's unit.
  const unit = mapping?.scale === undefined && meta.kind !== 'time' ? unitOf(meta.name) : undefined;
  const plain = `([+-]?(?:[0-9]+(?:${mark}[0-9]*)?|${mark}[0-9]+)(?:[eE][+-]?[0-9]+)?)`;
  return {
    kind: textKind(meta.kind, column),
    nothing: nothingIn(meta),
    nulls: mapping?.nulls ?? [],
    number: unit === undefined ? plain : `${plain}(?: ?(?:${unit}))?`,
    unit,
    comma,
    utc: mapping?.zone === 'UTC',
    dotted: mapping?.dates !== undefined,
  };
}

const AS_IT_STANDS: ValueRule = {
  kind: 'text',
  nothing: undefined,
  nulls: [],
  number: '',
  unit: undefined,
  comma: false,
  utc: false,
  dotted: false,
};

/** How text enters a spool file: by its rule, or as it stands where the mapping's words come first. */
export function spoolRule(column: PlannedColumn): ValueRule {
  return column.mapping?.words ? AS_IT_STANDS : ruleOf(column);
}

const rules = new WeakMap<PlannedColumn, ValueRule>();

/** The rule of a column, made once. */
export function ruleOf(column: PlannedColumn): ValueRule {
  const known = rules.get(column);
  if (known) return known;
  const rule = makeRule(column);
  rules.set(column, rule);
  return rule;
}
