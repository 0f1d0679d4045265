/** Rules of one statement of a unit, read from DuckDB's own parse tree. */
import { ROW_FUNCTIONS } from '../../pipelines/warehouse/sql-files.ts';
import { isBannedForUnits, ORDERED_SQL } from '../banned-sql.ts';
import type { Statement } from './parse-tree.ts';
import type { Violation } from './unit.ts';

/** Schemas that every unit may read. */
export const SHARED_SCHEMAS: readonly string[] = ['raw', 'rollup', 'features', 'reference'];

/** Numbers that need no name. */
const PLAIN = new Set([0, 1, 2, 0.5]);

const WIDEST = 110;
const MOST_CTES = 12;

/** Why a name in FROM is refused, or ''. `own`: the unit's own tables. */
function tableFault(
  { catalog, schema, name }: Statement['tables'][number],
  ctes: ReadonlySet<string>,
  own: ReadonlySet<string>,
): string {
  const full = [catalog, schema, name].filter((part) => part !== '').join('.');
  if (catalog !== '') return `reads ${full}: a table has a schema and no catalogue`;
  if (schema === '')
    return ctes.has(name.toLowerCase()) ? '' : `reads ${full}, which is no table of a schema`;
  if (schema === 'own') return own.has(name) ? '' : `reads ${full}, which this folder does not make`;
  if (full === 'raw.labels') return 'reads raw.labels: nobody but evaluate reads the truth';
  return SHARED_SCHEMAS.includes(schema)
    ? ''
    : `reads ${full}: a unit reads ${SHARED_SCHEMAS.join(', ')} and its own tables`;
}

export function tableViolations(
  path: string,
  { tables, ctes, odd, tableFunctions }: Statement,
  own: ReadonlySet<string>,
): Violation[] {
  const known = new Set(ctes);
  const faults = [
    ...tables.map((table) => tableFault(table, known, own)),
    ...odd.map((type) => `has ${type} in FROM`),
    ...tableFunctions
      .filter((name) => !ROW_FUNCTIONS.has(name))
      .map((name) => `calls the table function ${name}()`),
  ];
  return [...new Set(faults)]
    .filter((fault) => fault !== '')
    .map((fault) => ({ kind: 'table', says: `${path} ${fault}` }));
}

export function callViolations(path: string, { functions, unordered }: Statement): Violation[] {
  const banned = [...new Set(functions)].filter(isBannedForUnits).map((name) => `calls ${name}()`);
  const open = [...new Set(unordered)]
    .filter((name) => ORDERED_SQL.includes(name))
    .map((name) => `calls ${name}() without ORDER BY`);
  return [...banned, ...open].map((says) => ({ kind: 'banned', says: `${path} ${says}` }));
}

/** Numbers without a name, each with its line. */
export function literalViolations(path: string, sql: string, { numbers }: Statement): Violation[] {
  const bytes = Buffer.from(sql);
  return numbers
    .filter(({ value }) => !PLAIN.has(Math.abs(value)))
    .map(({ value, at }) => {
      const line = at < 0 ? '' : `:${bytes.subarray(0, at).toString().split('\n').length}`;
      return { kind: 'literal', says: `${path}${line} writes ${value}: give the number a name in params` };
    });
}

/** Width, length and opening of the text. */
export function layoutViolations(path: string, sql: string, { ctes, statements }: Statement): Violation[] {
  const found: Violation[] = [];
  if (statements !== 1)
    found.push({ kind: 'statement', says: `${path} holds ${statements} statements, not one SELECT` });
  if (!sql.startsWith('-- ')) found.push({ kind: 'statement', says: `${path} does not open with its claim` });
  if (ctes.length > MOST_CTES && !/^-- Long because \S/m.test(sql))
    found.push({
      kind: 'ctes',
      says: `${path} has ${ctes.length} CTEs, more than ${MOST_CTES}: split it into models`,
    });
  return [...found, ...wideViolations(path, sql)];
}

/** Lines that are wider than a reader's page. */
export function wideViolations(path: string, text: string): Violation[] {
  return text.split('\n').flatMap((line, i): Violation[] => {
    const width = [...line].length;
    return width > WIDEST ? [{ kind: 'wide', says: `${path}:${i + 1} is ${width} columns wide` }] : [];
  });
}
