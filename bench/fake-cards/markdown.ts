/** Figures of cards as Markdown. Pure. */
import { percent, table, targetsTable, withInterval } from '../worlds/markdown.ts';
import type { Target } from '../worlds/target.ts';
import type { Figures } from './figures.ts';

export function figuresMarkdown(found: Figures, targets: readonly Target[]): string {
  const strengths = [...new Set(found.worlds.flatMap(({ recall }) => Object.keys(recall)))].sort();
  return [
    `${found.devices} labelled devices, ${found.fakes} of them fake. AUROC ${found.auroc?.toFixed(4) ?? 'undefined'}, average precision ${found.average_precision?.toFixed(4) ?? 'undefined'}.`,
    '## Targets',
    targetsTable(targets),
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
