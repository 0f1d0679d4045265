/** Tables and shares as Markdown. Pure. */
import type { Rate } from './pool.ts';
import type { Target } from './target.ts';

/** A table; every column but the first is right-aligned unless `left` names it. */
export function table(
  head: readonly string[],
  rows: readonly (readonly (string | number)[])[],
  left: readonly string[] = [],
): string {
  const rule = head.map((name, i) => (i === 0 || left.includes(name) ? ':--' : '--:'));
  return [head, rule, ...rows]
    .map((cells) => `| ${cells.map((c) => String(c).replaceAll('|', '\\|')).join(' | ')} |`)
    .join('\n');
}

export const percent = (share: number, digits = 1): string => `${(100 * share).toFixed(digits)} %`;

export const withInterval = ({ value, low, high }: Rate): string =>
  `${percent(value)} (${(100 * low).toFixed(1)} to ${(100 * high).toFixed(1)})`;

/** What is open, by its first few; the JSON beside it holds all. */
const shortened = (open: readonly string[], most = 8): string =>
  [...open.slice(0, most), ...(open.length > most ? [`and ${open.length - most} more`] : [])].join('; ');

const STATES = { met: 'met', missed: '**missed**', few: 'so far, on too few' } as const;

export function targetsTable(targets: readonly Target[]): string {
  return table(
    ['target', 'wanted', 'got', 'state', 'open'],
    targets.map(({ target, wanted, got, state, open }) => [
      target,
      wanted,
      got,
      STATES[state],
      shortened(open),
    ]),
    ['wanted', 'got', 'state', 'open'],
  );
}
