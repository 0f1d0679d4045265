/** The form of `ghostcard.yaml`: what may stand in it, before names and kinds of columns are looked up. */
import { z } from 'zod';
import { TABLE_NAMES, type TableName } from '../../contracts/dataset.ts';

/** Words for nothing. A number is taken as its digits, so whatever is no plain whole number needs quotes. */
const NullsSchema = z.array(z.union([z.string().min(1).max(80), z.number().int().safe()])).max(64);

const DEFAULTS = {
  delimiter: z.enum([',', ';', '\t', '|']).optional(),
  decimal: z.enum([',', '.']).optional(),
  /** The zone of times that carry none. */
  zone: z.literal('UTC').optional(),
  /** Days are written so; those of the contract are read beside them. */
  dates: z.literal('DD.MM.YYYY').optional(),
  nulls: NullsSchema.optional(),
};

const LongColumnSchema = z.strictObject({
  /** The file's column; in JSON and Parquet a path of names and array indices joined by points. */
  from: z.string().min(1).max(512).optional(),
  /** One value for every row. */
  constant: z.union([z.string(), z.number(), z.boolean()]).optional(),
  /** Key of a folder `key=value` above the file. */
  partition: z.string().min(1).max(80).optional(),
  /** What a number in a time column counts since 1970-01-01 UTC. */
  unit: z.enum(['s', 'ms', 'us', 'ns', 'rfc3339']).optional(),
  /** The value is multiplied by this. */
  scale: z.number().positive().finite().optional(),
  /** Words of the export and what the contract calls them; other words pass unchanged. */
  words: z.record(z.string(), z.union([z.string(), z.boolean(), z.number()])).optional(),
  nulls: NullsSchema.optional(),
});

const ColumnSchema = z.union([z.string().min(1).max(512), LongColumnSchema]);

const TableSchema = z.strictObject({
  /**
   * Path or glob (`*` within a folder, `**` across folders) inside the dataset; several tables may name one
   * file.
   */
  file: z.string().min(1).max(512).optional(),
  /** JSON: path of the array whose elements are the rows. */
  rows: z.string().min(1).max(512).optional(),
  /** The first row of a key stays, later ones count as duplicates whatever else they say. */
  distinct: z.boolean().optional(),
  ...DEFAULTS,
  columns: z.record(z.string(), ColumnSchema).optional(),
});

export const MappingSchema = z.strictObject({
  version: z.literal(1),
  ...DEFAULTS,
  tables: z.partialRecord(z.enum(TABLE_NAMES as [TableName]), TableSchema).optional(),
});

export type MappingSpec = z.infer<typeof MappingSchema>;
export type TableSpec = z.infer<typeof TableSchema>;
export type ColumnSpec = z.infer<typeof ColumnSchema>;

/**
 * Where a mapping departs from its form and how: of a value with two forms, what is wrong with the nearer
 * one.
 */
export function firstFault(error: z.ZodError): { path: PropertyKey[]; message: string } {
  let issue = error.issues[0]!;
  const path = [...issue.path];
  while (issue.code === 'invalid_union') {
    const inner = issue.errors.flat().find(({ code }) => code !== 'invalid_type') ?? issue.errors.flat()[0];
    if (inner === undefined) break;
    issue = inner;
    path.push(...issue.path);
  }
  return { path, message: issue.message };
}
