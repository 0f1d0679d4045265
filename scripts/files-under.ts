/** The files of this repository, without what is built, installed or hidden. */
import { readdirSync } from 'node:fs';
import { join } from 'node:path';

const NOT_OURS = new Set(['dist', 'node_modules', 'out']);

/** Paths of the files under a folder whose names end so, in code-unit order. */
export function filesUnder(folder: string, ending: string): string[] {
  return readdirSync(folder, { withFileTypes: true })
    .flatMap((entry) => {
      const path = join(folder, entry.name);
      if (entry.isDirectory())
        return NOT_OURS.has(entry.name) || entry.name.startsWith('.') ? [] : filesUnder(path, ending);
      return entry.isFile() && entry.name.endsWith(ending) ? [path] : [];
    })
    .sort();
}
