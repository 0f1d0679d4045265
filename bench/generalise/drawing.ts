/**
 * What drawing worlds of the grammar costs: each in a process of its own, one after another.
 *   npx tsx bench/generalise/drawing.ts --worlds 200 --accounts 2000
 * Prints seconds and peak memory of each and of all; writes drawing.json to bench/results, or below
 * --results. Looks at no detector, so no seed is used up by it. Linux: memory is read from /proc.
 */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { measure } from '../process-tree.ts';
import type { DrawOptions } from '../worlds/draw-grammar.ts';
import { positive } from '../worlds/plan.ts';
import { placeNow } from './about.ts';
import { type Drawing, drawingMarkdown, totalOf } from './drawing-report.ts';

const { values: flags } = parseArgs({
  options: {
    worlds: { type: 'string', default: '200' },
    first: { type: 'string', default: '1' },
    accounts: { type: 'string', default: '2000' },
    days: { type: 'string', default: '7' },
    interval: { type: 'string', default: '1800' },
    results: { type: 'string', default: fileURLToPath(new URL('../results/', import.meta.url)) },
  },
});

const program = fileURLToPath(new URL('../worlds/draw-grammar.ts', import.meta.url));

async function drawn(seed: number): Promise<Drawing> {
  const folder = mkdtempSync(join(tmpdir(), 'ghostcard-drawing-'));
  const options: DrawOptions = {
    seed,
    out: join(folder, 'data'),
    labels: join(folder, 'truth.csv'),
    accounts: positive(flags.accounts, '--accounts'),
    days: positive(flags.days, '--days'),
    intervalS: positive(flags.interval, '--interval'),
  };
  try {
    const measured = await measure(process.execPath, ['--import', 'tsx', program, JSON.stringify(options)]);
    return { seed, ...measured };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

const drawings: Drawing[] = [];
for (let k = 0; k < positive(flags.worlds, '--worlds'); k++) {
  const drawing = await drawn(positive(flags.first, '--first') + k);
  drawings.push(drawing);
  process.stderr.write(`seed ${drawing.seed}: ${drawing.seconds.toFixed(1)} s\n`);
}
const command = `npx tsx bench/generalise/drawing.ts --worlds ${flags.worlds} --first ${flags.first} --accounts ${flags.accounts} --days ${flags.days} --interval ${flags.interval}`;
mkdirSync(flags.results, { recursive: true });
const json = { command, ...placeNow(), total: totalOf(drawings), worlds: drawings };
writeFileSync(join(flags.results, 'drawing.json'), `${JSON.stringify(json, null, 1)}\n`);
console.log(drawingMarkdown(command, drawings));
