/**
 * Columns whose value does not stand in the file: constants of the mapping, and keys of the folders above the
 * file.
 */
import { SQL_TYPE } from '../../contracts/dataset.ts';
import { GhostcardError } from '../../contracts/errors.ts';
import { literal } from '../warehouse/sql-text.ts';
import type { PlannedColumn } from './mapped.ts';
import type { PartColumn, SourceFile } from './source.ts';
import { ruleOf } from './value-rule.ts';
import { type Parsed, parseValue } from './values.ts';

/** What Hive writes for a NULL. */
const HIVE_NULL = '__HIVE_DEFAULT_PARTITION__';

function decoded(value: string): string {
  try {
    return decodeURIComponent(value);
  } catch {
    return value;
  }
}

/**
 * Keys of the folders above a file, as `{day, region}` of `day=2024-04-25/region=eu/part-0.parquet`; the last
 * of a name holds.
 */
function partitionsOf(relative: string): ReadonlyMap<string, string> {
  const folders = relative.split('/').slice(0, -1);
  return new Map(
    folders
      .filter((folder) => folder.includes('='))
      .map((folder) => [
        folder.slice(0, folder.indexOf('=')),
        decoded(folder.slice(folder.indexOf('=') + 1)),
      ]),
  );
}

/**
 * The canonical text of a fixed column, null for NULL. @throws E_MAPPING for a folder key that is absent or
 * no such value.
 */
function textOf({ relative }: SourceFile, column: PlannedColumn): string | null {
  const { meta, mapping } = column;
  if (mapping?.constant !== undefined) return mapping.constant;
  const key = mapping!.partition!;
  const value = partitionsOf(relative).get(key);
  const fault = (expected: string, got: string) =>
    new GhostcardError('E_MAPPING', {
      subject: relative,
      expected,
      got,
      todo: `Correct the folder, or map ${meta.name} to another column in ghostcard.yaml.`,
    });
  if (value === undefined) throw fault(`a folder ${key}=… above the file, mapped to ${meta.name}`, 'none');
  if (value === HIVE_NULL) return null;
  const parsed: Parsed = value.includes('\0')
    ? { ok: false, code: 'R_NUL', expected: 'text without NUL' }
    : parseValue(ruleOf(column), value);
  if (!parsed.ok)
    throw fault(`${parsed.expected} as ${key}, mapped to ${meta.name}`, JSON.stringify(value.slice(0, 80)));
  return parsed.text;
}

/**
 * How every fixed column of a table stands in a part of a file: as the same literal in each row. @throws
 * E_MAPPING
 */
export function fixedColumns(file: SourceFile, planned: readonly PlannedColumn[]): PartColumn[] {
  return planned
    .filter(({ origin }) => origin === 'fixed')
    .map((column) => {
      const text = textOf(file, column);
      const type = SQL_TYPE[column.meta.kind];
      const sql = `CAST(${text === null ? 'NULL' : literal(text)} AS ${type})`;
      return { column: column.meta.name, source: '', type, sql };
    });
}
