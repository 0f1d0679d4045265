/** Policies fitted on cells, each on labels of its own. */
import { createHash } from 'node:crypto';
import { join } from 'node:path';
import type { Policy } from '../../contracts/policy.ts';
import { loadPolicy } from '../../pipelines/judge/policy.ts';
import type { Warehouse } from '../../pipelines/warehouse/warehouse.ts';
import { BASE_RATES, calibrate } from '../../runs/calibrate/calibrate.ts';
import type { Cell } from '../worlds/cells.ts';
import { nameOf, type Variant, writeFitLabels } from './fit-labels.ts';

export const SHIPPED = 'shipped';

/** By name: the shipped policy, and one for each variant of the labels. Throws what `calibrate` throws. */
export async function policiesOf(
  cells: readonly Cell[],
  variants: readonly Variant[],
  warehouse: Warehouse,
): Promise<Map<string, Policy>> {
  const shipped = loadPolicy();
  const policies = new Map([[SHIPPED, shipped]]);
  for (const variant of cells.length === 0 ? [] : variants) {
    const pairs = [];
    for (const cell of cells)
      pairs.push({ run: join(cell.folder, 'run'), labels: await writeFitLabels(cell, variant, warehouse) });
    const { policy } = await calibrate({
      pairs,
      policy: shipped,
      trust: 1,
      promote: [],
      baseRates: BASE_RATES,
      resamples: 0,
      seed: 1,
      name: nameOf(variant),
      note: '',
      command: 'npx tsx bench/generalise/generalise.ts',
    });
    policies.set(nameOf(variant), policy);
  }
  return policies;
}

/** Digest of what policies weigh; how they came about does not count. */
export function digestOf(policies: ReadonlyMap<string, Policy>): string {
  const weights = [...policies].map(([name, { provenance: _, ...policy }]) => [name, policy]);
  return createHash('sha256').update(JSON.stringify(weights)).digest('hex');
}
