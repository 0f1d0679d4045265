/**
 * How many fake cards are void, by attack and strength, and how many honest ones, over worlds and seeds:
 *   npx tsx bench/fake-cards/evaluate.ts --seeds 3 --worlds cards,cards-few,fakes-majority
 * Each world of each seed is made, audited and boiled down in child processes; a finished one is not made again, so a
 * broken run goes on where it stopped. Writes bench/results/fake-cards.json and .md, or below --results.
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import { availableParallelism, cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { loadPolicy } from '../../pipelines/judge/policy.ts';
import { openWarehouse } from '../../pipelines/warehouse/warehouse.ts';
import { familiesOf, type HeldOut, holdOut } from '../../scripts/fit/hold-out.ts';
import { type LabelledSubject, labelledSubjects } from '../../scripts/fit/runs.ts';
import { type Cell, fingerprint, makeCell } from './cells.ts';
import { figures } from './figures.ts';
import { figuresMarkdown, percent, table } from './markdown.ts';
import { poolDevices } from './pool.ts';
import { checkTargets } from './targets.ts';

const { values: flags } = parseArgs({
  options: {
    worlds: { type: 'string', default: 'cards,cards-few,fakes-majority' },
    seeds: { type: 'string', default: '3' },
    first: { type: 'string', default: '101' },
    scale: { type: 'string', default: '1' },
    work: { type: 'string', default: join(tmpdir(), 'ghostcard-fake-cards') },
    results: { type: 'string', default: fileURLToPath(new URL('../results/', import.meta.url)) },
    resamples: { type: 'string', default: '500' },
    threads: { type: 'string', default: String(Math.min(availableParallelism(), 16)) },
  },
});

/** Odd seeds train, even seeds are tested: whatever was fitted was fitted on other people. */
const trains = ({ seed }: Cell): boolean => seed % 2 === 1;

async function subjectsOf(cells: readonly Cell[]): Promise<LabelledSubject[]> {
  const warehouse = await openWarehouse({ path: ':memory:', threads: 1, memory: '1GB' });
  const subjects: LabelledSubject[] = [];
  for (const { folder } of cells) {
    const pair = { run: join(folder, 'run'), labels: join(folder, 'labels.csv') };
    subjects.push(...(await labelledSubjects(pair, 'device', warehouse)));
  }
  warehouse.close();
  return subjects;
}

function heldOutMarkdown(rows: readonly HeldOut[], seeds: string): string {
  const share = (part: number, n: number) => percent(part / n);
  return [
    '## With weights that never saw the family',
    `Share of a family's devices found void by the rule for devices, ${seeds}, with the shipped weights; with weights fitted on all families; fitted without this one (levels that no other family shows keep what a person gave them); and with those levels at 0. The last column: void or review with those levels at 0. Honest devices void in these columns, at worst: ${Math.max(0, ...rows.flatMap((r) => [r.shipped, r.with, r.without, r.unseen].map((f) => f.honest)))}.`,
    table(
      ['family', 'devices', 'shipped', 'fitted with', 'fitted without', 'unseen levels 0', 'or review'],
      rows.map(({ family, n, shipped, with: full, without, unseen }) => [
        family,
        n,
        ...[shipped.void, full.void, without.void, unseen.void, unseen.reached].map((part) => share(part, n)),
      ]),
    ),
  ].join('\n\n');
}

const numbers = (text: string, name: string): number => {
  const value = Number(text);
  if (!(Number.isFinite(value) && value > 0))
    throw new Error(`expected a positive number in --${name}, got ${text}`);
  return value;
};

mkdirSync(flags.work, { recursive: true });
const [count, first, scale] = [
  numbers(flags.seeds, 'seeds'),
  numbers(flags.first, 'first'),
  numbers(flags.scale, 'scale'),
];
const plan = flags.worlds
  .split(',')
  .flatMap((world) => Array.from({ length: count }, (_, k) => ({ world, seed: first + k })));
const source = fingerprint();
const limits = { threads: numbers(flags.threads, 'threads'), memoryBytes: 2 * 2 ** 30 };
const cells: Cell[] = [];
for (const [k, { world, seed }] of plan.entries()) {
  const started = Date.now();
  const step = (what: string) =>
    process.stderr.write(`${k + 1}/${plan.length} ${world}, seed ${seed}: ${what}\n`);
  cells.push(await makeCell({ world, seed, scale, work: flags.work, source }, limits, step));
  step(`done, ${((Date.now() - started) / 1000).toFixed(0)} s`);
}

const found = figures(await poolDevices(cells), {
  resamples: numbers(flags.resamples, 'resamples'),
  seed: 1,
});
const targets = checkTargets(found);
const [training, testing] = [cells.filter(trains), cells.filter((cell) => !trains(cell))];
const apart = training.length > 0 && testing.length > 0;
const tested = await subjectsOf(apart ? testing : cells);
const heldOut = holdOut(
  apart ? await subjectsOf(training) : tested,
  tested,
  familiesOf(tested),
  loadPolicy(),
);

const command = `npx tsx bench/fake-cards/evaluate.ts --worlds ${flags.worlds} --seeds ${count} --first ${first} --scale ${scale}`;
const machine = { cpu: cpus()[0]?.model ?? 'unknown', cores: cpus().length, node: process.version };
const markdown = [
  '# Fake cards',
  `\`${command}\` (${machine.cores} cores, Node ${machine.node.slice(1)}; sources ${source.slice(0, 12)}). Worlds are made up: a model of reality, not reality.`,
  figuresMarkdown(found, targets),
  heldOutMarkdown(
    heldOut,
    apart ? 'fitted on the odd seeds, counted on the even ones' : 'fitted and counted on the same seeds',
  ),
].join('\n\n');
mkdirSync(flags.results, { recursive: true });
writeFileSync(join(flags.results, 'fake-cards.md'), `${markdown}\n`);
const json = { command, machine, source, targets, ...found, held_out: heldOut };
writeFileSync(join(flags.results, 'fake-cards.json'), `${JSON.stringify(json, null, 2)}\n`);
console.log(markdown);
