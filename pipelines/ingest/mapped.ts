/** What a mapping says of a table and its columns, and what a reader makes of a column. */
import type { ColumnKind, ColumnMeta } from '../../contracts/dataset.ts';

export interface ColumnMapping {
  /** The file's column, or the path of a nested value; '' where the value does not stand in the file. */
  from: string;
  /** One value for every row, as canonical text of the column's kind. */
  constant?: string;
  /** Key of a folder `key=value` above the file, whose value every row of the file gets. */
  partition?: string;
  /** What numbers of a time column count since 1970-01-01 UTC. */
  unit?: 's' | 'ms' | 'us' | 'ns';
  scale?: number;
  words?: ReadonlyMap<string, string>;
  /** Further words for nothing, beside those of the contract. */
  nulls?: readonly string[];
  /** The zone of times that carry none. */
  zone?: 'UTC';
  /** How days of times are written, beside the contract's form. */
  dates?: 'DD.MM.YYYY';
  /** The decimal mark of numbers; default: the point. */
  decimal?: ',';
}

export interface TableMapping {
  /** Of text with separators, where the table names one. */
  delimiter?: string;
  /** Path of the JSON array whose elements are the rows. */
  rows?: string;
  /** The first row of a key stays, later ones are duplicates; only the columns that are named are read. */
  distinct?: boolean;
  /** By contract column. */
  columns: ReadonlyMap<string, ColumnMapping>;
  /** What holds for a column that says nothing else: of the table, else of the dataset. */
  defaults?: Defaults;
  /** SHA-256 of all that the mapping says of the table: part of the ledger's key. */
  hash: string;
}

export interface Defaults extends Pick<ColumnMapping, 'zone' | 'dates' | 'decimal' | 'nulls'> {
  /** Of `.csv` files; `.tsv` files are read with tabs unless their table names a delimiter. */
  delimiter?: string;
}

export interface PlannedColumn {
  meta: ColumnMeta & { name: string };
  /** Where the values come from: the file, the mapping or the file's folders, or nowhere at all. */
  origin: 'file' | 'fixed' | 'none';
  /** Name in the file. */
  source: string;
  /** True when the mapping names the column: the file must then have it. */
  named: boolean;
  /** How text is parsed before the mapping's conversion. */
  parse: ColumnKind;
  mapping: ColumnMapping | undefined;
}
