/** Learned tables: what no single SELECT can say. Created empty, then filled by their learner. */
import { GhostcardError } from '../../contracts/errors.ts';
import type {
  Bound,
  Cell,
  LearnBackend,
  LearnContext,
  LearnedType,
  Learner,
  LearnTables,
} from '../../contracts/learner.ts';
import { appendRows, type CellKind } from '../warehouse/append.ts';
import { sourcesOf } from '../warehouse/sql-files.ts';
import type { Warehouse } from '../warehouse/warehouse.ts';

const KIND: Readonly<Record<LearnedType, CellKind>> = {
  VARCHAR: 'text',
  BIGINT: 'int',
  DOUBLE: 'float',
  BOOLEAN: 'boolean',
  'VARCHAR[]': 'texts',
};

/** TensorFlow.js, started when the first learner asks for it. */
export interface Tensors {
  backend(): Promise<LearnBackend>;
  /** Which back end computed, or null when no learner asked for one. Belongs into the manifest. */
  used(): string | null;
}

export function tensors(): Tensors {
  let opened: Promise<LearnBackend> | undefined;
  let used: string | null = null;
  return {
    backend() {
      opened ??= import('./backend.ts').then(async ({ openBackend }) => {
        const backend = await openBackend();
        used = `tensorflow.js ${backend.version} ${backend.name}`;
        return backend;
      });
      return opened;
    },
    used: () => used,
  };
}

/**
 * The tables that a learner declares, and no other: each statement is parsed, must be one SELECT, and may
 * name what `reads` names.
 * @throws GhostcardError E_INTERNAL for a statement that reads something else.
 */
function declaredTables(
  warehouse: Warehouse,
  schema: string,
  { name, reads }: Pick<Learner, 'name' | 'reads'>,
): LearnTables {
  const known = new Set<string>();
  const check = async (sql: string): Promise<void> => {
    if (known.has(sql)) return;
    const others = (await sourcesOf(warehouse, sql)).filter((source) => !reads.includes(source));
    if (others.length > 0) {
      throw new GhostcardError('E_INTERNAL', {
        subject: `learner of ${schema}.${name}`,
        expected: `statements that read ${reads.join(', ')}`,
        got: others.join(', '),
        todo: 'Declare the table in `reads`, or leave it alone.',
      });
    }
    known.add(sql);
  };
  return {
    async rows<T>(sql: string, params?: Bound) {
      await check(sql);
      return warehouse.rows<T>(sql, params);
    },
    async row<T>(sql: string, params?: Bound) {
      await check(sql);
      return warehouse.row<T>(sql, params);
    },
    async *stream<C extends readonly unknown[]>(sql: string, params?: Bound) {
      await check(sql);
      yield* warehouse.stream<C>(sql, params);
    },
  };
}

/** Creates `<schema>.<name>` and has the learner fill it. */
export async function fillLearned(
  warehouse: Warehouse,
  schema: string,
  { name, reads, columns, fill }: Learner,
  { snapshot, params, backend }: Pick<LearnContext, 'snapshot' | 'params' | 'backend'>,
): Promise<void> {
  const typed = Object.entries(columns).map(([column, type]) => `"${column}" ${type}`);
  await warehouse.run(`CREATE OR REPLACE TABLE ${schema}."${name}" (${typed.join(', ')})`);
  const names = Object.keys(columns);
  const kinds = Object.values(columns).map((type) => KIND[type]);
  await fill({
    tables: declaredTables(warehouse, schema, { name, reads }),
    snapshot,
    params,
    backend,
    append(rows) {
      const cells = function* (): Generator<Cell[]> {
        for (const row of rows) yield names.map((column) => row[column] ?? null);
      };
      return appendRows(warehouse, schema, name, kinds, cells());
    },
  });
}
