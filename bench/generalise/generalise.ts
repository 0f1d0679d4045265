/**
 * How much of what the grammar draws is found, with what is fitted, looked at and counted apart:
 *   npx tsx bench/generalise/generalise.ts --fit 2 --count 2 --all 2 --rates 0.001,0.01,0.1,0.3 \
 *     --majority 0.1,0.5,0.9 --honest 10000 --datasets dev=FOLDER,dev2=FOLDER --date 2026-12-01 --work WORK
 * Policies are fitted on seeds of half A, whose operators have traits of half A; they are counted on seeds of
 * half B, whose operators have traits of half B. `--hold-out T,T` fits without each trait, too, and counts
 * with it. Counting writes its seeds into `ledger.json` first. Seeds and traits that were looked at are
 * refused, and so are seeds that were counted with other sources or policies, unless `--looked`.
 *   npx tsx bench/generalise/generalise.ts --look --date 2026-12-01 --purpose WHY --fit 2
 * looks at half A: prints operator by operator what was missed, and writes that into the ledger. A finished
 * cell is not made again. Writes generalise.md and .json to bench/results, or below --results.
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { openWarehouse } from '../../pipelines/warehouse/warehouse.ts';
import { positive } from '../worlds/plan.ts';
import { count } from './count.ts';
import { look } from './look.ts';
import { type Making, setFlags, setsOf } from './sets.ts';
import { ALL_TRAITS } from './traits.ts';

const { values: flags } = parseArgs({
  options: {
    ...setFlags,
    'hold-out': { type: 'string', default: '' },
    datasets: { type: 'string', default: '' },
    /** As many honest people of each kind. */
    each: { type: 'boolean', default: false },
    looked: { type: 'boolean', default: false },
    look: { type: 'boolean', default: false },
    date: { type: 'string', default: '' },
    purpose: { type: 'string', default: '' },
    work: { type: 'string', default: join(tmpdir(), 'ghostcard-generalise') },
    threads: { type: 'string', default: '2' },
    resamples: { type: 'string', default: '500' },
    results: { type: 'string', default: fileURLToPath(new URL('../results/', import.meta.url)) },
  },
});

const bootstrap = { resamples: positive(flags.resamples, '--resamples'), seed: 1 };
const making: Making = {
  work: flags.work,
  limits: { threads: positive(flags.threads, '--threads'), memoryBytes: 2 * 2 ** 30 },
};
const sets = setsOf(flags, flags.each);
const truth = await openWarehouse({ path: ':memory:', threads: 1, memory: '1GB' });
try {
  if (flags.look) {
    const { date, purpose } = flags;
    console.log(await look(sets, making, { date, purpose }, truth));
  } else {
    const heldOut = flags['hold-out'].split(',').filter((trait) => trait !== '');
    for (const trait of heldOut)
      if (!ALL_TRAITS.includes(trait)) throw new Error(`expected traits in --hold-out, got ${trait}`);
    const { markdown, json } = await count({ sets, heldOut, bootstrap, ...flags }, making, truth);
    mkdirSync(flags.results, { recursive: true });
    writeFileSync(join(flags.results, 'generalise.md'), `${markdown}\n`);
    writeFileSync(join(flags.results, 'generalise.json'), `${JSON.stringify(json, null, 1)}\n`);
    console.log(markdown);
  }
} finally {
  truth.close();
}
