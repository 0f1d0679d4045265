/** Figures of sets of cells under policies. */
import type { Warehouse } from '../../pipelines/warehouse/warehouse.ts';
import type { Bootstrap } from '../../statistics/bootstrap.ts';
import type { Cell } from '../worlds/cells.ts';
import { poolOf } from '../worlds/pool.ts';
import { testimonyOf } from './cell-lies.ts';
import { movesOfCells, traitsOfCells } from './cell-truth.ts';
import { secondsOf } from './cells.ts';
import { figuresOf } from './figures.ts';
import { lieFigures, type Testimony } from './lies-named.ts';
import { SHIPPED } from './policies.ts';
import type { Counted, Kinds } from './report.ts';
import { type Pair, tuningGain } from './tuning.ts';
import { judgedBy } from './verdicts.ts';

const KINDS = ['account', 'device'] as const;
type Kind = (typeof KINDS)[number];

const poolsOf = async (cells: readonly Cell[]) => ({
  account: await poolOf('accounts', cells),
  device: await poolOf('devices', cells),
});

/** Everything about one set. Throws E_RUN or E_LABELS, and where a cell lacks the verdicts of a policy. */
export async function countedOf(
  { name, seeds }: { name: string; seeds: readonly number[] },
  cells: readonly Cell[],
  policies: Iterable<string>,
  truth: Warehouse,
  bootstrap: Bootstrap,
): Promise<Counted> {
  const traits = await traitsOfCells(cells, truth);
  const moves = await movesOfCells(cells, truth);
  const pools = await poolsOf(cells);
  const of = (kind: Kind, policy: string) =>
    figuresOf(judgedBy(policy, pools[kind], kind, cells), traits, bootstrap, moves);
  const testimonies: Testimony[] = [];
  for (const cell of cells) testimonies.push(await testimonyOf(cell, truth));
  return {
    set: name,
    seeds,
    by: Object.fromEntries(
      [...policies].map((policy) => [
        policy,
        { account: of('account', policy), device: of('device', policy) },
      ]),
    ),
    lies: lieFigures(testimonies),
    seconds: cells.map(secondsOf),
  };
}

/** By fitted policy: what fitting gains on the set that is counted less what it gains on that of the fit. */
export async function gainsOf(
  fit: readonly Cell[],
  count: readonly Cell[],
  policies: readonly string[],
  bootstrap: Bootstrap,
): Promise<Record<string, Record<keyof Kinds, ReturnType<typeof tuningGain>>>> {
  const [a, b] = [await poolsOf(fit), await poolsOf(count)];
  const pair = (pools: typeof a, cells: readonly Cell[], kind: Kind, policy: string): Pair => ({
    shipped: judgedBy(SHIPPED, pools[kind], kind, cells).sample,
    fitted: judgedBy(policy, pools[kind], kind, cells).sample,
  });
  const of = (kind: Kind, policy: string) =>
    tuningGain(pair(a, fit, kind, policy), pair(b, count, kind, policy), bootstrap);
  return Object.fromEntries(
    policies.map((policy) => [policy, { account: of('account', policy), device: of('device', policy) }]),
  );
}
