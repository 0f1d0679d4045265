/** What was left out of a file or lost from it. Nothing is lost silently; the same thing is said once, with its count. */

export interface Note {
  /** First line of the file at which it was met; 0 where the whole file is meant. */
  line: number;
  says: string;
  /** The text that stood there, cut; empty where it is not to be shown. */
  got: string;
  times: number;
}

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
