/** Finds the detectors: one folder each, the folder's name is the id. There is no list to keep. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { DetectorMeta } from '../../contracts/detector.ts';

export interface Detector {
  id: string;
  meta: DetectorMeta;
  sql: string;
  /** SQL of the subjects it could judge; NULL = every subject of its type. */
  seenSql: string | null;
}

const FOLDER = new URL('../../detectors/', import.meta.url);

/** All detectors, in code-unit order of their ids. */
export async function loadDetectors(): Promise<Detector[]> {
  const ids = readdirSync(fileURLToPath(FOLDER), { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map((entry) => entry.name)
    .sort();
  return Promise.all(ids.map(loadDetector));
}

export async function loadDetector(id: string): Promise<Detector> {
  const folder = new URL(`${id}/`, FOLDER);
  const extension = import.meta.url.endsWith('.ts') ? 'ts' : 'js';
  const module = (await import(new URL(`detector.${extension}`, folder).href)) as { meta: DetectorMeta };
  const seen = new URL('seen.sql', folder);
  return {
    id,
    meta: module.meta,
    sql: readFileSync(new URL('detector.sql', folder), 'utf8'),
    seenSql: existsSync(seen) ? readFileSync(seen, 'utf8') : null,
  };
}
