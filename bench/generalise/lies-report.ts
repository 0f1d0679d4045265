/** Lies of the network and victims of framers as Markdown. Pure. */
import { percent, table } from '../worlds/markdown.ts';
import { NAMED_BY } from './lie-reasons.ts';
import type { LieFigures } from './lies-named.ts';
import type { VictimRow } from './victims.ts';

/** What was told, what was named, and what was taken for a lie. */
export function liesMarkdown({ lies, events, findings, unfounded }: LieFigures): string {
  const rows = [
    ...lies.map(({ lie, told, named }) => [
      lie,
      'lie',
      told,
      named,
      NAMED_BY[lie]?.reasons.join(', ') || 'nothing',
    ]),
    ...events.map(({ event, befell, mistaken }) => [event, 'honest', befell, mistaken, '']),
  ];
  const found = `${findings} findings about the network, ${unfounded} of them with no lie behind.`;
  return rows.length === 0
    ? found
    : [
        table(['what the network told', 'is', 'worlds', 'named', 'would be named by'], rows, [
          'is',
          'would be named by',
        ]),
        found,
      ].join('\n\n');
}

/** Victims by the moves against them. */
export function victimTable(rows: readonly VictimRow[], verdict: string): string {
  const share = (part: number, n: number) => `${part} (${percent(part / n)})`;
  return table(
    ['move against them', 'victims', 'held', verdict],
    rows.map(({ move, n, held, final }) => [move, n, share(held, n), share(final, n)]),
  );
}
