/**
 * Lays out the prose of every hand-written page: part of `npm run format`. Generated pages are laid out as
 * they are written.
 */
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { wrapProse } from './prose-width.ts';

const NOT_OURS = new Set(['dist', 'node_modules', 'out']);
const ROOT = fileURLToPath(new URL('../', import.meta.url));

function pagesUnder(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    if (entry.isDirectory())
      return NOT_OURS.has(entry.name) || entry.name.startsWith('.') ? [] : pagesUnder(path);
    return entry.name.endsWith('.md') ? [path] : [];
  });
}

for (const path of pagesUnder(ROOT)) {
  const text = readFileSync(path, 'utf8');
  const laidOut = wrapProse(text);
  if (laidOut === text) continue;
  writeFileSync(path, laidOut);
  process.stderr.write(`laid out: ${relative(ROOT, path)}\n`);
}
