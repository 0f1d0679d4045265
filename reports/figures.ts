/** Numbers and times as people read them. */
import { plainNumber } from './json/plain-number.ts';

/** `1234567.5` as `1,234,567.5`. Takes decimal text too, so that points lose no digit. */
export function grouped(value: number | string): string {
  const [whole, fraction] = (typeof value === 'number' ? plainNumber(value) : value).split('.');
  const digits = whole!.replace(/\B(?=(\d{3})+(?!\d))/g, ',');
  return fraction === undefined ? digits : `${digits}.${fraction}`;
}

/** Points for reading: no decimals from a thousand on. The exact figures stand in accounts.csv. */
export function points(decimal: string): string {
  const value = Number(decimal);
  return grouped(Math.abs(value) >= 1000 ? Math.round(value) : Math.round(value * 100) / 100);
}

/** Share of a whole in per cent with one decimal; `–` of nothing. Never shows 0 or 100 unless it is exact. */
export function percent(part: number, whole: number): string {
  if (whole === 0) return '–';
  const value = (100 * part) / whole;
  if (value === 0 || value === 100) return `${value} %`;
  if (Math.abs(value) < 0.1) return value > 0 ? '< 0.1 %' : '> −0.1 %';
  if (value > 99.9 && value < 100) return '> 99.9 %';
  return `${value.toFixed(1)} %`;
}

/** A probability: three digits, and the distance from certainty where three digits would hide it. */
export function probability(p: number): string {
  if (p >= 0.9995) return p >= 0.999999 ? '> 0.99999' : plainNumber(Math.floor(p * 1e5) / 1e5);
  return p < 0.0005 ? '< 0.001' : p.toFixed(3);
}

/** Nats with sign. */
export function nats(value: number): string {
  return `${value < 0 ? '−' : '+'}${Math.abs(value).toFixed(2)}`;
}

/** `2024-04-24 23:59 UTC`; `–` when unknown. */
export function instant(ms: number | null): string {
  return ms === null ? '–' : `${new Date(ms).toISOString().slice(0, 16).replace('T', ' ')} UTC`;
}

export function day(ms: number | null): string {
  return ms === null ? '–' : new Date(ms).toISOString().slice(0, 10);
}

export function plural(count: number, one: string, many = `${one}s`): string {
  return `${grouped(count)} ${count === 1 ? one : many}`;
}

/** A figure of unknown size: whole from a hundred on, else at most three decimals. */
export function plainFigure(value: number): string {
  return grouped(Math.abs(value) >= 100 ? Math.round(value) : Math.round(value * 1000) / 1000);
}

/**
 * Page of a detector: its claim, its numbers with their sources, and links to its SQL. A path in the
 * repository.
 */
export function pageOf(detector: string): string {
  return `docs/detectors/${detector}.md`;
}
