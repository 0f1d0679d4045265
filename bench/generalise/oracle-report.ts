/** The table of oracles as Markdown. Pure. */
import { table } from '../worlds/markdown.ts';
import type { Area } from './auroc.ts';
import { type bestOf, LEAST, type TraitArea } from './oracle-areas.ts';

const value = (area: Area | null) => (area ? area.value.toFixed(2) : '');

const row = ({ trait, statistic, all, without, quarters }: TraitArea) => [
  trait,
  statistic,
  all.value.toFixed(2),
  `${all.low.toFixed(2)} to ${all.high.toFixed(2)}`,
  all.bad,
  all.operators,
  all.good,
  `${without.bad} + ${without.good}`,
  ...quarters.map(value),
];

const HEAD = [
  'trait',
  'statistic',
  'AUROC',
  '95 %',
  'bad',
  'operators',
  'honest',
  'no figure',
  '0 to ¼',
  'to ½',
  'to ¾',
  'to 1',
];

export function oracleMarkdown(
  command: string,
  { found, others, absent }: ReturnType<typeof bestOf>,
): string {
  const hidden = found
    .filter(({ all }) => all.value < LEAST)
    .map(({ trait, all }) => `${trait} (${value(all)})`);
  const quarters = found.flatMap(({ trait, quarters: by }) =>
    by.flatMap((area, q) =>
      area && area.value < LEAST ? [`${trait}, blur ${q / 4} to ${(q + 1) / 4} (${value(area)})`] : [],
    ),
  );
  const list = (items: readonly string[]) => (items.length === 0 ? 'none' : items.join('; '));
  return [
    '# Oracles',
    `\`${command}\``,
    'The best single statistic of each trait, told which subjects are one operator’s and which are one honest group, against all honest subjects: the chance that a subject with the trait scores above one without. Intervals are at 95 %, over operators and groups. Left out are bad and honest subjects of whom there is no figure. Then by quarter of blur, the plainest first.',
    table(HEAD, found.map(row), ['statistic', '95 %']),
    `Undetectable in the data (AUROC below ${LEAST}): ${list(hidden)}.`,
    `Undetectable at some blur: ${list(quarters)}.`,
    `No operator of these worlds had: ${list(absent)}.`,
    '## Statistics that know less',
    table(HEAD, others.map(row), ['statistic', '95 %']),
  ].join('\n\n');
}
