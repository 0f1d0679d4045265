/** What no single SELECT can say: learned and sampled statistics, each one table of `learned`, filled before any detector runs. */
import { GhostcardError } from '../../contracts/errors.ts';
import type { Warehouse } from '../warehouse/warehouse.ts';
import type { LearnBackend } from './backend.ts';

export interface LearnContext {
  warehouse: Warehouse;
  /** UTC epoch ms; the only clock that a learner may know. */
  snapshot: number;
  /** Starts TensorFlow.js at the first call. Learners that need no tensors never ask. */
  backend(): Promise<LearnBackend>;
}

/** One table of `learned`. Seeded by constants, never by the clock; outputs rounded, so that detectors stay plain readers. */
export interface Learner {
  /** Table name without its schema. */
  name: string;
  /** Tables of `features`, `rollup` and `reference` that it reads. */
  reads: readonly string[];
  /** DuckDB types of the table's columns, in order. The table exists, empty, where there is nothing to learn from. */
  columns: Readonly<Record<string, string>>;
  fill(context: LearnContext): Promise<void>;
}

export interface LearnEffects {
  progress(event: { stage: string; subject: string; done: number; total: number }): void;
}

/** Which back end computed tensors, or null when no learner asked for one. Belongs into the manifest. */
export interface Learned {
  backend: string | null;
}

/**
 * Creates and fills `learned.<name>` of every learner, or of those that `only` names as `learned.<name>`.
 * @throws GhostcardError E_INTERNAL when a wanted table has no learner.
 */
export async function learn(
  warehouse: Warehouse,
  {
    learners,
    snapshot,
    only,
  }: { learners: readonly Learner[]; snapshot: number; only?: readonly string[] | undefined },
  { progress }: LearnEffects,
): Promise<Learned> {
  const chosen = only ? only.map((table) => learnerOf(table, learners)) : learners;
  let opened: Promise<LearnBackend> | undefined;
  const backend = () => {
    opened ??= import('./backend.ts').then(({ openBackend }) => openBackend());
    return opened;
  };
  for (const [done, { name, columns, fill }] of chosen.entries()) {
    progress({ stage: 'learn', subject: name, done, total: chosen.length });
    const typed = Object.entries(columns).map(([column, type]) => `"${column}" ${type}`);
    await warehouse.run(`CREATE OR REPLACE TABLE learned."${name}" (${typed.join(', ')})`);
    await fill({ warehouse, snapshot, backend });
  }
  const used = await opened;
  return { backend: used ? `tensorflow.js ${used.version} ${used.name}` : null };
}

/** The tables of `features` that the named tables of `learned` read. */
export function featuresRead(learners: readonly Learner[], only: readonly string[]): string[] {
  const reads = only.flatMap((table) => learnerOf(table, learners).reads);
  return [...new Set(reads.filter((table) => table.startsWith('features.')))].sort();
}

function learnerOf(table: string, learners: readonly Learner[]): Learner {
  const found = learners.find(({ name }) => `learned.${name}` === table);
  if (found) return found;
  throw new GhostcardError('E_INTERNAL', {
    subject: table,
    expected: 'a learner of that name in pipelines/learn/learners.ts',
    got: 'none',
    todo: 'Add the learner or correct what the detector reads.',
  });
}
