/** What was counted, as Markdown. Pure. */
import type { Recall } from './figures.ts';
import { type Counted, heldOutTable, type Kinds, setMarkdown, summaryTable, tuningTable } from './report.ts';

interface About {
  command: string;
  source: string;
  machine: { cores: number; node: string };
  looked: readonly string[];
}

interface Names {
  shipped: string;
  fitted: readonly string[];
  without: readonly { trait: string; policy: string }[];
}

const TITLES: Readonly<Record<string, string>> = {
  fit: 'Half A: what was fitted on',
  count: 'Half B: traits and seeds that nothing was fitted on',
  all: 'Seeds of half B with all traits',
  honest: 'Nobody bad',
};

const titleOf = (set: string): string => TITLES[set] ?? set;

/** Recall of one trait in all sets that hold it; the set with all traits first. */
function traitIn(sets: readonly Counted[], policy: string, kind: keyof Kinds, trait: string): Recall | null {
  for (const name of ['all', 'count', 'fit']) {
    const figures = sets.find(({ set }) => set === name)?.by[policy]?.[kind];
    const found = figures?.traits.find(({ what }) => what === trait);
    if (found) return found;
  }
  return null;
}

function heldOut(sets: readonly Counted[], { shipped, fitted, without }: Names): string[] {
  const rows = without.flatMap(({ trait, policy }) =>
    [shipped, ...fitted.slice(0, 1), policy].map((by) => ({
      trait,
      policy: by,
      account: traitIn(sets, by, 'account', trait),
      device: traitIn(sets, by, 'device', trait),
    })),
  );
  return rows.length === 0
    ? []
    : ['## Fitted without a trait', 'Recall of subjects with the trait, on half B.', heldOutTable(rows)];
}

/** Figures of datasets by others under the shipped and the fitted policies. */
function others(datasets: readonly Counted[], policies: readonly string[]): string[] {
  if (datasets.length === 0) return [];
  const rows = datasets.flatMap(({ set, by }) =>
    policies.flatMap((policy) => (by[policy] ? [{ name: `${set}, ${policy}`, figures: by[policy] }] : [])),
  );
  return ['## Datasets by others', summaryTable('dataset, policy', rows)];
}

export function countMarkdown(
  { command, source, machine, looked }: About,
  counted: readonly Counted[],
  datasets: readonly Counted[],
  names: Names,
): string {
  const shippedOf = ({ by }: Counted): Kinds => by[names.shipped]!;
  const fit = counted.find(({ set }) => set === 'fit');
  const count = counted.find(({ set }) => set === 'count');
  const tuned =
    fit && count
      ? [names.shipped, ...names.fitted].map((policy) => ({
          policy,
          fit: fit.by[policy]!,
          count: count.by[policy]!,
        }))
      : [];
  const detailed = counted.filter(({ set }) => set in TITLES && set !== 'fit');
  return [
    '# Worlds by rules that nobody chose',
    `\`${command}\` (${machine.cores} cores, Node ${machine.node.slice(1)}; sources ${source.slice(0, 12)}). Worlds are made up: a model of reality, not reality.`,
    ...(looked.length === 0 ? [] : [`**Counted although it was looked at:** ${looked.join('; ')}.`]),
    '## All sets, shipped policy',
    `Final is excluded or void. Seeds: ${counted.map(({ set, seeds }) => `${set} ${seeds.join(', ')}`).join('; ')}.`,
    summaryTable(
      'worlds',
      counted.map((one) => ({ name: one.set, figures: shippedOf(one) })),
    ),
    ...(tuned.length === 0
      ? []
      : [
          '## What tuning shows',
          'Weights fitted on seeds and traits of half A, counted there and on half B. The shipped policy beside them was fitted on neither; its difference is that between the halves.',
          tuningTable(tuned),
        ]),
    ...heldOut(counted, names),
    ...others(datasets, [names.shipped, ...names.fitted]),
    ...detailed.flatMap((one) => [`## ${titleOf(one.set)}`, setMarkdown(one.set, shippedOf(one))]),
  ].join('\n\n');
}
