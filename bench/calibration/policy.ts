/**
 * Makes the shipped policy anew from named worlds and seeds:
 *   npx tsx bench/calibration/policy.ts --out fitted.json --diagram fitted.svg
 * Worlds are made and audited one after another below --work and not made again, so a broken run goes on
 * where it stopped. Seeds differ from those of the other benches, which measure what comes out.
 */
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { run } from '../../apps/cli/run.ts';
import { makeCells, planOptions } from '../worlds/plan.ts';

const { values: flags } = parseArgs({
  options: {
    ...planOptions(
      'mixed:3,honest:3,framing:2,cards:2,honest-cards:2',
      join(tmpdir(), 'ghostcard-calibration'),
    ),
    first: { type: 'string', default: '301' },
    out: { type: 'string', default: 'fitted.json' },
    diagram: { type: 'string', default: 'fitted.svg' },
    policy: { type: 'string' },
  },
});

const { cells } = await makeCells(flags);
const made = cells.map(({ world, seed }) => `${world} ${seed}`).join(', ');
const note = `The runs are made-up worlds, a model of reality: ${made}, scale ${flags.scale}, by bench/calibration/policy.ts.`;
process.exitCode = await run([
  process.execPath,
  'ghostcard',
  'calibrate',
  ...cells.flatMap(({ folder }) => [join(folder, 'run'), join(folder, 'labels.csv')]),
  ...['--out', flags.out, '--diagram', flags.diagram, '--name', 'default', '--note', note],
  ...(flags.policy ? ['--policy', flags.policy] : []),
]);
