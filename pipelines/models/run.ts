/** Models: plain SELECTs over the dataset and its rollups, each one table of `features`. */
import { GhostcardError } from '../../contracts/errors.ts';
import { sqlFiles } from '../warehouse/sql-files.ts';
import { closureOf, dependencyOrder, type OrderedSql } from '../warehouse/sql-order.ts';
import type { Warehouse } from '../warehouse/warehouse.ts';

export interface ModelOptions {
  /** UTC epoch ms; the only clock that a model may know, bound as `$snapshot`. */
  snapshot: number;
  /** Build only these tables (`features.<name>`) and what they read; default all. */
  only?: readonly string[];
  /** Folder of the models; default this one. */
  folder?: URL;
  /** What `planModels` made of that folder: spares the parsing where models run many times. */
  plan?: readonly OrderedSql[];
}

export interface ModelEffects {
  progress(event: { stage: string; subject: string; done: number; total: number }): void;
}

/** The models of a folder, each after those that it reads. */
export function planModels(
  warehouse: Warehouse,
  folder = new URL('./', import.meta.url),
): Promise<OrderedSql[]> {
  return dependencyOrder(warehouse, 'features', sqlFiles(folder));
}

/**
 * Builds `features.<file name>` for every `.sql` file of the folder, after the tables it reads. Returns the tables
 * built, in that order.
 * @throws GhostcardError E_INTERNAL when models read each other in a circle or a wanted table has no model.
 */
export async function runModels(
  warehouse: Warehouse,
  { snapshot, only, folder, plan }: ModelOptions,
  { progress }: ModelEffects,
): Promise<string[]> {
  const all = plan ?? (await planModels(warehouse, folder));
  for (const table of only ?? []) {
    if (all.some((model) => `features.${model.name}` === table)) continue;
    throw new GhostcardError('E_INTERNAL', {
      subject: table,
      expected: 'a file of that name in pipelines/models',
      got: 'none',
      todo: 'Add the model or correct what the detector reads.',
    });
  }
  const models = only ? closureOf('features', all, only) : [...all];
  for (const [done, model] of models.entries()) {
    progress({ stage: 'models', subject: model.name, done, total: models.length });
    await warehouse.run(`CREATE OR REPLACE TABLE features."${model.name}" AS ${model.sql}`, { snapshot });
  }
  return models.map((model) => `features.${model.name}`);
}
