/** Figures of cards as Markdown. Pure. */
import { percent, table, targetsTable, withInterval } from '../worlds/markdown.ts';
import type { Target } from '../worlds/target.ts';
import type { DeviceFigures } from './devices.ts';
import { attacksWithAll, cohortTable } from './report.ts';

export function deviceMarkdown(found: DeviceFigures, targets: readonly Target[]): string {
  const strengths = [...new Set(found.worlds.flatMap(({ recall }) => Object.keys(recall)))].sort();
  return [
    `${found.devices} labelled devices, ${found.fakes} of them fake. AUROC ${found.auroc?.toFixed(4) ?? 'undefined'}, average precision ${found.average_precision?.toFixed(4) ?? 'undefined'}.`,
    '## Targets',
    targetsTable(targets),
    '## Fakes by family and strength',
    'Intervals at 95 % by bootstrap over operators; exact over operators where all or none was found.',
    attacksWithAll(found, 'void'),
    '## Honest cohorts',
    'The last two columns are one-sided exact 95 % bounds.',
    cohortTable(found.cohorts, 'void'),
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
