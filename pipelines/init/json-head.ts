/** The first records of a JSON text that may have been cut anywhere. */

export type Json = null | boolean | number | string | Json[] | { [name: string]: Json };
export type JsonRecord = { [name: string]: Json };

export const isRecord = (value: Json | undefined): value is JsonRecord =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Deeper nesting than this is no export. */
const MAX_DEPTH = 64;

/**
 * The text up to the end of the last element of an array that is whole, with the brackets closed that are
 * open there; undefined when no element is whole.
 */
function closed(text: string): string | undefined {
  const open: string[] = [];
  let cut: { end: number; open: string } | undefined;
  for (let at = 0; at < text.length; at++) {
    const mark = text[at]!;
    if (mark === '"') {
      for (at++; at < text.length && text[at] !== '"'; at++) if (text[at] === '\\') at++;
    } else if (mark === '{' || mark === '[') {
      if (open.push(mark === '{' ? '}' : ']') > MAX_DEPTH) return undefined;
    } else if (mark === '}' || mark === ']') {
      if (open.pop() !== mark) break;
      if (open.at(-1) === ']') cut = { end: at + 1, open: open.toReversed().join('') };
    }
  }
  return cut && text.slice(0, cut.end) + cut.open;
}

function parsed(text: string): Json | undefined {
  try {
    return JSON.parse(text) as Json;
  } catch {
    return undefined;
  }
}

/** One object a line; a line that is none ends the look. */
function lines(text: string, whole: boolean): JsonRecord[] {
  const all = text.split(/\r?\n/);
  const records: JsonRecord[] = [];
  for (const line of whole ? all : all.slice(0, -1)) {
    if (line.trim() === '') continue;
    const value = parsed(line);
    if (!isRecord(value)) break;
    records.push(value);
  }
  return records;
}

/**
 * The top-level records of a JSON or NDJSON text: the elements of an array, the objects of lines, or the one
 * object.
 */
export function jsonRecords(text: string, whole: boolean, most: number): JsonRecord[] {
  const value = parsed(whole ? text : (closed(text) ?? '')) ?? parsed(closed(text) ?? '');
  const byLine = lines(text, whole);
  if (Array.isArray(value)) return value.filter(isRecord).slice(0, most);
  if (byLine.length === 0 && isRecord(value)) return [value];
  return byLine.slice(0, most);
}
