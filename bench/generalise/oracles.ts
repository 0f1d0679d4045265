/**
 * What could be known of each trait at all: its best single statistic, told who the operators and the honest
 * groups are, against all honest subjects.
 *   npx tsx bench/generalise/oracles.ts --seeds 8 --accounts 600
 * Ends with an error when a trait has no oracle. Looks at no detector, so no seed is used up by it. Writes
 * oracles.md and oracles.json to bench/results, or below --results.
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { positive } from '../worlds/plan.ts';
import { drawFlags, eachDrawnWorld } from './drawn-worlds.ts';
import { bestOf, type Scores, score } from './oracle-areas.ts';
import { oracleMarkdown } from './oracle-report.ts';
import { checkComplete, ORACLES } from './oracles/catalogue.ts';

const { values: flags } = parseArgs({
  options: {
    ...drawFlags,
    results: { type: 'string', default: fileURLToPath(new URL('../results/', import.meta.url)) },
  },
});
const scores: Scores = new Map();
await eachDrawnWorld(flags, async (world, seed) => {
  const seen = await world.rows<{ trait: string }>('SELECT DISTINCT trait FROM truth_traits ORDER BY trait');
  checkComplete(seen.map(({ trait }) => trait));
  await score(world, seed, ORACLES, scores);
});
const found = bestOf(scores, { resamples: positive(flags.resamples, '--resamples'), seed: 1 });
const command = `npx tsx bench/generalise/oracles.ts --seeds ${flags.seeds} --first ${flags.first} --accounts ${flags.accounts} --sybil-share ${flags['sybil-share']} --days ${flags.days} --interval ${flags.interval}`;
const markdown = oracleMarkdown(command, found);
mkdirSync(flags.results, { recursive: true });
writeFileSync(join(flags.results, 'oracles.md'), `${markdown}\n`);
writeFileSync(join(flags.results, 'oracles.json'), `${JSON.stringify({ command, ...found }, null, 1)}\n`);
console.log(markdown);
