/** Looks at half A: operator by operator, what was found and what was not. */
import type { Warehouse } from '../../pipelines/warehouse/warehouse.ts';
import { FINAL, HELD } from '../../runs/evaluate/sample.ts';
import { table } from '../worlds/markdown.ts';
import { groupsOf, type Pool, poolOf } from '../worlds/pool.ts';
import { apartOf } from './apart.ts';
import { type SharedTrait, traitsOfCells } from './cell-truth.ts';
import { cellsOf } from './cells.ts';
import { type Looked, writeLooked } from './ledger.ts';
import type { Making, WorldSet } from './sets.ts';
import { halfOfKind } from './split.ts';
import { traitsOf } from './traits.ts';

const average = (values: readonly number[]): number =>
  values.reduce((sum, value) => sum + value, 0) / values.length;

/** Traits of some subjects with their mean blur. */
function sharedText(ids: readonly string[], traits: ReadonlyMap<string, readonly SharedTrait[]>): string {
  const blurs = new Map<string, number[]>();
  for (const { trait, blur } of ids.flatMap((id) => traits.get(id) ?? []))
    blurs.set(trait, [...(blurs.get(trait) ?? []), blur]);
  return [...blurs].map(([trait, all]) => `${trait} ${average(all).toFixed(2)}`).join(', ');
}

/** Good subjects by kind; kinds of half B are not looked at one by one. */
const kindOf = (family: string): string =>
  apartOf(family) ?? (halfOfKind(family) === 'A' ? family : '(honest kinds of half B)');

/** One line for each operator and for each kind of good subjects that was hit. */
function lookTable({ sample }: Pool, traits: ReadonlyMap<string, readonly SharedTrait[]>): string {
  const having = (at: readonly number[], outcome: number) =>
    at.filter((i) => sample.outcome[i] === outcome).length;
  const row = (name: string, at: readonly number[], shared: string) => [
    name,
    at.length,
    having(at, FINAL),
    having(at, HELD),
    shared,
  ];
  const operators = [...groupsOf(sample, 1, (i) => sample.operator[i] ?? sample.ids[i]!)].map(([name, at]) =>
    row(
      name,
      at,
      sharedText(
        at.map((i) => sample.ids[i]!),
        traits,
      ),
    ),
  );
  const honest = [...groupsOf(sample, 0, (i) => kindOf(sample.family[i]!))]
    .filter(([, at]) => having(at, FINAL) + having(at, HELD) > 0)
    .map(([name, at]) => row(name, at, ''));
  return table(
    ['whose', 'n', 'final', 'held', 'shares, with its mean blur'],
    [...operators, ...honest],
    ['shares, with its mean blur'],
  );
}

/** Prints what became of each operator of the fit's worlds, after it is written into the ledger. */
export async function look(
  sets: readonly WorldSet[],
  making: Making,
  { date, purpose }: Pick<Looked, 'date' | 'purpose'>,
  truth: Warehouse,
): Promise<string> {
  const fit = sets.find(({ name }) => name === 'fit');
  if (!fit) throw new Error('expected a number of worlds to look at in --fit, got 0');
  writeLooked({ date, purpose, seeds: fit.seeds, traits: traitsOf('A') });
  const cells = await cellsOf(fit, making);
  const traits = await traitsOfCells(cells, truth);
  const parts: string[] = [];
  for (const kind of ['accounts', 'devices'] as const)
    parts.push(`## ${kind}`, lookTable(await poolOf(kind, cells), traits));
  return parts.join('\n\n');
}
