/** The truth of cells of the grammar, as the figures need it. */
import { join } from 'node:path';
import type { Warehouse } from '../../pipelines/warehouse/warehouse.ts';
import type { Cell } from '../worlds/cells.ts';
import { prefixOf } from '../worlds/pool.ts';
import { type TruthPart, truthSql } from './truth-files.ts';

/** A part of the truth as a relation; empty where the world has nothing to say. */
export const truthTable = (cell: Pick<Cell, 'folder'>, part: TruthPart): string =>
  `(${truthSql(join(cell.folder, `labels-${part}.csv`), part)})`;

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
      `SELECT subject_id AS id, trait, blur FROM ${truthTable(cell, 'traits')}
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

/**
 * Moves of framers by the account of the victim, named as in a pool of the cells; those of the framers left
 * out.
 */
export async function movesOfCells(
  cells: readonly Cell[],
  warehouse: Warehouse,
): Promise<Map<string, string[]>> {
  const found = new Map<string, string[]>();
  for (const cell of cells) {
    const rows = await warehouse.rows<{ account: string; trait: string }>(
      `SELECT DISTINCT t.subject_id AS account, t.trait FROM ${truthTable(cell, 'traits')} t
       JOIN ${truthTable(cell, 'groups')} g ON g."group" = t."group" AND g.truth = 'good'
       WHERE starts_with(t.trait, 'framing.') ORDER BY ALL`,
    );
    for (const { account, trait } of rows) {
      const key = prefixOf(cell) + account;
      found.set(key, [...(found.get(key) ?? []), trait]);
    }
  }
  return found;
}
