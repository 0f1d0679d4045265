/**
 * The published files themselves. They belong to their authors and are not in this repository:
 * CONTRIBUTING.md says how to fetch them, and `GHOSTCARD_CAPTURES` names the folder that holds them, under
 * any names.
 */
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { CAPTURES } from '../fixtures/captures/table.ts';
import { capturesOf, describeCaptures } from '../testing/captures/suite.ts';
import { inventory } from './inventory.ts';
import { REAL_FILES } from './real-files.gen.ts';
import { countRealFiles, realFilesIn } from './real-files.ts';

const digestOf = (path: string) => createHash('sha256').update(readFileSync(path)).digest('hex');

/** Files of the folder by the digest of their bytes. */
function filesByDigest(folder: string): Map<string, string> {
  const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((one) => one.isFile());
  return new Map(files.map((one) => join(one.parentPath, one.name)).map((path) => [digestOf(path), path]));
}

function describePublished(folder: string): void {
  const found = filesByDigest(folder);
  const missing = CAPTURES.filter(({ sha256 }) => !found.has(sha256)).map(({ file }) => file);

  it('are all there, byte for byte', () => expect(missing).toEqual([]));
  if (missing.length > 0) return;

  const paths = new Map(CAPTURES.map(({ file, sha256 }) => [file, found.get(sha256)!]));
  describeCaptures(paths, false);

  it('give the counts that documents written from the tables give', () => {
    expect(countRealFiles(capturesOf('real').map(({ file }) => paths.get(file)!))).toEqual(REAL_FILES);
  });

  // More files of real cards, where somebody has them: the same must be true of each.
  const known = new Set(CAPTURES.map(({ sha256 }) => sha256));
  for (const path of realFilesIn(folder).filter((one) => !known.has(digestOf(one)))) {
    it(`${path} contradicts nothing`, async () => {
      const { findings, file_facts } = await inventory({ files: [path] });
      expect([...findings.map(({ level }) => level), ...file_facts.map(({ fact }) => fact)]).toEqual([]);
    });
  }
}

describe('the published captures', () => {
  const folder = process.env.GHOSTCARD_CAPTURES;
  if (folder) describePublished(folder);
  else it('are read from a folder', ({ skip }) => skip('GHOSTCARD_CAPTURES is not set'));
});
