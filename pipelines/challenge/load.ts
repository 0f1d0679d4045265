/** Puts plans into the warehouse, where models and detectors read them beside the dataset. */
import { type ColumnKind, columnsOf } from '../../contracts/dataset.ts';
import { GhostcardError } from '../../contracts/errors.ts';
import { appendRows, type CellKind } from '../warehouse/append.ts';
import type { Warehouse } from '../warehouse/warehouse.ts';
import { readPlan } from './plan-file.ts';

const CELL: Readonly<Partial<Record<ColumnKind, CellKind>>> = { text: 'text', int: 'int', time: 'int' };

/**
 * Fills `loaded.challenges` from plan files, none to empty it, and gives back the columns that it has then.
 * Throws E_CHALLENGES for a file that is no plan, or for one plan given twice.
 */
export async function loadChallenges(
  warehouse: Warehouse,
  paths: readonly string[],
): Promise<{ challenges?: readonly string[] }> {
  await warehouse.run('TRUNCATE loaded.challenges');
  const columns = columnsOf('challenges');
  const plans = new Set<string>();
  for (const path of paths) {
    const rows = await readPlan(path);
    const own = new Set(rows.map(({ plan_id }) => plan_id));
    for (const plan of own) {
      if (!plans.has(plan)) continue;
      const todo = 'Give each plan once.';
      throw new GhostcardError('E_CHALLENGES', { subject: path, expected: 'another plan', got: plan, todo });
    }
    for (const plan of own) plans.add(plan);
    const kinds = columns.map(({ kind }) => CELL[kind]!);
    const names = columns.map(({ name }) => name as keyof (typeof rows)[number]);
    await appendRows(
      warehouse,
      'loaded',
      'challenges',
      kinds,
      rows.map((row) => names.map((name) => row[name])),
    );
  }
  return paths.length === 0 ? {} : { challenges: columns.map(({ name }) => name) };
}
