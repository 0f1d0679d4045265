/**
 * What was left out of a file or lost from it. Nothing is lost silently; the same thing is said once, with
 * its count.
 */
import type { Note } from '../contracts/inventory.ts';

export interface Notes {
  add: (line: number, says: string, got?: string) => void;
  /** In the order in which each was first met. */
  all: () => Note[];
}

const SHOWN_CHARS = 120;

export function takeNotes(): Notes {
  const notes = new Map<string, Note>();
  return {
    add(line, says, got = '') {
      const known = notes.get(says);
      if (known) known.times += 1;
      else notes.set(says, { line, says, got: got.slice(0, SHOWN_CHARS), times: 1 });
    },
    all: () => [...notes.values()],
  };
}
