/** Figures of accounts as Markdown. Pure. */
import type { Estimate } from '../../contracts/evaluation.ts';
import { percent, table, targetsTable } from '../worlds/markdown.ts';
import type { Target } from '../worlds/target.ts';
import type { AccountFigures } from './accounts.ts';
import { attacksWithAll, attackTable, cohortTable } from './report.ts';

const figure = ({ value, low, high }: Estimate): string =>
  value === null
    ? '–'
    : `${value.toFixed(3)}${low === null || high === null ? '' : ` (${low.toFixed(3)} to ${high.toFixed(3)})`}`;

const share = (value: number | null) => (value === null ? '–' : percent(value));

export function accountMarkdown(found: AccountFigures, targets: readonly Target[]): string {
  return [
    `${found.accounts} labelled accounts, ${found.sybils} of them Sybils.`,
    '## Targets',
    targetsTable(targets),
    '## Rings by family and strength',
    'Accounts of operators of four or more. Intervals at 95 % by bootstrap over operators; exact over operators where all or none was found.',
    attacksWithAll(found, 'excluded'),
    '## By size of the ring',
    'Accounts of all operators but those who adapt. Two or three accounts are never excluded.',
    table(
      ['strength', 'accounts of the operator', 'operators', 'n', 'exclude', 'exclude or review'],
      found.ring_sizes.flatMap(({ strength, sizes }) =>
        sizes.map((row) => [
          strength ?? 'all',
          row.largest === null ? `${row.smallest} and more` : `${row.smallest}–${row.largest}`,
          row.operators,
          row.n,
          share(row.recall),
          share(row.recall_or_review),
        ]),
      ),
    ),
    '## Operators',
    'B-cubed over truly bad accounts of operators that own two or more; an account in no cluster stands alone.',
    table(
      ['strength', 'operators', 'n', 'in a cluster', 'precision', 'recall', 'F1'],
      found.operators.map(({ strength, clusters }) => [
        strength ?? 'all',
        clusters.operators,
        clusters.items,
        clusters.clustered,
        figure(clusters.precision),
        figure(clusters.recall),
        figure(clusters.f1),
      ]),
    ),
    '## What is not found',
    'Operators who know the detectors: each hides all but one trace, `adaptive-studio` all but three faint ones, `adaptive-ghost` all. No target; the table says what remains open.',
    found.adaptive.length > 0 ? attackTable(found.adaptive, 'excluded') : 'No such world was run.',
    '## Honest cohorts in worlds without a Sybil',
    'The last two columns are one-sided exact 95 % bounds.',
    found.honest_worlds.length > 0 ? cohortTable(found.honest_worlds, 'excluded') : 'No such world was run.',
    '## Honest cohorts in all worlds',
    cohortTable(found.cohorts, 'excluded'),
  ].join('\n\n');
}
