/**
 * How much of what is bad is found, by attack, strength and operator, and which honest subjects are hit, over
 * worlds and seeds:
 *   npx tsx bench/detection/evaluate.ts --subjects devices --seeds 3 --worlds cards,cards-few,fakes-majority
 *   npx tsx bench/detection/evaluate.ts --subjects accounts --worlds sybils:60,red-team:6,honest-accounts:60
 * --work WORK Each world of each seed is made, audited and boiled down in child processes; a finished one is
 * not made again, so a broken run goes on where it stopped. Writes fake-cards or sybils (.json and .md) to
 * bench/results, or below --results.
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { loadDetectors } from '../../pipelines/detect/registry.ts';
import { loadPolicy } from '../../pipelines/judge/policy.ts';
import { BASE_RATES, readMaterials } from '../../runs/calibrate/calibrate.ts';
import { type HeldOut, holdOut } from '../../runs/calibrate/hold-out.ts';
import type { Cell, Keep } from '../worlds/cells.ts';
import { percent, table } from '../worlds/markdown.ts';
import { makeCells, planOptions, positive } from '../worlds/plan.ts';
import { poolOf } from '../worlds/pool.ts';
import { accountMarkdown } from './account-report.ts';
import { accountTargets } from './account-targets.ts';
import { accountFigures } from './accounts.ts';
import { deviceMarkdown } from './device-report.ts';
import { deviceTargets } from './device-targets.ts';
import { deviceFigures } from './devices.ts';
import { dumpFeatures } from './features.ts';

const { values: flags } = parseArgs({
  options: {
    ...planOptions('', join(tmpdir(), 'ghostcard-detection')),
    subjects: { type: 'string', default: 'devices' },
    results: { type: 'string', default: fileURLToPath(new URL('../results/', import.meta.url)) },
  },
});

/** Odd seeds train, even seeds are tested: whatever was fitted was fitted on other people. */
const trains = ({ seed }: Cell): boolean => seed % 2 === 1;

async function heldOutFamilies(training: readonly Cell[], testing: readonly Cell[]): Promise<HeldOut[]> {
  const policy = loadPolicy();
  const metas = new Map((await loadDetectors()).map(({ id, meta }) => [id, meta]));
  const devicesOf = async (cells: readonly Cell[]) => {
    const pairs = cells.map(({ folder }) => ({
      run: join(folder, 'run'),
      labels: join(folder, 'labels.csv'),
    }));
    return (await readMaterials(pairs, metas, policy)).materials.device;
  };
  const options = { policy, trust: 1, promote: new Set<string>() };
  return holdOut(await devicesOf(training), await devicesOf(testing), options, BASE_RATES);
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

interface Report {
  title: string;
  file: string;
  markdown: string;
  json: object;
}

const bootstrap = { resamples: positive(flags.resamples, '--resamples'), seed: 1 };

async function accounts(cells: readonly Cell[]): Promise<Report> {
  const found = accountFigures(await poolOf('accounts', cells), bootstrap);
  const targets = accountTargets(found);
  const markdown = accountMarkdown(found, targets);
  return { title: 'Sybil accounts', file: 'sybils', markdown, json: { targets, ...found } };
}

async function devices(cells: readonly Cell[]): Promise<Report> {
  const found = deviceFigures(await poolOf('devices', cells), bootstrap);
  const targets = deviceTargets(found);
  const [training, testing] = [cells.filter(trains), cells.filter((cell) => !trains(cell))];
  const apart = training.length > 0 && testing.length > 0;
  const heldOut = await (apart ? heldOutFamilies(training, testing) : heldOutFamilies(cells, cells));
  const seeds = apart
    ? 'fitted on the odd seeds, counted on the even ones'
    : 'fitted and counted on the same seeds';
  const markdown = [deviceMarkdown(found, targets), heldOutMarkdown(heldOut, seeds)].join('\n\n');
  return {
    title: 'Fake cards',
    file: 'fake-cards',
    markdown,
    json: { targets, ...found, held_out: heldOut },
  };
}

/** What the baselines read of cards. */
const keepFeatures: Keep = (warehouse, at) =>
  dumpFeatures(warehouse, { features: at('features.parquet'), rules: at('rules.parquet') });

const SUBJECTS = {
  devices: { worlds: 'cards,cards-few,fakes-majority', report: devices, keep: keepFeatures },
  accounts: { worlds: 'sybils,red-team,honest-accounts', report: accounts, keep: undefined },
} as const;

if (flags.subjects !== 'devices' && flags.subjects !== 'accounts')
  throw new Error(`expected devices or accounts in --subjects, got ${flags.subjects}`);
const { worlds, report, keep } = SUBJECTS[flags.subjects];
const plan = { ...flags, worlds: flags.worlds === '' ? worlds : flags.worlds };
const { cells, source, machine } = await makeCells(plan, keep);
const { title, file, markdown: body, json } = await report(cells);
const command = `npx tsx bench/detection/evaluate.ts --subjects ${flags.subjects} --worlds ${plan.worlds} --seeds ${flags.seeds} --first ${flags.first} --scale ${flags.scale}`;
const markdown = [
  `# ${title}`,
  `\`${command}\` (${machine.cores} cores, Node ${machine.node.slice(1)}; sources ${source.slice(0, 12)}). Worlds are made up: a model of reality, not reality.`,
  body,
].join('\n\n');
mkdirSync(flags.results, { recursive: true });
writeFileSync(join(flags.results, `${file}.md`), `${markdown}\n`);
writeFileSync(
  join(flags.results, `${file}.json`),
  `${JSON.stringify({ command, machine, source, ...json }, null, 2)}\n`,
);
console.log(markdown);
