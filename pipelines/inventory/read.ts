/** One file of inventory: its bytes, its encoding, its form. */
import { closeSync, fstatSync, openSync, readFileSync } from 'node:fs';
import { basename, extname, join } from 'node:path';
import { GhostcardError } from '../../contracts/errors.ts';
import type { PrintedCard } from './printed-card.ts';
import { parseQuery } from './query.ts';
import { refuse } from './refusal.ts';
import { parseXml } from './xml.ts';

/** Eight B200s with all their counters make 0.36 MB. */
const MAX_BYTES = 16 * 2 ** 20;

export interface PrintedFile {
  file: string;
  /** The key of its rows: given, or the file's name without extension. It is a name and no evidence. */
  device_id: string;
  cards: PrintedCard[];
}

export interface ReadOptions {
  device_id?: string | undefined;
  /** Columns of a CSV without header. */
  fields?: string | undefined;
}

const CHECK_PATH = 'Check the path and its permissions.';

function unreadable(path: string, got: string, todo = CHECK_PATH, cause?: unknown): GhostcardError {
  return new GhostcardError(
    'E_FILE_UNREADABLE',
    { subject: path, expected: 'a readable regular file', got, todo },
    { cause },
  );
}

function bytesOf(path: string): Buffer {
  let descriptor: number | undefined;
  try {
    descriptor = openSync(path, 'r');
    const stat = fstatSync(descriptor);
    if (stat.isDirectory()) {
      throw unreadable(path, 'a folder', `Name the files in it: ${join(path, '*.xml')}.`);
    }
    if (!stat.isFile()) throw unreadable(path, 'something else');
    const { size } = stat;
    if (size > MAX_BYTES) throw refuse(path, 0, `at most ${MAX_BYTES} bytes`, String(size));
    return readFileSync(descriptor);
  } catch (error) {
    if (error instanceof GhostcardError) throw error;
    throw unreadable(path, error instanceof Error ? error.message : String(error), CHECK_PATH, error);
  } finally {
    if (descriptor !== undefined) closeSync(descriptor);
  }
}

/** UTF-8, or the UTF-16 that PowerShell writes when output is redirected. */
function textOf(path: string, bytes: Buffer): string {
  const encoding = bytes[0] === 0xff && bytes[1] === 0xfe ? 'utf-16le' : 'utf-8';
  try {
    const text = new TextDecoder(encoding, { fatal: true }).decode(bytes);
    if (text.includes('\0'))
      throw refuse(path, text.slice(0, text.indexOf('\0')).split('\n').length, 'text', 'a NUL byte');
    return text;
  } catch (error) {
    if (error instanceof GhostcardError) throw error;
    throw refuse(path, 0, 'UTF-8 text, or UTF-16 with its mark', 'other bytes');
  }
}

/** Line breaks and what terminals obey. In a dataset's CSV a line break would begin a row of the writer's choosing. */
const BREAKING = /[\p{Cc}\u2028\u2029]/u;

/** `U+000A` of a text that holds a line break; undefined for text that may stand in a field. */
function breaking(text: string | null | undefined): string | undefined {
  const found = BREAKING.exec(text ?? '')?.[0];
  return found && `U+${found.codePointAt(0)!.toString(16).toUpperCase().padStart(4, '0')}`;
}

/** Every field that is kept passes here. @throws E_INVENTORY */
function refuseBreaks(path: string, cards: readonly PrintedCard[]): void {
  for (const { line, values, instances } of cards) {
    for (const [field, value] of [values, ...instances].flatMap((part) => Object.entries(part))) {
      const found = breaking(value);
      if (found) throw refuse(path, line, `${field} without control characters and line breaks`, found);
    }
  }
}

/** @throws E_USAGE */
function idOf(path: string, given: string | undefined): string {
  const id = given ?? basename(path, extname(path));
  const found = breaking(id);
  if (!found) return id;
  throw new GhostcardError('E_USAGE', {
    subject: given === undefined ? JSON.stringify(path) : '--device-id',
    expected: 'an id without control characters and line breaks',
    got: found,
    todo: given === undefined ? 'Rename the file, or name the device with --device-id.' : 'Name another id.',
  });
}

/** @throws GhostcardError E_FILE_UNREADABLE, E_INVENTORY, E_USAGE. */
export function readInventory(path: string, { device_id, fields }: ReadOptions = {}): PrintedFile {
  const id = idOf(path, device_id);
  const text = textOf(path, bytesOf(path));
  const cards = /^\s*</.test(text) ? parseXml(path, text) : parseQuery(path, text, fields);
  refuseBreaks(path, cards);
  return { file: path, device_id: id, cards };
}
