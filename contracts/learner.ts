/**
 * What a learned table exports: `learn.ts` in a detector's folder, or `<table>.learn.ts` among the models.
 */
import type * as tf from '@tensorflow/tfjs-core';

/** A value of a row that goes into a table. Integers must be safe (at most 2^53). */
export type Cell = string | number | boolean | null | readonly string[];

/** A row of a learned table, by the names of its columns. */
export type LearnedRow = Readonly<Record<string, Cell>>;

/** TensorFlow.js with the back end that computes. */
export interface LearnBackend {
  /** Name for the manifest: back ends differ near 1e-5, so a result holds for one of them. */
  name: string;
  version: string;
  tf: typeof tf;
}

/**
 * Some rows of a result whose columns have the types `C`: one array per column, each of `rowCount` values.
 */
export interface Chunk<C extends readonly unknown[]> {
  columns: { readonly [K in keyof C]: readonly C[K][] };
  rowCount: number;
}

/** Values of the `$names` in a statement. */
export type Bound = Readonly<Record<string, string | number>>;

/** The tables as a learner may read them. */
export interface LearnTables {
  /** All rows of a query that is known to be small. */
  rows<T>(sql: string, params?: Bound): Promise<T[]>;
  /** First row of a query. Throws when there is none. */
  row<T>(sql: string, params?: Bound): Promise<T>;
  /**
   * A result of any size, chunk by chunk: memory is one chunk. INTEGER and DOUBLE are numbers, BIGINT is a
   * bigint.
   */
  stream<C extends readonly unknown[]>(sql: string, params?: Bound): AsyncIterable<Chunk<C>>;
}

export interface LearnContext {
  tables: LearnTables;
  /** UTC epoch ms; the only clock that a learner may know. */
  snapshot: number;
  /** Values of the unit's `params`, by name; none for a model that units share. */
  params: Readonly<Record<string, number>>;
  /** Starts TensorFlow.js at the first call. Learners that need no tensors never ask. */
  backend(): Promise<LearnBackend>;
  /** Appends rows to the learner's table, by the names of its columns. */
  append(rows: Iterable<LearnedRow>): Promise<void>;
}

/** DuckDB types that a learned column may have. */
export type LearnedType = 'VARCHAR' | 'BIGINT' | 'DOUBLE' | 'BOOLEAN' | 'VARCHAR[]';

/**
 * One table. Seeded by constants, never by the clock; outputs rounded, so that detectors stay plain readers.
 */
export interface Learner {
  /** Table name without its schema. */
  name: string;
  /** Tables of `raw`, `features`, `rollup`, `reference` and the unit's own that it reads. */
  reads: readonly string[];
  /** The table's columns. It exists, empty, where there is nothing to learn from. */
  columns: Readonly<Record<string, LearnedType>>;
  fill(context: LearnContext): Promise<void>;
}
