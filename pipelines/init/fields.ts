/**
 * Paths in records: `specs.gpu.count` reaches into objects, `jobs.0.x` into arrays, `^.x` to the record
 * around.
 */
import { isRecord, type Json, type JsonRecord } from './json-head.ts';

/** A record, and the one around it where it is an element of a nested array. */
export interface Element {
  record: JsonRecord;
  parent?: JsonRecord;
}

/** What stands at a path; a name that holds points itself is taken as it is. */
export function at(record: JsonRecord, path: string): Json | undefined {
  if (Object.hasOwn(record, path)) return record[path];
  let value: Json | undefined = record;
  for (const step of path.split('.')) {
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, step)) return undefined;
    value = (value as Record<string, Json>)[step];
  }
  return value;
}

/** As `at`, from an element: `^.x` is x of the record around it. */
export function fieldOf({ record, parent }: Element, path: string): Json | undefined {
  if (!path.startsWith('^.')) return at(record, path);
  return parent && at(parent, path.slice(2));
}

/** The elements of the array, or the one object, at a path of each record; '' = the records themselves. */
export function elementsAt(records: readonly JsonRecord[], path: string): Element[] {
  if (path === '') return records.map((record) => ({ record }));
  return records.flatMap((record) => {
    const value = at(record, path);
    const around = at(record, path.split('.').slice(0, -1).join('.'));
    const parent = isRecord(around) ? around : record;
    const found = Array.isArray(value) ? value : [value];
    return found.filter(isRecord).map((element) => ({ record: element, parent }));
  });
}
