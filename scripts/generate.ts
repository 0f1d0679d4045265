/**
 * Writes everything that is printed from code: `npm run generate`. With `--check` it writes nothing, names
 * what is stale and exits 1; the test command runs it so.
 */
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { captureFiles } from './generate-captures.ts';
import { datasetFiles } from './generate-dataset.ts';
import { detectorFiles } from './generate-detectors.ts';
import { gpuSpellingFiles } from './generate-gpu-spellings.ts';
import { grammarFiles } from './generate-grammar.ts';
import { nameModelFiles } from './generate-name-model.ts';
import { referenceFiles } from './generate-reference.ts';

const ROOT = fileURLToPath(new URL('../', import.meta.url));
/** Folders in which every file is generated: what no generator names any more is removed. */
const WHOLLY_GENERATED = ['docs/detectors'];

const wanted = new Map([
  ...gpuSpellingFiles(),
  ...nameModelFiles(),
  ...(await detectorFiles()),
  ...datasetFiles(),
  ...captureFiles(),
  ...referenceFiles(),
  ...grammarFiles(),
]);

const stale = [...wanted].filter(([path, content]) => {
  const full = join(ROOT, path);
  return !existsSync(full) || readFileSync(full, 'utf8') !== content;
});
const left = WHOLLY_GENERATED.filter((folder) => existsSync(join(ROOT, folder)))
  .flatMap((folder) => readdirSync(join(ROOT, folder)).map((file) => `${folder}/${file}`))
  .filter((path) => !wanted.has(path));

if (process.argv.includes('--check')) {
  for (const [path] of stale) process.stderr.write(`stale: ${path}\n`);
  for (const path of left) process.stderr.write(`no longer generated: ${path}\n`);
  if (stale.length + left.length > 0) {
    process.stderr.write('Run npm run generate and commit the result.\n');
    process.exitCode = 1;
  }
} else {
  for (const [path, content] of stale) {
    mkdirSync(dirname(join(ROOT, path)), { recursive: true });
    writeFileSync(join(ROOT, path), content);
    process.stdout.write(`wrote ${path}\n`);
  }
  for (const path of left) {
    rmSync(join(ROOT, path));
    process.stdout.write(`removed ${path}\n`);
  }
}
