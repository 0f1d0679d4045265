/** The text of a file from a stranger: bounded, and without the characters that no form may hold. */
import { closeSync, fstatSync, openSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { GhostcardError } from '../contracts/errors.ts';
import { refuse } from './refusal.ts';

/** Eight B200s with all their counters make 0.36 MB. */
export const MAX_BYTES = 16 * 2 ** 20;
const CHECK_PATH = 'Check the path and its permissions.';
/**
 * What XML forbids, and what a byte that is no text becomes: one mark for both, so that the value can be left
 * out.
 */
const NO_TEXT = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g;
const BROKEN = '\ufffd';

function unreadable(path: string, got: string, todo = CHECK_PATH, cause?: unknown): GhostcardError {
  return new GhostcardError(
    'E_FILE_UNREADABLE',
    { subject: path, expected: 'a readable regular file', got, todo },
    { cause },
  );
}

/** @throws GhostcardError E_FILE_UNREADABLE, E_INVENTORY for a file that is too large. */
export function bytesOf(path: string): Buffer {
  let descriptor: number | undefined;
  try {
    descriptor = openSync(path, 'r');
    const stat = fstatSync(descriptor);
    if (stat.isDirectory()) {
      throw unreadable(path, 'a folder', `Name the files in it: ${join(path, '*.xml')}.`);
    }
    if (!stat.isFile()) throw unreadable(path, 'something else');
    const { size } = stat;
    if (size > MAX_BYTES) {
      const todo = 'Hand over the beginning of the log: one sample shows every card.';
      throw refuse(path, 0, `at most ${MAX_BYTES} bytes`, String(size), todo);
    }
    return readFileSync(descriptor);
  } catch (error) {
    if (error instanceof GhostcardError) throw error;
    throw unreadable(path, error instanceof Error ? error.message : String(error), CHECK_PATH, error);
  } finally {
    if (descriptor !== undefined) closeSync(descriptor);
  }
}

function encodingOf(bytes: Buffer): string {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return 'utf-16le';
  return bytes[0] === 0xfe && bytes[1] === 0xff ? 'utf-16be' : 'utf-8';
}

/**
 * UTF-8, or the UTF-16 that PowerShell writes when output is redirected. A byte that is no text becomes
 * U+FFFD.
 */
export function textOf(bytes: Buffer): string {
  return new TextDecoder(encodingOf(bytes)).decode(bytes).replace(NO_TEXT, BROKEN);
}
