/** The waterfall of evidence in characters: where a term takes the running total from and to. */
import type { Paint } from './text.ts';

export interface Span {
  low: number;
  high: number;
}

const CELLS = 28;

export function spanOf(values: readonly number[]): Span {
  return { low: Math.min(...values), high: Math.max(...values) };
}

/** `from`, `to` and `threshold` in nats; the threshold is a thin line where no bar covers it. */
export function fallBar(
  from: number,
  to: number,
  threshold: number,
  { low, high }: Span,
  paint: Paint,
): string {
  const cell = (value: number) => Math.round(((value - low) / (high - low || 1)) * (CELLS - 1));
  const [left, right] = [cell(Math.min(from, to)), cell(Math.max(from, to))];
  const line = cell(threshold);
  const before = Array.from({ length: left }, (_, i) => (i === line ? '│' : ' ')).join('');
  const after = Array.from({ length: CELLS - right - 1 }, (_, i) =>
    i + right + 1 === line ? '│' : ' ',
  ).join('');
  return `${before}${paint(to < from ? 'green' : 'red', '█'.repeat(right - left + 1))}${after}`.trimEnd();
}
