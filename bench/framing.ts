/**
 * Framing and laundering at scale: `npx tsx bench/framing.ts [--scenarios 100000] [--seed 1] [--out FOLDER]`.
 * Writes `framing.md` and `framing.json`. Every seed of a population is audited once without attackers and
 * then with each batch.
 */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import fc from 'fast-check';
import { MACHINE_MOVES } from '../testing/framing/machines.ts';
import { MOVES } from '../testing/framing/scenario.ts';
import { framings, launderings, machineFramings } from './framing/arbitrary.ts';
import { openMachineTrial } from './framing/machine-trial.ts';
import { Tally } from './framing/tally.ts';
import { openTrial } from './framing/trial.ts';

const { values } = parseArgs({
  options: {
    scenarios: { type: 'string', default: '100000' },
    'per-batch': { type: 'string', default: '3200' },
    scale: { type: 'string', default: '3' },
    seed: { type: 'string', default: '1' },
    out: { type: 'string', default: 'bench/results' },
  },
});
const wanted = Number(values.scenarios);
const perBatch = Number(values['per-batch']);
const scale = Number(values.scale);
const BATCHES_PER_GROUND = 8;

const tally = new Tally({ ...MOVES, ...MACHINE_MOVES });
let population = Number(values.seed);
for (; tally.total('plain') < wanted; population++) {
  const trial = await openTrial(population, scale);
  for (let i = 0; i < BATCHES_PER_GROUND && tally.total('plain') < wanted; i++) {
    const outcome = await trial.frame(
      fc.sample(framings(), { numRuns: perBatch, seed: 1000 * population + i }),
    );
    tally.add('plain', outcome.scenarios, outcome);
    const { held, framed, laundered } = outcome;
    console.error(
      `population ${population}, batch ${i}: ${tally.total('plain')} scenarios, ${framed.length} framed, ${held.length} held, ${laundered.length} of rings freed`,
    );
  }
  const few = Math.round(perBatch / 4);
  const warned = await trial.frame(
    fc.sample(framings({ forewarned: true }), { numRuns: few, seed: 1000 * population + 500 }),
  );
  tally.add('forewarned', warned.scenarios, warned);
  const washed = await trial.launder(fc.sample(launderings, { numRuns: 120, seed: 1000 * population + 600 }));
  tally.wash(washed);
  trial.close();
  const machines = await openMachineTrial(population, 0.2);
  const siege = await machines.frame(
    fc.sample(machineFramings, { numRuns: 200, seed: 1000 * population + 700 }),
  );
  tally.add('machines', [...siege.victims.values()], {
    framed: siege.framed.map((change) => ({ ...change, scenario: siege.victims.get(change.id) })),
    held: siege.held.map((change) => ({ ...change, scenario: siege.victims.get(change.id) })),
  });
  machines.close();
}
writeFileSync(join(values.out, 'framing.json'), `${JSON.stringify(tally, null, 1)}\n`);
writeFileSync(
  join(values.out, 'framing.md'),
  tally.markdown(
    `npx tsx bench/framing.ts --scenarios ${wanted} --per-batch ${perBatch} --scale ${scale} --seed ${values.seed}`,
  ),
);
