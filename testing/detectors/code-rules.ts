/** Rules of the TypeScript of a unit: whom it imports, and what the SQL inside it names. */
import { join } from 'node:path/posix';
import { readSyntax } from '../../test/syntax.ts';
import { codeViolations as roomViolations } from '../../test/violations.ts';
import type { Unit, Violation } from './unit.ts';

const CLOSED =
  /\b(loaded|rollup_all|evidence|operator|verdict|information_schema|pg_catalog|sqlite_master)\s*\./i;
const TRUTH = /\blabels\b/i;
const FILES =
  /\b(read_\w+|glob|parquet_\w+|sniff_csv|query_table|duckdb_\w+|pragma_\w+)\s*\(|\b(from|join)\s+'/i;

/**
 * What a text of SQL in code names that a unit may not. The engine refuses at run time what `reads` does not
 * name.
 */
function sqlFaults(sql: string): string[] {
  return [CLOSED, TRUTH, FILES].flatMap((pattern) => pattern.exec(sql)?.[0] ?? []);
}

/** Tests and cases are free to import what tests may, but no other unit. */
function foreignUnits(id: string, path: string, imports: readonly string[]): string[] {
  return imports
    .filter((name) => name.startsWith('.'))
    .map((name) => join('detectors', id, path, '..', name))
    .filter((target) => target.startsWith('detectors/') && !target.startsWith(`detectors/${id}/`));
}

export function codeFaults({ detector: { id }, files }: Unit): Violation[] {
  return [...files]
    .filter(([path]) => path.endsWith('.ts'))
    .flatMap(([path, text]) => {
      const syntax = readSyntax(path, text);
      const test = path === 'cases.ts' || path.endsWith('.test.ts');
      return [
        ...roomViolations({ path: `detectors/${id}/${path}`, text }).map((says) =>
          says.replace(`detectors/${id}/`, ''),
        ),
        ...foreignUnits(id, path, syntax.imports).map((target) => `${path} imports ${target}`),
        ...(test ? [] : syntax.sql.flatMap(sqlFaults).map((name) => `${path} names ${name} in SQL`)),
      ];
    })
    .map((says) => ({ kind: 'code', says }));
}
