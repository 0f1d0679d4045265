/** The order of SQL files that each make one table of a schema: derived from what their FROM clauses read. */
import { GhostcardError } from '../../contracts/errors.ts';

/** What makes one table of a schema. */
export interface Ordered {
  /** Name of the table, without its schema. */
  name: string;
  /** Tables that it reads, as `schema.table`, sorted. */
  reads: readonly string[];
}

/**
 * Items such that each comes after those of the same schema that it reads; ties stay in the given order.
 * @throws GhostcardError E_INTERNAL naming the cycle, where items read each other in a circle.
 */
export function dependencyOrder<T extends Ordered>(schema: string, items: readonly T[]): T[] {
  const byTable = new Map(items.map((item) => [`${schema}.${item.name}`, item]));
  const ordered = new Set<T>();
  const visit = (table: string, path: readonly string[]): void => {
    const file = byTable.get(table);
    if (!file || ordered.has(file)) return;
    if (path.includes(table)) {
      throw new GhostcardError('E_INTERNAL', {
        subject: `SQL of ${schema}`,
        expected: 'tables that do not read each other in a circle',
        got: [...path.slice(path.indexOf(table)), table].join(' → '),
        todo: 'Break the circle in the FROM clauses.',
      });
    }
    for (const read of file.reads) visit(read, [...path, table]);
    ordered.add(file);
  };
  for (const table of byTable.keys()) visit(table, []);
  return [...ordered];
}

/** The files that the wanted tables need, themselves included, in the given order. */
export function closureOf<T extends Ordered>(
  schema: string,
  ordered: readonly T[],
  wanted: readonly string[],
): T[] {
  const needed = new Set(wanted);
  // Backwards: a file stands after what it reads, so one pass reaches everything.
  for (const file of [...ordered].reverse()) {
    if (needed.has(`${schema}.${file.name}`)) for (const read of file.reads) needed.add(read);
  }
  return ordered.filter((file) => needed.has(`${schema}.${file.name}`));
}
