/** The first records of a delimited text, and which delimiter it has. */
import { parse } from 'csv-parse/sync';
import type { JsonRecord } from './json-head.ts';

export const DELIMITERS = [',', ';', '\t', '|'] as const;
export type Delimiter = (typeof DELIMITERS)[number];

function cells(line: string, delimiter: Delimiter): string[] {
  try {
    const rows = parse(line, { delimiter, relax_quotes: true, relax_column_count: true }) as string[][];
    return rows[0] ?? [];
  } catch {
    return [];
  }
}

/** The delimiter that splits the header into the most fields; a comma where none splits it. */
export function delimiterOf(header: string): Delimiter {
  const counts = DELIMITERS.map((delimiter) => cells(header, delimiter).length);
  return DELIMITERS[counts.indexOf(Math.max(...counts))] ?? ',';
}

/** Header and records. A header that repeats a name, or a text without one, gives no names. */
export function csvRecords(
  text: string,
  whole: boolean,
  most: number,
): { delimiter: Delimiter; names: string[]; records: JsonRecord[] } {
  const all = text.split(/\r?\n/);
  const complete = (whole ? all : all.slice(0, -1)).filter((line) => line !== '');
  const delimiter = delimiterOf(complete[0] ?? '');
  const names = cells(complete[0] ?? '', delimiter);
  if (new Set(names).size !== names.length) return { delimiter, names: [], records: [] };
  const records = complete.slice(1, most + 1).map((line) => {
    const row = cells(line, delimiter);
    return Object.fromEntries(names.map((name, i) => [name, row[i] ?? null]));
  });
  return { delimiter, names, records };
}
