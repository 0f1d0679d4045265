/**
 * Lays out the prose of every hand-written page: part of `npm run format`. Generated pages are laid out as
 * they are written.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { filesUnder } from './files-under.ts';
import { wrapProse } from './prose-width.ts';

const ROOT = fileURLToPath(new URL('../', import.meta.url));

for (const path of filesUnder(ROOT, '.md')) {
  const text = readFileSync(path, 'utf8');
  const laidOut = wrapProse(text);
  if (laidOut === text) continue;
  writeFileSync(path, laidOut);
  process.stderr.write(`laid out: ${relative(ROOT, path)}\n`);
}
