/**
 * How many Sybil accounts are excluded or held, by family, strength and size of the ring, whether clusters are operators, and
 * which honest people are hit, over worlds and seeds:
 *   npx tsx bench/sybils/evaluate.ts --worlds sybils:60,red-team:6,honest-accounts:60 --work WORK
 * Each world of each seed is made and audited in child processes; a finished one is not made again, so a broken run goes
 * on where it stopped. Writes bench/results/sybils.json and .md, or below --results.
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { makeCells, planOptions, positive } from '../worlds/plan.ts';
import { poolOf } from '../worlds/pool.ts';
import { figures } from './figures.ts';
import { figuresMarkdown } from './markdown.ts';
import { checkTargets } from './targets.ts';

const { values: flags } = parseArgs({
  options: {
    ...planOptions('sybils,red-team,honest-accounts', join(tmpdir(), 'ghostcard-sybils')),
    results: { type: 'string', default: fileURLToPath(new URL('../results/', import.meta.url)) },
  },
});

const { cells, source, machine } = await makeCells(flags);
const found = figures(await poolOf('accounts', cells), {
  resamples: positive(flags.resamples, '--resamples'),
  seed: 1,
});
const targets = checkTargets(found);
const command = `npx tsx bench/sybils/evaluate.ts --worlds ${flags.worlds} --seeds ${flags.seeds} --first ${flags.first} --scale ${flags.scale}`;
const markdown = [
  '# Sybil accounts',
  `\`${command}\` (${machine.cores} cores, Node ${machine.node.slice(1)}; sources ${source.slice(0, 12)}). Worlds are made up: a model of reality, not reality.`,
  figuresMarkdown(found, targets),
].join('\n\n');
mkdirSync(flags.results, { recursive: true });
writeFileSync(join(flags.results, 'sybils.md'), `${markdown}\n`);
const json = { command, machine, source, targets, ...found };
writeFileSync(join(flags.results, 'sybils.json'), `${JSON.stringify(json, null, 2)}\n`);
console.log(markdown);
