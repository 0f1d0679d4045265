/** On how many files of real cards each fact of a file could have spoken, and was silent. */
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { GhostcardError } from '../contracts/errors.ts';
import { CHECKS } from './file-facts.ts';
import { parseInventory } from './read.ts';
import { bytesOf } from './text.ts';

export interface RealFiles {
  /** Files of real cards that were read. */
  files: number;
  /** Of those, by fact: in how many it had what it needs, and in how many it said nothing. */
  facts: Readonly<Record<string, { could_speak: number; silent: number }>>;
  /** SHA-256 of each file, so that none counts twice. */
  digests: readonly string[];
}

const LISTED = /\.(xml|csv|txt|json)$/i;

/**
 * Files of a folder that are of real cards: those that `manifest.csv` calls real, or all where it has none.
 */
export function realFilesIn(folder: string): string[] {
  const manifest = join(folder, 'manifest.csv');
  try {
    if (!existsSync(manifest)) {
      const all = readdirSync(folder, { recursive: true }).map(String);
      return all
        .filter((file) => LISTED.test(file))
        .sort()
        .map((file) => join(folder, file));
    }
    const [head, ...rows] = readFileSync(manifest, 'utf8').split(/\r?\n/);
    const columns = head!.split(',');
    const at = { file: columns.indexOf('file'), kind: columns.indexOf('kind') };
    return rows
      .map((row) => row.split(','))
      .filter((cells) => cells[at.kind]?.startsWith('real') === true)
      .map((cells) => join(folder, cells[at.file]!));
  } catch (error) {
    throw new GhostcardError(
      'E_FILE_UNREADABLE',
      {
        subject: folder,
        expected: 'a folder of captures',
        got: error instanceof Error ? error.message : String(error),
        todo: 'Name another folder in GHOSTCARD_CAPTURES, or unset it.',
      },
      { cause: error },
    );
  }
}

/**
 * Counts files that `known` does not hold, and adds what it holds. @throws GhostcardError of a file that is
 * none.
 */
export function countRealFiles(paths: readonly string[], known?: RealFiles): RealFiles {
  const digests = new Set(known?.digests);
  const facts = new Map(
    Object.keys(CHECKS).map((fact) => [fact, { ...(known?.facts[fact] ?? { could_speak: 0, silent: 0 }) }]),
  );
  for (const path of paths) {
    const bytes = bytesOf(path);
    const digest = createHash('sha256').update(bytes).digest('hex');
    if (digests.has(digest)) continue;
    digests.add(digest);
    const { cards } = parseInventory(path, bytes);
    for (const [fact, { check }] of Object.entries(CHECKS)) {
      const answers = cards.map((card) => check(card, cards));
      const count = facts.get(fact)!;
      if (answers.some((answer) => answer !== undefined)) count.could_speak += 1;
      if (!answers.some((answer) => answer)) count.silent += 1;
    }
  }
  return { files: digests.size, facts: Object.fromEntries(facts), digests: [...digests].sort() };
}
