/**
 * How the work on pairs and groups of devices grows with devices:
 *   npx tsx bench/pair-work.ts --world cards --scale 1 --sizes 2000,20000,200000 --cache CACHE
 * Each size is audited once from nothing. What counts are the stages behind the rollups (models, detect) per
 * device, beside the smallest size, in processor time: other load stretches the clock. Linux only. Heartbeats
 * are thin (`--interval` seconds, `--days` days, the same at every size): they cost the rollups, which
 * bench/heartbeats.ts measures. Writes bench/results/pair-work.json and .md, or below --results.
 */
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { BRAKE_NAMES } from '../contracts/verdict.ts';
import { WORLDS, type WorldName } from '../fixtures/worlds/world.ts';
import { superviseAudit } from '../pipelines/supervise.ts';
import { type Counts, countRows } from './pair-counts.ts';
import { treeUsage } from './process-tree.ts';
import { replicate } from './replicas.ts';
import { percent, table } from './worlds/markdown.ts';

const { values: flags } = parseArgs({
  options: {
    world: { type: 'string', default: 'cards' },
    scale: { type: 'string', default: '1' },
    sizes: { type: 'string', default: '2000,20000,200000' },
    interval: { type: 'string', default: '900' },
    days: { type: 'string', default: '7' },
    threads: { type: 'string', default: '2' },
    memory: { type: 'string', default: '4' },
    cache: { type: 'string', default: join(tmpdir(), 'ghostcard-pair-work') },
    results: { type: 'string', default: fileURLToPath(new URL('./results/', import.meta.url)) },
  },
});
if (!Object.hasOwn(WORLDS, flags.world))
  throw new Error(`expected one of ${Object.keys(WORLDS).join(', ')} in --world`);
const PAIR_STAGES = ['models', 'detect'] as const;

interface Size extends Counts {
  devices: number;
  parts: number;
  /** Seconds by the clock, by stage. */
  clock: Record<string, number>;
  /** Processor seconds of all threads, by stage and by `stage subject`. */
  stages: Record<string, number>;
  subjects: Record<string, number>;
}

async function measureSize(wanted: number): Promise<Size> {
  const told = (text: string) => process.stderr.write(`${wanted}: ${text}\n`);
  const { dataset, devices, parts } = await replicate(
    flags.cache,
    wanted,
    {
      world: flags.world as WorldName,
      scale: Number(flags.scale),
      intervalS: Number(flags.interval),
      days: Number(flags.days),
    },
    (made) => told(`${made} devices made`),
  );
  const places = { out: join(flags.cache, 'out'), workspace: join(flags.cache, 'workspace') };
  const clean = () => {
    for (const folder of Object.values(places)) rmSync(folder, { recursive: true, force: true });
  };
  clean();
  const subjects: Record<string, number> = {};
  const stages: Record<string, number> = {};
  let last = { stage: '', name: '', cpu: 0 };
  const note = (stage: string, name: string) => {
    // The worker has ended when the last stage is noted: its last part is left out.
    const cpu = Math.max(last.cpu, treeUsage(process.pid).cpuSeconds);
    if (last.stage) {
      subjects[last.name] = (subjects[last.name] ?? 0) + cpu - last.cpu;
      stages[last.stage] = (stages[last.stage] ?? 0) + cpu - last.cpu;
    }
    last = { stage, name, cpu };
  };
  const limits = { threads: Number(flags.threads), memoryBytes: Number(flags.memory) * 2 ** 30 };
  const overrideBrakes = BRAKE_NAMES.map((name) => ({ name, why: 'a made-up network is measured' }));
  await superviseAudit(
    { dataset, ...places, ...limits, overrideBrakes },
    {
      progress({ stage, subject }) {
        if (last.stage !== stage) told(stage);
        note(stage, `${stage} ${subject}`);
      },
    },
  );
  const log = JSON.parse(readFileSync(join(places.out, 'run.log.json'), 'utf8')) as {
    seconds: Record<string, number>;
  };
  const counted = await countRows(join(places.workspace, 'warehouse.duckdb'));
  clean();
  rmSync(dataset, { recursive: true });
  return { devices, parts, clock: log.seconds, stages, subjects, ...counted };
}

const pairSeconds = ({ stages }: Size) => PAIR_STAGES.reduce((sum, stage) => sum + (stages[stage] ?? 0), 0);
/** Power of the number of devices by which a figure grew: 1 is linear, 2 all pairs. */
const exponent = (from: number, to: number, a: Size, b: Size) =>
  Math.log(to / from) / Math.log(b.devices / a.devices);

mkdirSync(flags.cache, { recursive: true });
const sizes: Size[] = [];
for (const wanted of flags.sizes.split(',').map(Number)) sizes.push(await measureSize(wanted));

const [first, largest] = [sizes[0]!, sizes.at(-1)!];
const perDevice = (size: Size) => pairSeconds(size) / size.devices;
const head = (name: string) => [
  name,
  ...sizes.map(({ devices }) => String(devices)),
  ...(sizes.length > 1 ? ['grows as devices to the'] : []),
];
const grown = (values: readonly number[]) => [
  ...(sizes.length > 1
    ? [
        values[0]! > 0 && values.at(-1)! > 0
          ? exponent(values[0]!, values.at(-1)!, first, largest).toFixed(2)
          : '',
      ]
    : []),
];
const line = (name: string, of: (size: Size) => number, shown: (value: number) => string) => {
  const values = sizes.map(of);
  return [name, ...values.map(shown), ...grown(values)];
};
const stageNames = ['ingest', 'rollup', ...PAIR_STAGES, 'cluster', 'judge'];
const slowest = Object.entries(largest.subjects)
  .filter(([name]) => PAIR_STAGES.some((stage) => name.startsWith(`${stage} `)))
  .sort((a, b) => b[1] - a[1])
  .slice(0, 15)
  .map(([name]) => name);
const seconds = (value: number) => value.toFixed(2);
const count = (value: number) => String(value);
const command = `npx tsx bench/pair-work.ts --world ${flags.world} --scale ${flags.scale} --sizes ${flags.sizes} --interval ${flags.interval} --days ${flags.days}`;
const machine = { cpu: cpus()[0]?.model ?? 'unknown', cores: cpus().length, node: process.version };
const markdown = [
  '# Pair work',
  `\`${command}\` (${machine.cores} cores, Node ${machine.node.slice(1)}, ${flags.threads} threads, ${flags.memory} GiB). Each dataset is several worlds of other seeds side by side; a heartbeat each ${flags.interval} s for ${flags.days} days.`,
  table(head('devices'), [
    line('heartbeats', (size) => size.heartbeats, count),
    ...stageNames.map((stage) => line(`${stage}, s (CPU)`, (size) => size.stages[stage] ?? 0, seconds)),
    line('**models and detect, s (CPU)**', pairSeconds, seconds),
    line('the same, ms per device', (size) => 1000 * perDevice(size), seconds),
    [
      'the same, of the smallest',
      ...sizes.map((size) => percent(perDevice(size) / perDevice(first), 0)),
      ...(sizes.length > 1 ? [''] : []),
    ],
    ...Object.keys(largest.pairs).map((name) => line(name, (size) => size.pairs[name] ?? 0, count)),
  ]),
  'The slowest parts of these two stages at the largest size, s (CPU):',
  table(
    head('part'),
    slowest.map((name) => line(name, (size) => size.subjects[name] ?? 0, seconds)),
  ),
].join('\n\n');
mkdirSync(flags.results, { recursive: true });
writeFileSync(join(flags.results, 'pair-work.md'), `${markdown}\n`);
writeFileSync(
  join(flags.results, 'pair-work.json'),
  `${JSON.stringify({ command, machine, sizes }, null, 2)}\n`,
);
console.log(markdown);
