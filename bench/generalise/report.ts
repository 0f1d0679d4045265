/** The figures as Markdown. Pure. */
import { percent, table, withInterval } from '../worlds/markdown.ts';
import type { Rate } from '../worlds/pool.ts';
import type { Figures, Recall } from './figures.ts';
import { kindsMarkdown } from './kinds.ts';
import type { LieFigures } from './lies-named.ts';
import { liesMarkdown, victimTable } from './lies-report.ts';
import { halfOfTrait } from './split.ts';
import type { TuningGain } from './tuning.ts';

export interface Kinds {
  account: Figures;
  device: Figures;
}

/** Figures of a set of worlds by policy. */
export interface Counted {
  set: string;
  seeds: readonly number[];
  by: Record<string, Kinds>;
  /** What was said of the network; the same under every policy. */
  lies: LieFigures;
  /** Seconds that each world and its audit took, where this was written down. */
  seconds: readonly (number | null)[];
}

const VERDICT = { account: 'excluded', device: 'void' } as const;
type Kind = keyof typeof VERDICT;
const KINDS: readonly Kind[] = ['account', 'device'];

function recallTable(kind: Kind, what: string, rows: readonly Recall[], half = false): string {
  const verdict = VERDICT[kind];
  return table(
    [what, ...(half ? ['half'] : []), 'n', 'operators', verdict, `${verdict} or held`],
    rows.map((row) => [
      row.what,
      ...(half ? [halfOfTrait(row.what)] : []),
      row.n,
      row.operators,
      withInterval(row.final),
      withInterval(row.final_or_held),
    ]),
  );
}

const share = (part: number, n: number): string => (n === 0 ? '' : `${part} (${percent(part / n, 2)})`);

/** One line for each set of worlds, or for each policy. */
export function summaryTable(first: string, rows: readonly { name: string; figures: Kinds }[]): string {
  return table(
    [first, 'subjects', 'n', 'bad', 'final', 'final or held', 'precision', 'honest final', 'honest held'],
    rows.flatMap(({ name, figures }) =>
      KINDS.map((kind) => {
        const { subjects, bad, all, precision, honest } = figures[kind];
        return [
          name,
          `${kind}s`,
          subjects,
          bad,
          all ? withInterval(all.final) : '',
          all ? withInterval(all.final_or_held) : '',
          precision ? withInterval(precision) : '',
          share(honest.final, honest.n),
          share(honest.held, honest.n),
        ];
      }),
    ),
    ['subjects'],
  );
}

/** Everything about one set of worlds. */
export function setMarkdown(title: string, figures: Kinds, lies: LieFigures): string {
  const part = (kind: Kind): string[] => {
    const { strengths, traits, numbers, cohorts, victims } = figures[kind];
    const attacks =
      strengths.length === 0
        ? []
        : [
            recallTable(kind, 'strength', strengths),
            recallTable(kind, 'trait', traits, true),
            recallTable(kind, 'traits of a subject', numbers),
          ];
    const framed = victims.length === 0 ? [] : [victimTable(victims, VERDICT[kind])];
    return [`### ${title}: ${kind}s`, ...attacks, kindsMarkdown(cohorts, VERDICT[kind]), ...framed];
  };
  return [...KINDS.flatMap(part), `### ${title}: the network`, liesMarkdown(lies)].join('\n\n');
}

const inPoints = ({ value, low, high }: Rate): string =>
  `${(100 * value).toFixed(1)} (${(100 * low).toFixed(1)} to ${(100 * high).toFixed(1)})`;

export interface Tuned {
  policy: string;
  /** On what it was fitted on, and on the other half. */
  fit: Kinds;
  count: Kinds;
  /** What fitting gains on B less what it gains on A; null for the shipped policy. */
  gain: Record<keyof Kinds, TuningGain | null> | null;
}

/** What a policy reaches on the half that it was fitted on and on the other, and the difference. */
export function tuningTable(rows: readonly Tuned[]): string {
  const points = (a: number | undefined, b: number | undefined) =>
    a === undefined || b === undefined ? '' : `${(100 * (b - a)).toFixed(1)}`;
  const gained = (gain: Rate | undefined) => (gain ? inPoints(gain) : '');
  return table(
    [
      'policy',
      'subjects',
      'final, half A',
      'final, half B',
      'B − A, points',
      'or held, A',
      'or held, B',
      'B − A, points',
      'gain B − A, final',
      'gain B − A, or held',
      'honest final, B',
      'honest held, B',
    ],
    rows.flatMap(({ policy, fit, count, gain }) =>
      KINDS.map((kind) => {
        const [a, b] = [fit[kind], count[kind]];
        return [
          policy,
          `${kind}s`,
          a.all ? percent(a.all.final.value) : '',
          b.all ? percent(b.all.final.value) : '',
          points(a.all?.final.value, b.all?.final.value),
          a.all ? percent(a.all.final_or_held.value) : '',
          b.all ? percent(b.all.final_or_held.value) : '',
          points(a.all?.final_or_held.value, b.all?.final_or_held.value),
          gained(gain?.[kind]?.final),
          gained(gain?.[kind]?.final_or_held),
          share(b.honest.final, b.honest.n),
          share(b.honest.held, b.honest.n),
        ];
      }),
    ),
    ['subjects'],
  );
}

/** What the policy fitted without a trait finds of that trait, beside the policies that knew it. */
export function heldOutTable(
  rows: readonly { trait: string; policy: string; account: Recall | null; device: Recall | null }[],
): string {
  return table(
    ['trait', 'policy', 'subjects', 'n', 'final', 'final or held'],
    rows.flatMap(({ trait, policy, ...found }) =>
      KINDS.flatMap((kind) => {
        const recall = found[kind];
        if (!recall) return [];
        return [
          [
            trait,
            policy,
            `${kind}s`,
            recall.n,
            withInterval(recall.final),
            withInterval(recall.final_or_held),
          ],
        ];
      }),
    ),
    ['policy', 'subjects'],
  );
}
