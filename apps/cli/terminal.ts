/** Text that fits the reader's terminal. */
import { folded, type Screen } from '../../reports/terminal/fold.ts';

/** Below this no table can be read; such a terminal wraps by itself. */
const NARROWEST = 40;

/**
 * Columns of a stream that is a terminal; Infinity for a file or a pipe, whose lines are not ours to break.
 */
export function widthOf(stream: { isTTY?: boolean; columns?: number }): number {
  if (stream.isTTY !== true || !stream.columns) return Number.POSITIVE_INFINITY;
  return Math.max(NARROWEST, stream.columns);
}

/**
 * Width of a text that is wrapped for people: that of the terminal, at most 100; 100 for a file or a pipe.
 */
export const textWidth = (): number => Math.min(widthOf(process.stdout), 100);

/** What standard output is laid out for. */
export const screen = (): Screen => ({
  terminal: process.stdout.isTTY === true,
  width: widthOf(process.stdout),
});

/** Writes text for people to standard output. */
export function print(text: string): void {
  process.stdout.write(folded(text, widthOf(process.stdout)));
}
