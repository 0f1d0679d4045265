/** One file of inventory: its text, its form, its cards. */
import { basename, extname } from 'node:path';
import { GhostcardError } from '../contracts/errors.ts';
import type { Note } from '../contracts/inventory.ts';
import { isList, parseList } from './list.ts';
import { type Notes, takeNotes } from './notes.ts';
import type { PrintedCard } from './printed-card.ts';
import { parseQuery } from './query.ts';
import { refuse } from './refusal.ts';
import { isRocmJson, parseRocm } from './rocm.ts';
import { bytesOf, textOf } from './text.ts';
import { parseXml } from './xml.ts';

export interface PrintedFile {
  file: string;
  /** The key of its rows: given, or the file's name without extension. It is a name and no evidence. */
  device_id: string;
  cards: PrintedCard[];
  /** What was left out, lost or claimed twice. */
  notes: Note[];
}

export interface ReadOptions {
  device_id?: string | undefined;
  /** Columns of a CSV without header. */
  fields?: string | undefined;
}

/**
 * Line breaks and what terminals obey. In a dataset's CSV a line break would begin a row of the writer's
 * choosing.
 */
const BREAKING = /[\p{Cc}\u2028\u2029]/u;

export const idOfFile = (path: string) => basename(path, extname(path));

/** @throws E_USAGE */
function idOf(path: string, given: string | undefined): string {
  const id = given ?? idOfFile(path);
  const found = BREAKING.exec(id)?.[0];
  if (found === undefined) return id;
  throw new GhostcardError('E_USAGE', {
    subject: given === undefined ? JSON.stringify(path) : '--device-id',
    expected: 'an id without control characters and line breaks',
    got: `U+${found.codePointAt(0)!.toString(16).toUpperCase().padStart(4, '0')}`,
    todo: given === undefined ? 'Rename the file, or name the device with --device-id.' : 'Name another id.',
  });
}

function cardsOf(file: string, text: string, notes: Notes, fields: string | undefined): PrintedCard[] {
  if (text.includes('<nvidia_smi_log') || /^\s*</.test(text)) return parseXml(file, text, notes);
  if (isRocmJson(text)) return parseRocm(file, text, notes);
  if (isList(text)) return parseList(file, text, notes);
  return parseQuery(file, text, notes, fields);
}

/** A file of the largest size has 400,000 lines of XML, or as many of a log. */
const MAX_LINES = 1_000_000;

function refuseManyLines(file: string, text: string): void {
  let lines = 0;
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) {
    if (++lines > MAX_LINES) throw refuse(file, 0, `at most ${MAX_LINES} lines`, 'more');
  }
}

/** @throws GhostcardError E_INVENTORY for bytes that are no inventory. */
export function parseInventory(file: string, bytes: Buffer, fields?: string): Omit<PrintedFile, 'device_id'> {
  const notes = takeNotes();
  const text = textOf(bytes);
  refuseManyLines(file, text);
  const cards = cardsOf(file, text, notes, fields);
  return { file, cards, notes: notes.all() };
}

/** @throws GhostcardError E_FILE_UNREADABLE, E_INVENTORY, E_USAGE. */
export function readInventory(path: string, { device_id, fields }: ReadOptions = {}): PrintedFile {
  const id = idOf(path, device_id);
  return { ...parseInventory(path, bytesOf(path), fields), device_id: id };
}
