/**
 * The only door to DuckDB: opens it with every limit in force, runs SQL with bound parameters, and closes it.
 */
import { mkdirSync } from 'node:fs';
import { type DuckDBConnection, DuckDBInstance, type DuckDBValue } from '@duckdb/node-api';
import type { Chunk } from '../../contracts/learner.ts';
import { engineError } from './engine-error.ts';
import { literals, PARAMETER } from './sql-text.ts';
import { plainValue } from './values.ts';

export interface WarehouseOptions {
  /** Database file, or `:memory:`. */
  path: string;
  threads: number;
  /** DuckDB size text, e.g. `3GB`. */
  memory: string;
  /** Folder for spilled data; created if absent. */
  temp?: string;
}

export type Params = Readonly<Record<string, string | number | bigint | boolean | null>>;

export interface Warehouse {
  /** The raw connection, for appenders. */
  readonly connection: DuckDBConnection;
  /** Runs a statement (or several, without parameters). This and the next three throw E_MEMORY and E_DISK. */
  run(sql: string, params?: Params): Promise<void>;
  /** All rows of a query that is known to be small. Integers beyond 2^53 throw. */
  rows<T>(sql: string, params?: Params): Promise<T[]>;
  /** First row of a query. Throws when there is none. */
  row<T>(sql: string, params?: Params): Promise<T>;
  /**
   * A result of any size in chunks of at most 2,048 rows, one array per column of the types `C`: memory is
   * one chunk. Values are DuckDB's own: INTEGER and DOUBLE are numbers, BIGINT is a bigint. The connection
   * runs nothing else until it is read.
   */
  stream<C extends readonly unknown[]>(sql: string, params?: Params): AsyncIterable<Chunk<C>>;
  /** Names and DuckDB types that a query returns, without running it. */
  describe(sql: string): Promise<{ name: string; type: string }[]>;
  /**
   * Does `work` in an instance of its own on the same database, which reaches files of `directories` and no
   * others and cannot change a setting. In memory, where there is but one instance, that one is sealed for
   * good.
   */
  sealed<T>(directories: readonly string[], work: (warehouse: Warehouse) => Promise<T>): Promise<T>;
  close(): void;
}

/** `$names` that a statement binds. Comments and string literals are skipped. */
export function parameterNames(sql: string): Set<string> {
  return new Set([...sql.matchAll(PARAMETER)].flatMap(([, name]) => name ?? []));
}

/** Only the parameters that the statement names: DuckDB refuses the others. */
function bound(sql: string, params: Params | undefined): Record<string, DuckDBValue> | undefined {
  if (!params) return undefined;
  const used = [...parameterNames(sql)].filter((name) => Object.hasOwn(params, name));
  if (used.length === 0) return undefined;
  return Object.fromEntries(
    used.map((name) => {
      const value = params[name]!;
      return [name, typeof value === 'number' && Number.isInteger(value) ? BigInt(value) : value];
    }),
  );
}

async function connect(options: WarehouseOptions) {
  const instance = await DuckDBInstance.create(options.path, {
    threads: String(options.threads),
    memory_limit: options.memory,
    autoinstall_known_extensions: 'false',
    autoload_known_extensions: 'false',
    preserve_insertion_order: 'false',
    ...(options.temp ? { temp_directory: options.temp } : {}),
  });
  const connection = await instance.connect();
  await connection.run("SET TimeZone = 'UTC'");
  return { instance, connection };
}

/**
 * From here on the instance reads no files but those of `directories`, and no statement can take that back.
 */
async function seal(connection: DuckDBConnection, directories: readonly string[]): Promise<void> {
  await connection.run(`SET allowed_directories = ${literals(directories)}`);
  await connection.run('SET enable_external_access = false');
  await connection.run('SET lock_configuration = true');
}

/**
 * Opens a database. Extensions are never loaded or installed on their own, time is UTC, and limits stand in
 * the configuration at open, since a later `SET` comes after a WAL replay.
 */
export async function openWarehouse(options: WarehouseOptions): Promise<Warehouse> {
  if (options.temp) mkdirSync(options.temp, { recursive: true });
  let { instance, connection } = await connect(options);
  const refuse = (error: unknown): never => {
    throw engineError(error, options.memory);
  };
  const warehouse: Warehouse = {
    get connection() {
      return connection;
    },
    async run(sql, params) {
      await connection.run(sql, bound(sql, params)).catch(refuse);
    },
    async rows<T>(sql: string, params?: Params) {
      const reader = await connection.runAndReadAll(sql, bound(sql, params)).catch(refuse);
      const names = reader.deduplicatedColumnNames();
      return reader
        .getRows()
        .map((row) => Object.fromEntries(row.map((value, i) => [names[i]!, plainValue(value)])) as T);
    },
    async row<T>(sql: string, params?: Params) {
      const [first] = await warehouse.rows<T>(sql, params);
      if (first === undefined) throw new Error(`no row from: ${sql.slice(0, 200)}`);
      return first;
    },
    async *stream<C extends readonly unknown[]>(sql: string, params?: Params) {
      const result = await connection.stream(sql, bound(sql, params)).catch(refuse);
      for (;;) {
        const chunk = await result.fetchChunk().catch(refuse);
        if (!chunk || chunk.rowCount === 0) return;
        yield { columns: chunk.getColumns() as unknown as Chunk<C>['columns'], rowCount: chunk.rowCount };
      }
    },
    async describe(sql) {
      // An unbound parameter leaves the type of what is built from it open; all of ours are whole numbers.
      const prepared = await connection.prepare(
        sql.replace(PARAMETER, (whole, name) => (name ? 'CAST(NULL AS BIGINT)' : whole)),
      );
      const columns = Array.from({ length: prepared.columnCount }, (_, i) => ({
        name: prepared.columnName(i),
        type: prepared.columnType(i).toString(),
      }));
      prepared.destroySync();
      return columns;
    },
    async sealed(directories, work) {
      if (options.path === ':memory:') {
        await seal(connection, directories);
        return work(warehouse);
      }
      warehouse.close();
      try {
        const inner = await openWarehouse(options);
        try {
          await seal(inner.connection, directories);
          return await work(inner);
        } finally {
          inner.close();
        }
      } finally {
        ({ instance, connection } = await connect(options));
      }
    },
    close() {
      connection.closeSync();
      instance.closeSync();
    },
  };
  return warehouse;
}
