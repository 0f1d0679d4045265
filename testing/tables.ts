/** Derived tables one at a time, for tests of a single model. */
import { planOwn } from '../pipelines/detect/own-tables.ts';
import { loadDetector, numbersOf } from '../pipelines/detect/registry.ts';
import { buildTables, planModels, quietEffects } from '../pipelines/models/run.ts';
import type { Warehouse } from '../pipelines/warehouse/warehouse.ts';

/** Builds `features.<name>` and what it reads. */
export async function buildFeatures(warehouse: Warehouse, only: readonly string[], snapshot = 0) {
  await buildTables('features', await planModels(warehouse), { snapshot, only }, quietEffects(warehouse));
}

/** Builds `own.<name>` of one detector and what it reads of its own tables. */
export async function buildOwn(warehouse: Warehouse, id: string, only: readonly string[], snapshot = 0) {
  const detector = await loadDetector(id);
  const plan = await planOwn(warehouse, detector);
  await buildTables('own', plan, { snapshot, only, params: numbersOf(detector) }, quietEffects(warehouse));
}
