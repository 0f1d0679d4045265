/** Learned tables: what no single SELECT can say. Created empty, then filled by their learner. */
import type { Cell, LearnBackend, LearnContext, LearnedType, Learner } from '../../contracts/learner.ts';
import { appendRows, type CellKind } from '../warehouse/append.ts';
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

/** Creates `<schema>.<name>` and has the learner fill it. */
export async function fillLearned(
  warehouse: Warehouse,
  schema: string,
  { name, columns, fill }: Learner,
  { snapshot, params, backend }: Pick<LearnContext, 'snapshot' | 'params' | 'backend'>,
): Promise<void> {
  const typed = Object.entries(columns).map(([column, type]) => `"${column}" ${type}`);
  await warehouse.run(`CREATE OR REPLACE TABLE ${schema}."${name}" (${typed.join(', ')})`);
  const names = Object.keys(columns);
  const kinds = Object.values(columns).map((type) => KIND[type]);
  await fill({
    tables: warehouse,
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
