/** The brake on lost input: values and rows that could not be read, counted by the owners whom they hit. */
import { readFileSync } from 'node:fs';
import { REJECT_CODES, type RejectCode } from '../../contracts/errors.ts';
import type { Policy } from '../../contracts/policy.ts';
import type { BrakeRow } from '../../contracts/verdict.ts';
import type { Warehouse } from '../warehouse/warehouse.ts';

/**
 * Owners of the dataset, how many of them a loss hit, and the tables that cards need of which no row was
 * loaded.
 */
export interface InputLoss {
  owners: number;
  hit: number;
  refused: readonly { table: string; rows: number }[];
}

/** One owner alone stops no audit, however small the dataset. */
const FEW = 2;

/** Fills `verdict.loss`, `verdict.refused_table` and `verdict.input_loss`; shapes in input-loss.sql. */
export async function measureLoss(warehouse: Warehouse): Promise<InputLoss> {
  await warehouse.run(readFileSync(new URL('./input-loss.sql', import.meta.url), 'utf8'));
  const counted = await warehouse.row<{ owners: number; hit: number }>(
    'SELECT owners, hit FROM verdict.input_loss',
  );
  const refused = await warehouse.rows<{ table: string; rows: number }>(
    'SELECT table_name AS "table", "rows" FROM verdict.refused_table ORDER BY table_name',
  );
  return { ...counted, refused };
}

/**
 * Where most owners lost something and the first refused row, as the tail of a message; empty when nothing
 * was lost.
 */
export async function worstLoss(warehouse: Warehouse): Promise<string> {
  const columns = await warehouse.rows<{ place: string; owners: number }>(
    `SELECT CASE WHEN column_name = '' THEN 'rows of ' || table_name ELSE table_name || '.' || column_name END AS place,
       count(DISTINCT coalesce(account_id, '')) AS owners
     FROM verdict.loss GROUP BY place ORDER BY owners DESC, place LIMIT 1`,
  );
  const rows = await warehouse.rows<{ file: string; line: number; column: string; code: RejectCode }>(
    `SELECT file, line, "column", code FROM loaded.rejected ORDER BY file, line, code, "column" LIMIT 1`,
  );
  const [most, refused] = [columns[0], rows[0]];
  return [
    most ? `, most in ${most.place} (${most.owners} owners)` : '',
    refused
      ? `, first refused ${refused.file} line ${refused.line}${refused.column && `, ${refused.column}`}: ${REJECT_CODES[refused.code] ?? refused.code} (${refused.code})`
      : '',
  ].join('');
}

const row = (segment: string, observed: number, allowed: number, total: number): BrakeRow => ({
  name: 'input-loss',
  segment,
  observed,
  allowed,
  total,
  overridden_why: null,
});

/** A row when the loss hits too many owners, and one for each table that was refused whole. */
export function lossBrakes({ owners, hit, refused }: InputLoss, limits: Policy['brakes']): BrakeRow[] {
  const { stop } = limits.inputLoss;
  const whole = refused.map(({ table, rows }) => row(table, 1, stop, rows));
  if (hit < FEW || hit < stop * owners) return whole;
  return [row('', Math.round((hit / owners) * 1e6) / 1e6, stop, owners), ...whole];
}

const percent = (share: number): string => `${Math.round(1000 * share) / 10} %`;

/**
 * A brake on lost input in words, the same wherever it is told. `limit` is what stops: '' for a table that
 * was refused whole.
 */
export function lossText({ segment, observed, allowed, total }: BrakeRow): { got: string; limit: string } {
  if (segment !== '') return { got: `all ${total} rows of ${segment} were refused`, limit: '' };
  const hit = Math.round(observed * total);
  return {
    got: `${hit} of ${total} owners (${percent(observed)}) lost a value or a row`,
    limit: `${percent(allowed)} stops`,
  };
}
