/**
 * How many real cards stand behind each claimed model, with a 95 % interval. Void machines count nothing;
 * void machines on one card count together as the cards behind them; a measured machine counts by its
 * probability; one that the network never measured only raises the upper bound. A card sold under another
 * model's name counts under no model, since what it really is was not proven. The bounds allow for the
 * policy's slack of the prior as well as for chance.
 */
import { readFileSync } from 'node:fs';
import type { Policy } from '../../contracts/policy.ts';
import type { SupplyRow } from '../../contracts/verdict.ts';
import {
  type Part,
  poissonBinomialMean,
  poissonBinomialQuantile,
} from '../../statistics/poisson-binomial.ts';
import { appendRows } from '../warehouse/append.ts';
import type { Warehouse } from '../warehouse/warehouse.ts';
import { logit, sigmoid } from './fusion.ts';

/** What the estimate for one model is made of, in cards. */
export interface SupplyParts {
  /** Measured machines that are not void: equal ones together, with the probability that each is fake. */
  measured: readonly { devices: number; cards: number; risk: number }[];
  unmeasured: number;
  /** Behind void machines that share cards. */
  sharedAtLeast: number;
  sharedAtMost: number;
}

const TAIL = 0.025;

/** A probability moved by nats; certainty stays certain. */
function shifted(p: number, by: number): number {
  return p <= 0 || p >= 1 ? p : sigmoid(logit(p) + by);
}

/** Bounds and expectation, 95 %, one decimal. */
export function realCards(
  { measured, unmeasured, sharedAtLeast, sharedAtMost }: SupplyParts,
  priorSlack: number,
): Pick<SupplyRow, 'real_low' | 'real_estimate' | 'real_high'> {
  const parts = (by: number): Part[] =>
    measured.map(({ devices, cards, risk }) => ({
      events: devices,
      weight: cards,
      p: 1 - shifted(risk, by),
    }));
  const expected = poissonBinomialMean(parts(0)) + sharedAtLeast;
  return {
    real_low: poissonBinomialQuantile(parts(priorSlack), TAIL),
    real_estimate: Math.round(expected * 10) / 10,
    real_high: poissonBinomialQuantile(parts(-priorSlack), 1 - TAIL) + sharedAtMost + unmeasured,
  };
}

type ModelRow = Omit<SupplyRow, 'real_low' | 'real_estimate' | 'real_high'> & {
  unmeasured: number;
  at_least: number;
  at_most: number;
};

/** Fills `verdict.supply`, a row per claimed model. */
export async function writeSupply(policy: Policy, warehouse: Warehouse): Promise<void> {
  await warehouse.run(readFileSync(new URL('./supply.sql', import.meta.url), 'utf8'));
  const models = await warehouse.rows<ModelRow>(
    'SELECT * FROM supply_model JOIN supply_rest USING (gpu_model) ORDER BY gpu_model',
  );
  const measured = new Map<string, { devices: number; cards: number; risk: number }[]>();
  for (const { gpu_model, devices, cards, risk } of await warehouse.rows<{
    gpu_model: string;
    devices: number;
    cards: number;
    risk: number | null;
  }>('SELECT * FROM supply_part ORDER BY gpu_model, cards, risk')) {
    const part = { devices, cards, risk: risk ?? policy.prior.device };
    const parts = measured.get(gpu_model);
    if (parts) parts.push(part);
    else measured.set(gpu_model, [part]);
  }
  await appendRows(
    warehouse,
    'verdict',
    'supply',
    ['text', 'int', 'int', 'int', 'int', 'int', 'int', 'float', 'int'],
    models.map((row) => {
      const real = realCards(
        {
          measured: measured.get(row.gpu_model) ?? [],
          unmeasured: row.unmeasured,
          sharedAtLeast: row.at_least,
          sharedAtMost: row.at_most,
        },
        policy.thresholds.priorSlack,
      );
      const ladder = [row.claimed, row.heartbeating, row.answering, row.benchmarked, row.void];
      return [row.gpu_model, ...ladder, real.real_low, real.real_estimate, real.real_high];
    }),
  );
}
