/** Finds the detectors: one folder each, the folder's name is the id. There is no list to keep. */
import { existsSync, readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { DetectorMeta } from '../../contracts/detector.ts';
import type { Learner } from '../../contracts/learner.ts';
import type { Numbers } from '../warehouse/numbers.ts';
import { readStatement } from '../warehouse/sql-files.ts';

export interface Detector {
  id: string;
  meta: DetectorMeta;
  sql: string;
  /** SQL of the subjects it could judge; NULL = every subject of its type. */
  seenSql: string | null;
  /** Folder of the SELECTs that make its own tables, absent where it has none. */
  models?: URL;
  /** What fills its learned table. */
  learner?: Learner;
}

const FOLDER = new URL('../../detectors/', import.meta.url);

/** All detectors, in code-unit order of their ids. `folder` for tests. */
export async function loadDetectors(folder = FOLDER): Promise<Detector[]> {
  const ids = readdirSync(fileURLToPath(folder), { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map((entry) => entry.name)
    .sort();
  return Promise.all(ids.map((id) => loadDetector(id, folder)));
}

export async function loadDetector(id: string, parent = FOLDER): Promise<Detector> {
  const folder = new URL(`${id}/`, parent);
  const extension = existsSync(new URL('detector.ts', folder)) ? 'ts' : 'js';
  const part = (name: string) => new URL(name, folder);
  const { meta } = (await import(part(`detector.${extension}`).href)) as { meta: DetectorMeta };
  const learn = part(`learn.${extension}`);
  const { learner } = existsSync(learn) ? ((await import(learn.href)) as { learner: Learner }) : {};
  const seen = part('seen.sql');
  return {
    id,
    meta,
    sql: readStatement(part('detector.sql')),
    seenSql: existsSync(seen) ? readStatement(seen) : null,
    ...(existsSync(part('models/')) ? { models: part('models/') } : {}),
    ...(learner ? { learner } : {}),
  };
}

/** Values of a detector's numbers, by name. */
export function numbersOf({ meta }: Pick<Detector, 'meta'>): Numbers {
  return Object.fromEntries(Object.entries(meta.params ?? {}).map(([name, { value }]) => [name, value]));
}
