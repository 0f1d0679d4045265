/** The truth of cells of the grammar, as the figures need it. */
import { existsSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { literal } from '../../pipelines/warehouse/sql-text.ts';
import type { Warehouse } from '../../pipelines/warehouse/warehouse.ts';
import type { Cell } from '../worlds/cells.ts';
import { prefixOf } from '../worlds/pool.ts';

/** A file beside `labels.csv` as a relation; empty where the world has nothing to say. */
export function truthTable(cell: Pick<Cell, 'folder'>, part: 'groups' | 'traits'): string {
  const path = join(cell.folder, `labels-${part}.csv`);
  if (existsSync(path) && statSync(path).size > 0)
    return `read_csv(${literal(path)}, header = true, all_varchar = true)`;
  const columns =
    part === 'traits' ? ['group', 'trait', 'subject_type', 'subject_id', 'blur'] : ['group', 'truth'];
  return `(SELECT ${columns.map((name) => `NULL::VARCHAR AS "${name}"`).join(', ')} WHERE false)`;
}

export interface SharedTrait {
  trait: string;
  blur: number;
}

/** Traits by subject, named as in a pool of the cells. A device has its own alone. */
export async function traitsOfCells(
  cells: readonly Cell[],
  warehouse: Warehouse,
): Promise<Map<string, SharedTrait[]>> {
  const found = new Map<string, SharedTrait[]>();
  for (const cell of cells) {
    const rows = await warehouse.rows<{ id: string; trait: string; blur: number }>(
      `SELECT subject_id AS id, trait, blur::DOUBLE AS blur FROM ${truthTable(cell, 'traits')}
       ORDER BY id, trait`,
    );
    for (const { id, ...trait } of rows) {
      const key = prefixOf(cell) + id;
      const known = found.get(key);
      if (known) known.push(trait);
      else found.set(key, [trait]);
    }
  }
  return found;
}

/** Moves of framers by the group of the victims, named as operators in a pool of the cells. */
export async function movesOfCells(
  cells: readonly Cell[],
  warehouse: Warehouse,
): Promise<Map<string, string[]>> {
  const found = new Map<string, string[]>();
  for (const cell of cells) {
    const rows = await warehouse.rows<{ group: string; trait: string }>(
      `SELECT DISTINCT t."group", t.trait FROM ${truthTable(cell, 'traits')} t
       JOIN ${truthTable(cell, 'groups')} g ON g."group" = t."group" AND g.truth = 'good'
       WHERE starts_with(t.trait, 'framing.') ORDER BY ALL`,
    );
    for (const { group, trait } of rows) {
      const key = prefixOf(cell) + group;
      found.set(key, [...(found.get(key) ?? []), trait]);
    }
  }
  return found;
}
