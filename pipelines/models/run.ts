/**
 * Models: what two or more detectors share, each one table of `features`: a SELECT, or a learner where none
 * says it.
 */
import { readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { GhostcardError } from '../../contracts/errors.ts';
import type { Learner } from '../../contracts/learner.ts';
import { type Numbers, withNumbers } from '../warehouse/numbers.ts';
import { sqlFiles, tablesRead } from '../warehouse/sql-files.ts';
import { closureOf, dependencyOrder, type Ordered } from '../warehouse/sql-order.ts';
import type { Warehouse } from '../warehouse/warehouse.ts';
import { BURSTS_READ, fillBursts } from './groups/bursts.ts';
import { fillComponents } from './groups/components.ts';
import { fillLabels } from './groups/labels.ts';
import { fillTrees } from './groups/trees.ts';
import { fillLearned, type Tensors, tensors } from './learn.ts';

/** What is made of a file's SELECT: the table itself, or the groups among its rows (`<table>.<kind>.sql`). */
const KINDS = {
  components: fillComponents,
  labels: fillLabels,
  bursts: fillBursts,
  trees: fillTrees,
} as const;
type Kind = 'table' | keyof typeof KINDS;

/** One table: made of a SELECT or filled by a learner. */
export interface Model extends Ordered {
  make: { sql: string; kind: Kind } | { learner: Learner };
}

/**
 * What a model file's name says, without `.sql`: the table, what is made of its SELECT, and the tables that are read
 * for that beside it.
 * @throws GhostcardError E_INTERNAL for a kind that does not exist.
 */
export function modelOf(file: string): { name: string; kind: Kind; reads: readonly string[] } {
  const [name, kind = 'table'] = file.split('.') as [string, string?];
  if (kind === 'table' || Object.hasOwn(KINDS, kind))
    return { name, kind: kind as Kind, reads: kind === 'bursts' ? BURSTS_READ : [] };
  throw new GhostcardError('E_INTERNAL', {
    subject: `${file}.sql`,
    expected: `<table>.sql or <table>.<kind>.sql, kind being one of ${Object.keys(KINDS).join(', ')}`,
    got: kind,
    todo: 'Rename the file.',
  });
}

export interface ModelOptions {
  /** UTC epoch ms; the only clock that a model may know, bound as `$snapshot`. */
  snapshot: number;
  /** Build only these tables (`<schema>.<name>`) and what they read; default all. */
  only?: readonly string[];
  /** Numbers that the tables' SQL names, put in as literals. */
  params?: Numbers;
}

export interface ModelEffects {
  warehouse: Warehouse;
  tensors: Tensors;
  progress(event: { stage: string; subject: string; done: number; total: number }): void;
}

/** The effects of work that nobody watches. */
export const quietEffects = (warehouse: Warehouse): ModelEffects => ({
  warehouse,
  tensors: tensors(),
  progress: () => {},
});

const HERE = new URL('./', import.meta.url);

/**
 * The SELECTs of `folder` and `learners` as tables of `schema`, each after those that it reads.
 * @throws GhostcardError E_INTERNAL when tables read each other in a circle.
 */
export async function planTables(
  warehouse: Warehouse,
  schema: string,
  { folder, learners }: { folder?: URL; learners: readonly Learner[] },
): Promise<Model[]> {
  const selects = await Promise.all(
    (folder ? sqlFiles(folder) : []).map(async ({ name: file, sql }): Promise<Model> => {
      const { name, kind, reads } = modelOf(file);
      const all = new Set([...(await tablesRead(warehouse, sql)), ...reads]);
      return { name, reads: [...all].sort(), make: { sql, kind } };
    }),
  );
  const learned = learners.map(
    (learner): Model => ({ name: learner.name, reads: [...learner.reads], make: { learner } }),
  );
  return dependencyOrder(schema, [...selects, ...learned]);
}

/** Learners among the models: every `<table>.learn.ts` of this folder. */
export async function sharedLearners(): Promise<Learner[]> {
  const files = readdirSync(fileURLToPath(HERE)).filter((file) => /\.learn\.(ts|js)$/.test(file));
  return Promise.all(
    files
      .sort()
      .map(async (file) => ((await import(new URL(file, HERE).href)) as { learner: Learner }).learner),
  );
}

/** All models of `features`, each after those that it reads. Parsed once where models run many times. */
export async function planModels(warehouse: Warehouse): Promise<Model[]> {
  return planTables(warehouse, 'features', { folder: HERE, learners: await sharedLearners() });
}

/**
 * Builds the tables of a plan in `schema`, or those of `only` and what they read. Returns their names, in
 * that order.
 * @throws GhostcardError E_INTERNAL when a wanted table has no model.
 */
export async function buildTables(
  schema: string,
  plan: readonly Model[],
  { snapshot, only, params = {} }: ModelOptions,
  { warehouse, tensors, progress }: ModelEffects,
): Promise<string[]> {
  for (const table of only ?? []) {
    if (plan.some((model) => `${schema}.${model.name}` === table)) continue;
    throw new GhostcardError('E_INTERNAL', {
      subject: table,
      expected: `a file of that name that makes a table of ${schema}`,
      got: 'none',
      todo: 'Add the model or correct what the detector reads.',
    });
  }
  const models = only ? closureOf(schema, plan, only) : [...plan];
  for (const [done, { name, make }] of models.entries()) {
    progress({ stage: 'models', subject: name, done, total: models.length });
    if ('learner' in make) {
      await fillLearned(warehouse, schema, make.learner, { snapshot, params, backend: tensors.backend });
      continue;
    }
    const sql = withNumbers(make.sql, params);
    if (make.kind === 'table') {
      await warehouse.run(`CREATE OR REPLACE TABLE ${schema}."${name}" AS ${sql}`, { snapshot });
    } else {
      await KINDS[make.kind](warehouse, schema, name, sql, { snapshot });
    }
  }
  return models.map((model) => `${schema}.${model.name}`);
}
