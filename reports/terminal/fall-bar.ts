/** The waterfall of evidence in characters: where a term takes the running total from and to. */
import type { Paint } from './text.ts';

export interface Span {
  low: number;
  high: number;
}

export function spanOf(values: readonly number[]): Span {
  return { low: Math.min(...values), high: Math.max(...values) };
}

/**
 * `from`, `to` and `threshold` in nats; the threshold is a thin line where no bar covers it. `cells` is the
 * width in characters.
 */
export function fallBar(
  from: number,
  to: number,
  threshold: number,
  { low, high }: Span,
  paint: Paint,
  cells: number,
): string {
  if (cells === 0) return '';
  const cell = (value: number) => Math.round(((value - low) / (high - low || 1)) * (cells - 1));
  const [left, right] = [cell(Math.min(from, to)), cell(Math.max(from, to))];
  const line = cell(threshold);
  const before = Array.from({ length: left }, (_, i) => (i === line ? '│' : ' ')).join('');
  const after = Array.from({ length: cells - right - 1 }, (_, i) =>
    i + right + 1 === line ? '│' : ' ',
  ).join('');
  return `${before}${paint(to < from ? 'green' : 'red', '█'.repeat(right - left + 1))}${after}`.trimEnd();
}
