/** Policies fitted on cells, each on labels of its own. */
import { createHash } from 'node:crypto';
import { join } from 'node:path';
import type { Policy } from '../../contracts/policy.ts';
import { loadDetectors } from '../../pipelines/detect/registry.ts';
import { checkPolicy, loadPolicy } from '../../pipelines/judge/policy.ts';
import type { Warehouse } from '../../pipelines/warehouse/warehouse.ts';
import { BASE_RATES, readMaterials } from '../../runs/calibrate/calibrate.ts';
import { weightsWith } from '../../runs/calibrate/fit.ts';
import { fitKind } from '../../runs/calibrate/held-out.ts';
import type { Cell } from '../worlds/cells.ts';
import { nameOf, type Variant, writeFitLabels } from './fit-labels.ts';

export const SHIPPED = 'shipped';

const KINDS = ['account', 'device'] as const;

/**
 * What `ghostcard calibrate` fits on everybody, without what it prints beside: that each weight is fitted
 * anew without each family takes hours on worlds of a hundred kinds of people. A kind of subject of which all
 * or none are bad keeps the shipped weights.
 */
function fitted(materials: Awaited<ReturnType<typeof readMaterials>>['materials'], shipped: Policy): Policy {
  const options = { policy: shipped, trust: 1, promote: new Set<string>() };
  const weights = KINDS.reduce((before, kind) => {
    const from = materials[kind];
    const truths = new Set(from.groups.map(({ bad }) => bad));
    return truths.size < 2
      ? before
      : weightsWith(before, from.levels, fitKind(from, options, BASE_RATES).all);
  }, shipped.weights);
  return checkPolicy({ ...shipped, weights });
}

/**
 * By name: the shipped policy, and one for each variant of the labels. Throws E_RUN, E_LABELS or E_POLICY.
 */
export async function policiesOf(
  cells: readonly Cell[],
  variants: readonly Variant[],
  warehouse: Warehouse,
): Promise<Map<string, Policy>> {
  const shipped = loadPolicy();
  const metas = new Map((await loadDetectors()).map(({ id, meta }) => [id, meta]));
  const policies = new Map([[SHIPPED, shipped]]);
  for (const variant of cells.length === 0 ? [] : variants) {
    const pairs = [];
    for (const cell of cells)
      pairs.push({ run: join(cell.folder, 'run'), labels: await writeFitLabels(cell, variant, warehouse) });
    const { materials } = await readMaterials(pairs, metas, shipped);
    policies.set(nameOf(variant), fitted(materials, shipped));
    process.stderr.write(`${nameOf(variant)}: done\n`);
  }
  return policies;
}

/** Digest of what policies weigh; how they came about does not count. */
export function digestOf(policies: ReadonlyMap<string, Policy>): string {
  const weights = [...policies].map(([name, { provenance: _, ...policy }]) => [name, policy]);
  return createHash('sha256').update(JSON.stringify(weights)).digest('hex');
}
