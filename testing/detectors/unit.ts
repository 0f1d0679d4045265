/** One unit as the contract judges it: its folder, read whole. */
import { readdirSync, readFileSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { DetectorCases, DetectorMeta } from '../../contracts/detector.ts';
import { type Detector, loadDetector, loadDetectors } from '../../pipelines/detect/registry.ts';

/** What a unit breaks: one kind of rule, and a sentence that opens with the place. */
export interface Violation {
  kind: Kind;
  says: string;
}

export type Kind =
  | 'banned'
  | 'cases'
  | 'code'
  | 'ctes'
  | 'idle'
  | 'literal'
  | 'metadata'
  | 'notes'
  | 'params'
  | 'prompt'
  | 'reads'
  | 'seen'
  | 'statement'
  | 'table'
  | 'tested'
  | 'wide';

export interface Unit {
  detector: Detector;
  cases: DetectorCases;
  /** Text of every file, by its path inside the folder, with forward slashes. */
  files: ReadonlyMap<string, string>;
}

export const DETECTORS = new URL('../../detectors/', import.meta.url);

/** Reads the unit in the folder `id` of `parent`. */
export async function readUnit(id: string, parent = DETECTORS): Promise<Unit> {
  const folder = fileURLToPath(new URL(`${id}/`, parent));
  const files = readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => {
      const path = join(entry.parentPath, entry.name);
      return [relative(folder, path).split(sep).join('/'), readFileSync(path, 'utf8')] as const;
    });
  return {
    detector: await loadDetector(id, parent),
    cases: await casesOf(id, parent),
    files: new Map(files.sort(([a], [b]) => (a < b ? -1 : 1))),
  };
}

export async function casesOf(id: string, parent = DETECTORS): Promise<DetectorCases> {
  const url = new URL(`${id}/cases.ts`, parent).href;
  return ((await import(url)) as { cases: DetectorCases }).cases;
}

/** The statements of a unit, by path. */
export function statementsOf({ files }: Unit): [path: string, sql: string][] {
  return [...files].filter(([path]) => path.endsWith('.sql'));
}

/** The units of `detectors/` whose metadata fit, in order of their ids. */
export async function unitsWhere(fits: (meta: DetectorMeta) => boolean): Promise<Unit[]> {
  const wanted = (await loadDetectors()).filter(({ meta }) => fits(meta));
  return Promise.all(wanted.map(({ id }) => readUnit(id)));
}
