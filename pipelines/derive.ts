/**
 * Everything that detectors share: the catalogue, the rollups and the models. The audit, the detectors'
 * suite, benches and inventories all call this.
 */
import { loadReference } from './models/reference.ts';
import { buildTables, type Model, type ModelEffects, type ModelOptions, planModels } from './models/run.ts';
import type { Grain } from './rollup/grains.ts';
import { rollup } from './rollup/rollup.ts';

export interface DeriveOptions extends ModelOptions {
  /** What `planModels` made: spares the parsing where it is called many times. */
  plan?: readonly Model[];
  /** The rollups to make; default all. */
  grains?: readonly Grain[];
  /**
   * False where `reference.*` is loaded already and the instance may read no files any more. Default true.
   */
  reference?: boolean;
}

/** Fills `reference.*`, `rollup.*` and `features.*` from `raw.*` and `loaded.*`. */
export async function derive(
  { plan, grains, reference = true, ...options }: DeriveOptions,
  effects: ModelEffects,
): Promise<void> {
  const { warehouse } = effects;
  await rollup(warehouse, { snapshot: options.snapshot, ...(grains ? { grains } : {}) }, effects);
  if (reference) await loadReference(warehouse);
  await buildTables('features', plan ?? (await planModels(warehouse)), options, effects);
}
