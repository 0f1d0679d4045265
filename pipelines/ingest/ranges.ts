/**
 * What a value of a unit can be at all. Wider than any honest or dishonest machine reports on purpose: a lie
 * such as 250 % must reach the detectors, a driver's overflow such as 17592186044134 MiB (2^64 bytes) must
 * not reach a sum.
 */
import type { ColumnKind } from '../../contracts/dataset.ts';

export interface Range {
  low: number;
  high: number;
}

/** RFC 3339 writes four-digit years; no GPU network predates the Unix epoch. Epoch ms. */
const TIME: Range = { low: 0, high: 253_402_300_799_999 };

/** By the unit that ends a column's name. */
const BY_UNIT: Readonly<Record<string, Range>> = {
  mib: { low: 0, high: 2 ** 24 }, // 16 TiB of memory
  pct: { low: 0, high: 1000 },
  c: { low: -100, high: 1000 },
  w: { low: 0, high: 100_000 },
  mhz: { low: 0, high: 100_000 },
  mbps: { low: 0, high: 10_000_000 },
  tflops: { low: 0, high: 1_000_000 },
  ms: { low: 0, high: 86_400_000 }, // a round trip of a day
  mj: { low: 0, high: 2 ** 53 - 1 }, // 285 years at 1 kW
  gb_s: { low: 0, high: 1_000_000 },
  s: { low: 0, high: 3_155_760_000 }, // a century of uptime
};

/**
 * How a unit is spelt after a number, as a pattern; the same letters in another case are another unit (mJ,
 * MJ).
 */
const SPELLING: Readonly<Record<string, string>> = {
  mib: 'MiB',
  pct: '%',
  c: '°?C',
  w: 'W',
  mhz: 'MHz',
  mbps: 'Mbps|Mbit/s',
  tflops: 'TFLOPS',
  ms: 'ms',
  mj: 'mJ',
  gb_s: 'GB/s',
  s: 's',
};

const BY_NAME: Readonly<Record<string, Range>> = {
  gpu_index: { low: 0, high: 65_535 },
  gpu_count: { low: 0, high: 1_000_000 },
  sm_count: { low: 0, high: 100_000 },
  asn: { low: 0, high: 2 ** 32 - 1 }, // RFC 6793
};

/** Of whole numbers that no unit limits: what a double holds exactly. */
const EXACT: Range = { low: -(2 ** 53 - 1), high: 2 ** 53 - 1 };
/** Of readings that no unit limits: everything finite. */
const FINITE: Range = { low: -Number.MAX_VALUE, high: Number.MAX_VALUE };

/** The range of a column, undefined for text, booleans and decimals. */
export function rangeOf(column: string, kind: ColumnKind): Range | undefined {
  if (kind === 'time') return TIME;
  if (kind !== 'int' && kind !== 'float') return undefined;
  const unit = unitSuffix(column);
  return BY_NAME[column] ?? (unit ? BY_UNIT[unit] : undefined) ?? (kind === 'int' ? EXACT : FINITE);
}

function unitSuffix(column: string): string | undefined {
  return Object.keys(BY_UNIT).find((suffix) => column.endsWith(`_${suffix}`));
}

/**
 * Pattern of the unit that a value of the column may carry, `W` of `power_draw_w`; undefined without a unit.
 */
export function unitOf(column: string): string | undefined {
  const unit = unitSuffix(column);
  return unit === undefined ? undefined : SPELLING[unit];
}
