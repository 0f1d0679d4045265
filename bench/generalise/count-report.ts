/** What was counted, as Markdown. Pure. */
import type { Recall } from './figures.ts';
import {
  type Counted,
  heldOutTable,
  type Kinds,
  setMarkdown,
  summaryTable,
  type Tuned,
  tuningTable,
} from './report.ts';

interface About {
  command: string;
  source: string;
  /** Version of the grammar's bytes. */
  grammar: number;
  machine: { cpu: string; cores: number; memoryGib: number; node: string };
  looked: readonly string[];
}

/** Gains of fitted policies by name. */
export type Gains = Readonly<Record<string, Tuned['gain']>>;

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

/** Seconds of a world with its audit, over all sets. */
function timeText(counted: readonly Counted[]): string {
  const known = counted.flatMap(({ seconds }) => seconds.flatMap((one) => (one === null ? [] : [one])));
  if (known.length === 0) return '';
  const mean = known.reduce((sum, one) => sum + one, 0) / known.length;
  return ` A world with its audit took ${mean.toFixed(0)} s in the mean, ${Math.max(...known).toFixed(0)} s at most.`;
}

function aboutMarkdown(
  { command, source, grammar, machine, looked }: About,
  counted: readonly Counted[],
): string[] {
  const { cpu, cores, memoryGib, node } = machine;
  return [
    `\`${command}\``,
    `Grammar version ${grammar}; sources ${source.slice(0, 12)}; ${cores} cores (${cpu}), ${memoryGib} GiB, Node ${node.slice(1)}.${timeText(counted)} Worlds are made up: a model of reality, not reality.`,
    ...(looked.length === 0 ? [] : [`**Counted although it was looked at:** ${looked.join('; ')}.`]),
  ];
}

export function countMarkdown(
  about: About,
  counted: readonly Counted[],
  datasets: readonly Counted[],
  names: Names,
  gains: Gains,
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
          gain: gains[policy] ?? null,
        }))
      : [];
  const detailed = counted.filter(({ set }) => set in TITLES && set !== 'fit');
  return [
    '# Worlds by rules that nobody chose',
    ...aboutMarkdown(about, counted),
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
          'Weights fitted on seeds and traits of half A, counted there and on half B. The shipped policy beside them was fitted on neither; its difference is that between the halves. The gain is what a fitted policy finds beyond the shipped one; on B less on A, with its interval over operators.',
          tuningTable(tuned),
        ]),
    ...heldOut(counted, names),
    ...others(datasets, [names.shipped, ...names.fitted]),
    ...detailed.flatMap((one) => [`## ${titleOf(one.set)}`, setMarkdown(one.set, shippedOf(one), one.lies)]),
  ].join('\n\n');
}
