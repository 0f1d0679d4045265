/**
 * Labels to fit on, made from the truth of a cell: whole, with mistakes, or without the operators that share
 * one trait. Pure SQL from file to file.
 */
import { join } from 'node:path';
import { literal } from '../../pipelines/warehouse/sql-text.ts';
import type { Warehouse } from '../../pipelines/warehouse/warehouse.ts';
import type { Cell } from '../worlds/cells.ts';
import { truthTable } from './cell-truth.ts';

export type Variant =
  | { kind: 'whole' }
  /** Each label is wrong with the chance `share`, by a digest of the subject. */
  | { kind: 'noise'; share: number }
  /** Operators of whom a member or a machine has the trait are left out. */
  | { kind: 'without'; trait: string };

export const nameOf = (variant: Variant): string =>
  variant.kind === 'whole'
    ? 'fitted'
    : variant.kind === 'noise'
      ? `fitted, ${100 * variant.share} % of labels wrong`
      : `fitted without ${variant.trait}`;

const LABELS = 'subject_type, subject_id, truth, family, strength, operator';

/** 0 to 1 by a digest of the subject's name. */
const CHANCE =
  "(('0x' || substr(sha256('noise ' || subject_type || ' ' || subject_id), 1, 8))::BIGINT / 4294967296)";

/**
 * The fit counts by families. Families of the grammar are unions of traits, nearly every operator its own:
 * here a subject's family is the trait of its own that is hidden least.
 */
function withFamilies(cell: Cell): string {
  return `
    SELECT l.* REPLACE (
             CASE WHEN l.truth = 'bad' THEN coalesce(t.trait, split_part(l.family, '+', 1)) ELSE l.family END
             AS family)
    FROM read_csv(${literal(join(cell.folder, 'labels.csv'))}, header = true, all_varchar = true) l
    LEFT JOIN (SELECT subject_id, arg_min(trait, blur) AS trait
               FROM ${truthTable(cell, 'traits')} GROUP BY subject_id) t USING (subject_id)`;
}

function variantSql(cell: Cell, variant: Variant): string {
  const from = withFamilies(cell);
  if (variant.kind === 'whole') return `SELECT ${LABELS} FROM (${from})`;
  if (variant.kind === 'without')
    return `WITH l AS (${from})
            SELECT ${LABELS} FROM l WHERE truth = 'good' OR coalesce(operator, subject_id) NOT IN (
              SELECT coalesce(l.operator, l.subject_id) FROM l JOIN ${truthTable(cell, 'traits')} t USING (subject_id)
              WHERE t.trait = ${literal(variant.trait)} AND l.truth = 'bad')`;
  const wrong = `${CHANCE} < ${variant.share}`;
  return `
    SELECT subject_type, subject_id, strength,
           CASE WHEN (truth = 'bad') = (${wrong}) THEN 'good' ELSE 'bad' END AS truth,
           CASE WHEN NOT (${wrong}) THEN family WHEN truth = 'bad' THEN 'honest-mislabelled'
                ELSE 'mislabelled' END AS family,
           CASE WHEN ${wrong} THEN subject_id ELSE operator END AS operator
    FROM (${from})`;
}

/** Writes the labels of a variant into the cell's folder and returns their path. */
export async function writeFitLabels(cell: Cell, variant: Variant, warehouse: Warehouse): Promise<string> {
  const path = join(cell.folder, `labels-fit-${nameOf(variant).replace(/[^a-z0-9.]+/g, '-')}.csv`);
  await warehouse.run(
    `COPY (SELECT ${LABELS} FROM (${variantSql(cell, variant)}) ORDER BY subject_type, subject_id)
     TO ${literal(path)} (FORMAT csv, HEADER)`,
  );
  return path;
}
