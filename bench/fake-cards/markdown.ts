/** Figures as Markdown tables. Pure. */
import type { Figures } from './figures.ts';
import type { Rate } from './pool.ts';
import type { Target } from './targets.ts';

export type Align = 'left' | 'right';

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

const withInterval = ({ value, low, high }: Rate): string =>
  `${percent(value)} (${(100 * low).toFixed(1)} to ${(100 * high).toFixed(1)})`;

/** What is open, by its first few; the JSON beside it holds all. */
const shortened = (open: readonly string[], most = 8): string =>
  [...open.slice(0, most), ...(open.length > most ? [`and ${open.length - most} more`] : [])].join('; ');

const STATES = { met: 'met', missed: '**missed**', few: 'so far, on too few' } as const;

export function figuresMarkdown(found: Figures, targets: readonly Target[]): string {
  const strengths = [...new Set(found.worlds.flatMap(({ recall }) => Object.keys(recall)))].sort();
  return [
    `${found.devices} labelled devices, ${found.fakes} of them fake. AUROC ${found.auroc?.toFixed(4) ?? 'undefined'}, average precision ${found.average_precision?.toFixed(4) ?? 'undefined'}.`,
    '## Targets',
    table(
      ['target', 'wanted', 'got', 'state', 'open'],
      targets.map(({ target, wanted, got, state, open }) => [
        target,
        wanted,
        got,
        STATES[state],
        shortened(open),
      ]),
      ['wanted', 'got', 'state', 'open'],
    ),
    '## Fakes by family and strength',
    'Intervals at 95 % by bootstrap over operators; exact over operators where all or none was found.',
    table(
      ['family', 'strength', 'n', 'operators', 'void', 'void or review'],
      [...found.cells, ...found.strengths.map((cell) => ({ ...cell, family: '**all**' }))].map((cell) => [
        cell.family,
        cell.strength,
        cell.n,
        cell.operators,
        withInterval(cell.void),
        withInterval(cell.void_or_review),
      ]),
    ),
    '## Honest cohorts',
    'The last column is the one-sided exact 95 % bound on the share void.',
    table(
      ['cohort', 'n', 'void', 'review', 'void at most'],
      found.cohorts.map((c) => [c.family, c.n, c.void, c.review, percent(c.void_upper, 3)]),
    ),
    '## By share of fakes',
    'Recall of void by strength, each family alike, over the families that stand in every world.',
    table(
      ['world', 'devices', 'fake', 'precision', ...strengths.map((s) => `recall, ${s}`)],
      found.worlds.map((w) => [
        w.world,
        w.devices,
        percent(w.fakes),
        w.precision ? withInterval(w.precision) : 'nothing void',
        ...strengths.map((s) => percent(w.recall[s] ?? 0)),
      ]),
    ),
  ].join('\n\n');
}
