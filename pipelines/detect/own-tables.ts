/** A detector's own tables: built before it runs, gone after it, so that no other unit can lean on them. */
import { buildTables, type Model, type ModelEffects, planTables } from '../models/run.ts';
import type { Warehouse } from '../warehouse/warehouse.ts';
import { type Detector, numbersOf } from './registry.ts';

const EMPTY = 'DROP SCHEMA IF EXISTS own CASCADE; CREATE SCHEMA own';

/** The tables of its `models/` and its `learn.ts`, each after those that it reads. */
export function planOwn(warehouse: Warehouse, { models, learner }: Detector): Promise<Model[]> {
  return planTables(warehouse, 'own', {
    ...(models ? { folder: models } : {}),
    learners: learner ? [learner] : [],
  });
}

/** Runs `work` while `own.*` holds the detector's own tables. */
export async function withOwnTables<T>(
  detector: Detector,
  snapshot: number,
  effects: ModelEffects,
  work: () => Promise<T>,
): Promise<T> {
  const { warehouse } = effects;
  const plan = await planOwn(warehouse, detector);
  if (plan.length === 0) return work();
  await warehouse.run(EMPTY);
  try {
    await buildTables('own', plan, { snapshot, params: numbersOf(detector) }, effects);
    return await work();
  } finally {
    await warehouse.run(EMPTY);
  }
}

/** Tables of `features` that these detectors, their models and their learners read. */
export function sharedTables(detectors: readonly Detector[]): string[] {
  const read = detectors.flatMap(({ meta }) => meta.reads);
  return [...new Set(read.filter((table) => table.startsWith('features.')))].sort();
}
