/** A detector's own tables: built before it runs, gone after it, so that no other unit can lean on them. */
import { buildTables, type ModelEffects, planTables } from '../models/run.ts';
import type { Warehouse } from '../warehouse/warehouse.ts';
import { type Detector, numbersOf } from './registry.ts';

const EMPTY = 'DROP SCHEMA IF EXISTS own CASCADE; CREATE SCHEMA own';

/** Runs `work` while `own.*` holds what the detector's `models/` and `learn.ts` make. */
export async function withOwnTables<T>(
  detector: Detector,
  snapshot: number,
  effects: ModelEffects,
  work: (warehouse: Warehouse) => Promise<T>,
): Promise<T> {
  const { warehouse } = effects;
  const { models, learner } = detector;
  if (!models && !learner) return work(warehouse);
  await warehouse.run(EMPTY);
  try {
    const plan = await planTables(warehouse, 'own', {
      ...(models ? { folder: models } : {}),
      learners: learner ? [learner] : [],
    });
    await buildTables('own', plan, { snapshot, params: numbersOf(detector) }, effects);
    return await work(warehouse);
  } finally {
    await warehouse.run(EMPTY);
  }
}

/** Tables of `features` that a detector, its models and its learner read. */
export async function sharedTables(warehouse: Warehouse, detector: Detector): Promise<string[]> {
  const { meta, models, learner } = detector;
  const plan = await planTables(warehouse, 'own', {
    ...(models ? { folder: models } : {}),
    learners: learner ? [learner] : [],
  });
  const read = [...meta.reads, ...plan.flatMap(({ reads }) => reads)];
  return [...new Set(read.filter((table) => table.startsWith('features.')))].sort();
}
