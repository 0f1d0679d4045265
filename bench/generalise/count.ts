/** Counts what policies find on the half that they were not fitted on. */
import { cpus, totalmem } from 'node:os';
import type { Policy } from '../../contracts/policy.ts';
import { readDigests } from '../../fixtures/worlds/grammar/digests.ts';
import type { Warehouse } from '../../pipelines/warehouse/warehouse.ts';
import type { Bootstrap } from '../../statistics/bootstrap.ts';
import { type Cell, fingerprint } from '../worlds/cells.ts';
import { datasetCells } from '../worlds/dataset-cells.ts';
import { cellsOf, judgeAll } from './cells.ts';
import { countMarkdown } from './count-report.ts';
import { nameOf, type Variant } from './fit-labels.ts';
import { claim } from './ledger.ts';
import { digestOf, policiesOf, SHIPPED } from './policies.ts';
import type { Counted } from './report.ts';
import type { Making, SetFlags, WorldSet } from './sets.ts';
import { countedOf, gainsOf } from './sets-counted.ts';
import { traitsOf } from './traits.ts';
import { writeVerdicts } from './verdicts.ts';

/** The share of wrong labels that the fit has to stand. */
const NOISE = 0.2;

export interface Counting extends SetFlags {
  sets: readonly WorldSet[];
  /** Traits that a policy is fitted without. */
  heldOut: readonly string[];
  /** ISO day, for the ledger. */
  date: string;
  /** As many honest people of each kind. */
  each: boolean;
  /** Counts what is not fit to be counted on, and says so. */
  looked: boolean;
  datasets: string;
  bootstrap: Bootstrap;
}

async function datasetFigures(
  { datasets, bootstrap }: Counting,
  policies: ReadonlyMap<string, Policy>,
  { work, limits }: Making,
  truth: Warehouse,
): Promise<Counted[]> {
  const keep = (warehouse: Warehouse, at: (name: string) => string) => writeVerdicts(warehouse, at, policies);
  const flags = { datasets, work, threads: String(limits.threads) };
  const counted: Counted[] = [];
  for (const cell of await datasetCells(flags, keep, digestOf(policies)))
    counted.push(await countedOf({ name: cell.world, seeds: [] }, [cell], policies.keys(), truth, bootstrap));
  return counted;
}

/** Writes what is counted into the ledger, or throws; returns what was known before. */
function noted({ sets, date, looked }: Counting, policies: ReadonlyMap<string, Policy>): string[] {
  const seeds = sets.filter(({ name }) => name !== 'fit').flatMap((set) => set.seeds);
  if (seeds.length === 0) return [];
  const under = { source: fingerprint(), policies: digestOf(policies) };
  return claim({ date, seeds, traits: traitsOf('B'), under }, looked);
}

export async function count(
  counting: Counting,
  making: Making,
  truth: Warehouse,
): Promise<{ markdown: string; json: object }> {
  const { sets, heldOut, bootstrap } = counting;
  const fit = sets.find(({ name }) => name === 'fit');
  const variants: Variant[] = [
    { kind: 'whole' },
    { kind: 'noise', share: NOISE },
    ...heldOut.map((trait) => ({ kind: 'without' as const, trait })),
  ];
  const policies = await policiesOf(fit ? await cellsOf(fit, making) : [], variants, truth);
  const known = noted(counting, policies);
  const counted: Counted[] = [];
  const cellsBy = new Map<string, Cell[]>();
  for (const set of sets) {
    const cells = await judgeAll(set, policies, making);
    cellsBy.set(set.name, cells);
    counted.push(await countedOf(set, cells, policies.keys(), truth, bootstrap));
  }
  const datasets = await datasetFigures(counting, policies, making, truth);
  const names = {
    shipped: SHIPPED,
    fitted: fit ? [nameOf({ kind: 'whole' }), nameOf({ kind: 'noise', share: NOISE })] : [],
    without: fit ? heldOut.map((trait) => ({ trait, policy: nameOf({ kind: 'without', trait }) })) : [],
  };
  const [onA, onB] = [cellsBy.get('fit'), cellsBy.get('count')];
  const gains = onA && onB ? await gainsOf(onA, onB, names.fitted, bootstrap) : {};
  const about = {
    command: commandOf(counting),
    source: fingerprint(),
    grammar: readDigests().at(-1)?.version ?? 0,
    machine: {
      cpu: cpus()[0]?.model ?? 'unknown',
      cores: cpus().length,
      memoryGib: Math.round(totalmem() / 2 ** 30),
      node: process.version,
    },
    looked: known,
  };
  return {
    markdown: countMarkdown(about, counted, datasets, names, gains),
    json: { ...about, counted, datasets, gains },
  };
}

function commandOf(counting: Counting): string {
  const { fit, count: n, all, first, accounts, days, interval, rates, majority, honest } = counting;
  const named = { fit, count: n, all, first, accounts, days, interval, rates, majority, honest };
  const words = Object.entries(named).flatMap(([name, value]) =>
    value === '' ? [] : [`--${name} ${value}`],
  );
  const datasets = counting.datasets
    .split(',')
    .filter((entry) => entry !== '')
    .map((entry) => `${entry.split('=')[0]}=FOLDER`);
  return [
    'npx tsx bench/generalise/generalise.ts',
    ...words,
    ...(counting.each ? ['--each'] : []),
    `--date ${counting.date}`,
    ...(counting.heldOut.length > 0 ? [`--hold-out ${counting.heldOut.join(',')}`] : []),
    ...(datasets.length > 0 ? [`--datasets ${datasets.join(',')}`] : []),
    ...(counting.looked ? ['--looked'] : []),
  ].join(' ');
}
