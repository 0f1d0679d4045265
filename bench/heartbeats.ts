/**
 * The whole audit against the engine's own floor, on the same files and limits, in turns:
 *   npx tsx bench/heartbeats.ts --folder /var/tmp/bench --devices 10000 --days 1,10 --rounds 3
 * Prints a table and writes bench/results/heartbeats.json.
 */
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import Table from 'cli-table3';
import { highMedian } from '../statistics/quantile.ts';
import { heartbeatsOf, makeDataset, type Scale } from './dataset.ts';
import { type Measured, measure } from './process-tree.ts';

const { values: flags } = parseArgs({
  options: {
    folder: { type: 'string', default: join(tmpdir(), 'ghostcard-bench') },
    devices: { type: 'string', default: '10000' },
    days: { type: 'string', default: '1,10' },
    rounds: { type: 'string', default: '3' },
    threads: { type: 'string', default: '2' },
    memory: { type: 'string', default: '4GiB' },
  },
});

const script = (path: string) => fileURLToPath(new URL(path, import.meta.url));

async function baseline(dataset: string): Promise<Measured> {
  const work = join(flags.folder, 'baseline');
  return measure(process.execPath, [
    '--import',
    'tsx',
    script('./baseline.ts'),
    dataset,
    work,
    flags.threads,
    flags.memory,
  ]);
}

async function audit(dataset: string): Promise<Measured> {
  const workspace = join(flags.folder, 'workspace');
  const out = join(flags.folder, 'out');
  for (const folder of [workspace, out]) rmSync(folder, { recursive: true, force: true });
  const limits = ['--threads', flags.threads, '--memory', flags.memory];
  const places = ['--out', out, '--workspace', workspace];
  return measure(process.execPath, [
    '--import',
    'tsx',
    script('../apps/cli/bin.ts'),
    'audit',
    dataset,
    ...places,
    ...limits,
  ]);
}

interface Outcome extends Scale {
  heartbeats: number;
  baseline: Measured[];
  audit: Measured[];
  /**
   * Median audit over median baseline: by the clock, and by processor time, which other load does not
   * stretch.
   */
  ratio: { wall: number; cpu: number };
  peakBytes: number;
}

async function bench(scale: Scale): Promise<Outcome> {
  const dataset = await makeDataset(flags.folder, scale, flags.memory);
  const outcome: Outcome = {
    ...scale,
    heartbeats: heartbeatsOf(scale),
    baseline: [],
    audit: [],
    ratio: { wall: 0, cpu: 0 },
    peakBytes: 0,
  };
  for (let round = 0; round < Number(flags.rounds); round++) {
    outcome.baseline.push(await baseline(dataset));
    outcome.audit.push(await audit(dataset));
  }
  const ratio = (of: (run: Measured) => number) =>
    highMedian(outcome.audit.map(of))! / highMedian(outcome.baseline.map(of))!;
  outcome.ratio = { wall: ratio((run) => run.seconds), cpu: ratio((run) => run.cpuSeconds) };
  outcome.peakBytes = Math.max(...outcome.audit.map((run) => run.peakBytes));
  return outcome;
}

mkdirSync(flags.folder, { recursive: true });
const outcomes: Outcome[] = [];
for (const days of flags.days.split(',').map(Number)) {
  outcomes.push(await bench({ devices: Number(flags.devices), days }));
}

const table = new Table({
  head: [
    'heartbeats',
    'engine alone, s (CPU)',
    'audit, s (CPU)',
    'ratio, wall',
    'ratio, CPU',
    'peak memory, GiB',
  ],
});
const list = (runs: readonly Measured[]) =>
  runs.map(({ seconds, cpuSeconds }) => `${seconds.toFixed(1)} (${cpuSeconds.toFixed(1)})`).join('\n');
for (const { heartbeats, ratio, peakBytes, ...runs } of outcomes) {
  table.push([
    heartbeats,
    list(runs.baseline),
    list(runs.audit),
    ratio.wall.toFixed(2),
    ratio.cpu.toFixed(2),
    (peakBytes / 2 ** 30).toFixed(2),
  ]);
}
console.log(table.toString());
const [first, last] = [outcomes[0]!, outcomes.at(-1)!];
const auditCpu = ({ audit: runs }: Outcome) => highMedian(runs.map((run) => run.cpuSeconds))!;
/** How the audit grows while the heartbeats grow from the first scale to the last. */
const growth = {
  heartbeats: last.heartbeats / first.heartbeats,
  cpuSeconds: auditCpu(last) / auditCpu(first),
  peakMemory: last.peakBytes / first.peakBytes,
};
console.log(
  `${growth.heartbeats} times the heartbeats: ${growth.cpuSeconds.toFixed(2)} times the processor time, ` +
    `${growth.peakMemory.toFixed(2)} times the memory`,
);
const machine = { cpu: cpus()[0]?.model ?? 'unknown', cores: cpus().length, node: process.version };
mkdirSync(script('./results'), { recursive: true });
const limits = { threads: flags.threads, memory: flags.memory };
writeFileSync(
  script('./results/heartbeats.json'),
  `${JSON.stringify({ machine, limits, outcomes, growth }, null, 2)}\n`,
);
