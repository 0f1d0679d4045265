/** Values that can stand in a field of the dataset: a value that cannot costs itself, never the file. */
import type { Notes } from './notes.ts';
import { isUnreachable } from './placeholder.ts';
import { FIELDS, type PrintedInstance, type Sighting, type Values } from './printed-card.ts';

const MAX_VALUE_CHARS = 4_096;
/** Line breaks, what terminals obey, and what stands for a byte that is no text. */
const BREAKING = /[\p{Cc}\u2028\u2029\ufffd]/u;

/** A value costs itself, never the file: what cannot stand in a field of the dataset is left out and said. */
export function readable(sighting: Sighting, notes: Notes): Values {
  const values: Values = {};
  for (const field of FIELDS) {
    const value = sighting.values[field];
    if (value === undefined) continue;
    if (BREAKING.test(value)) {
      notes.add(
        sighting.line,
        `${field} left out: it holds a line break, a control character or a broken byte`,
      );
    } else if (value.length > MAX_VALUE_CHARS) {
      notes.add(sighting.line, `${field} left out: it is longer than ${MAX_VALUE_CHARS} characters`);
    } else {
      if (isUnreachable(value)) notes.add(sighting.line, `${field} could not be read by the driver`, value);
      values[field] = value;
    }
  }
  return values;
}

/** The same of a card's instances, where such a value becomes null. */
export function readableInstances({ line, instances }: Sighting, notes: Notes): PrintedInstance[] {
  const kept = (value: string | null) => {
    if (value === null || (value.length <= MAX_VALUE_CHARS && !BREAKING.test(value))) return value;
    notes.add(line, 'a value of a MIG instance left out: it cannot stand in a field');
    return null;
  };
  return instances.map(({ memory_total, sm_count, gpu_uuid, profile }) => ({
    memory_total: kept(memory_total),
    sm_count: kept(sm_count),
    gpu_uuid: kept(gpu_uuid),
    profile: kept(profile),
  }));
}
