/**
 * What each named number of the detectors decides: every one a fifth smaller and larger, on two worlds.
 *   npx tsx bench/sensitivity.ts --worlds cards:1,sybils:1 --scale 0.3 --work WORK
 * Writes bench/results/sensitivity.md and .json, or below --results. A finished cell is not made again.
 */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { type Move, sensitivityMarkdown, sway } from './rejudge/sensitivity.ts';
import { makeCells, planOptions } from './worlds/plan.ts';

const { values: flags } = parseArgs({
  options: {
    ...planOptions('cards:1,sybils:1', join(tmpdir(), 'ghostcard-sensitivity')),
    results: { type: 'string', default: fileURLToPath(new URL('./results/', import.meta.url)) },
  },
});

const { cells } = await makeCells(flags, sway);
const results = cells.map(
  ({ folder }) => JSON.parse(readFileSync(join(folder, 'sensitivity.json'), 'utf8')) as Move[],
);
const command = `npx tsx bench/sensitivity.ts --worlds ${flags.worlds} --first ${flags.first} --scale ${flags.scale}`;
const markdown = sensitivityMarkdown(command, cells, results);
mkdirSync(flags.results, { recursive: true });
writeFileSync(join(flags.results, 'sensitivity.md'), `${markdown}\n`);
writeFileSync(join(flags.results, 'sensitivity.json'), `${JSON.stringify({ command, results }, null, 1)}\n`);
console.log(markdown);
