/**
 * Do the worlds of the grammar give away who is bad by what is no evidence?
 *   npx tsx bench/generalise/leaks.ts --seeds 8 --accounts 600
 * Prints for every statistic how well it tells bad from good subjects, those left out of whom a trait claims
 * to move it. Of whom too few are left is untested, which is no pass. Ends with status 1 when one leaks. Looks at no detector, so no seed is used up by it.
 */
import { parseArgs } from 'node:util';
import { table } from '../worlds/markdown.ts';
import { positive } from '../worlds/plan.ts';
import { drawFlags, eachDrawnWorld } from './drawn-worlds.ts';
import { type Column, collect, FEWEST, type Leak, leaksOf, type Outcome } from './leak-check.ts';
import { movesOf } from './moves.ts';

const { values: flags } = parseArgs({ options: { ...drawFlags, all: { type: 'boolean', default: false } } });
const columns = new Map<string, Column>();
await eachDrawnWorld(flags, async (world, seed) => {
  for (const type of ['account', 'device'] as const) await collect(world, type, `${seed}/`, movesOf, columns);
});
const found = leaksOf(columns.values(), { resamples: positive(flags.resamples, '--resamples'), seed: 1 });
const shown = flags.all ? found : found.slice(0, 60);
const row = ({ subject, statistic, area, operators, claimed, outcome }: Leak) => [
  subject,
  statistic,
  area ? area.value.toFixed(3) : '',
  area ? `${area.low.toFixed(3)} to ${area.high.toFixed(3)}` : '',
  area?.bad ?? '',
  operators,
  area?.good ?? '',
  claimed,
  outcome === 'leaks' ? '**leaks**' : outcome,
];
console.log(
  table(
    ['subject', 'statistic', 'AUROC', '95 %', 'bad', 'operators', 'good', 'claimed', 'outcome'],
    shown.map(row),
    ['statistic', 'outcome'],
  ),
);
const having = (outcome: Outcome) => found.filter((leak) => leak.outcome === outcome).length;
console.log(
  `\n${found.length} statistics: ${having('leaks')} leak, ${having('holds')} hold, ${having('untested')} untested (fewer than ${FEWEST} operators or nobody good left).`,
);
process.exitCode = having('leaks') > 0 ? 1 : 0;
