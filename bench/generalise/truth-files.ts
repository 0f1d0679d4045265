/** The files of truth that the generator writes beside the labels (`fixtures/worlds/grammar/truth.ts`). */
import { existsSync, statSync } from 'node:fs';
import { literal } from '../../pipelines/warehouse/sql-text.ts';

/** Columns of each part, with the types that they are read as. */
export const TRUTH_COLUMNS = {
  groups: {
    '"group"': 'VARCHAR',
    truth: 'VARCHAR',
    kind: 'VARCHAR',
    strength: 'INTEGER',
    concealment: 'DOUBLE',
    accounts: 'INTEGER',
    devices: 'INTEGER',
    cost_usd: 'DOUBLE',
  },
  traits: {
    '"group"': 'VARCHAR',
    trait: 'VARCHAR',
    subject_type: 'VARCHAR',
    subject_id: 'VARCHAR',
    blur: 'DOUBLE',
  },
  members: {
    '"group"': 'VARCHAR',
    subject_type: 'VARCHAR',
    subject_id: 'VARCHAR',
  },
} as const;

export type TruthPart = keyof typeof TRUTH_COLUMNS;

/** True where a file of truth says anything: one about nothing is empty, or is not there. */
export const saysAnything = (path: string): boolean => existsSync(path) && statSync(path).size > 0;

/** A query of a part's columns; without rows where the file says nothing. */
export function truthSql(path: string, part: TruthPart): string {
  const columns = Object.entries(TRUTH_COLUMNS[part]);
  if (!saysAnything(path))
    return `SELECT ${columns.map(([name, type]) => `NULL::${type} AS ${name}`).join(', ')} WHERE false`;
  return `SELECT ${columns.map(([name, type]) => `${name}::${type} AS ${name}`).join(', ')}
          FROM read_csv(${literal(path)}, header = true, all_varchar = true)`;
}
