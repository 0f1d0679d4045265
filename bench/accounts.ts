/**
 * What the account-only pipeline costs, from files to the finished run directory, as accounts grow:
 *   npx tsx bench/accounts.ts --cache CACHE --sizes 10000,100000,1000000
 * Accounts with engagement and transfers, no machines. Linux only. Writes bench/results/accounts.md, or below
 * --results.
 */
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { BRAKE_NAMES } from '../contracts/verdict.ts';
import { superviseAudit } from '../pipelines/supervise.ts';
import { openWarehouse } from '../pipelines/warehouse/warehouse.ts';
import { makeAccountDataset } from './account-dataset.ts';
import { treeUsage } from './process-tree.ts';
import { table } from './worlds/markdown.ts';

const { values: flags } = parseArgs({
  options: {
    cache: { type: 'string', default: join(tmpdir(), 'ghostcard-accounts') },
    sizes: { type: 'string', default: '10000,100000,1000000' },
    threads: { type: 'string', default: '2' },
    memory: { type: 'string', default: '4' },
    results: { type: 'string', default: fileURLToPath(new URL('./results/', import.meta.url)) },
  },
});

interface Size {
  accounts: number;
  /** Rows of accounts, engagement and transfers. */
  rows: number;
  incidences: number;
  clusters: number;
  clustered: number;
  /** By the clock, from files to the finished run directory. */
  seconds: number;
  /** Processor seconds of all threads, in all, by stage and by `stage subject`. */
  cpuSeconds: number;
  stages: Record<string, number>;
  subjects: Record<string, number>;
  /** Highest resident memory of the process tree, in all and while a stage ran. */
  peakBytes: number;
  peaks: Record<string, number>;
}

type Outcome = Pick<Size, 'rows' | 'incidences' | 'clusters' | 'clustered'>;

async function outcomeOf(path: string): Promise<Outcome> {
  const warehouse = await openWarehouse({ path, threads: 1, memory: '1GB' });
  try {
    return await warehouse.row<Outcome>(
      `SELECT
         (SELECT count(*) FROM raw.accounts) + (SELECT count(*) FROM raw.engagement)
           + (SELECT count(*) FROM raw.transfers) AS rows,
         (SELECT count(*) FROM operator.incidence) AS incidences,
         (SELECT count(*) FROM operator.published_cluster) AS clusters,
         (SELECT count(*) FROM operator.published_member) AS clustered`,
    );
  } finally {
    warehouse.close();
  }
}

async function measureSize(wanted: number): Promise<Size> {
  const told = (text: string) => process.stderr.write(`${wanted}: ${text}\n`);
  const { folder, accounts } = await makeAccountDataset(flags.cache, wanted);
  const places = { out: join(flags.cache, 'out'), workspace: join(flags.cache, 'workspace') };
  const clean = () => {
    for (const place of Object.values(places)) rmSync(place, { recursive: true, force: true });
  };
  clean();
  const subjects: Record<string, number> = {};
  const stages: Record<string, number> = {};
  const peaks: Record<string, number> = {};
  let last = { stage: 'ingest', subject: 'start' };
  let cpu = treeUsage(process.pid).cpuSeconds;
  const before = cpu;
  const sample = () => {
    const usage = treeUsage(process.pid);
    const spent = Math.max(0, usage.cpuSeconds - cpu);
    cpu += spent;
    // Ingest names files by their paths, which differ between machines.
    const name = last.stage === 'ingest' ? 'ingest' : `${last.stage} ${last.subject}`;
    subjects[name] = (subjects[name] ?? 0) + spent;
    stages[last.stage] = (stages[last.stage] ?? 0) + spent;
    peaks[last.stage] = Math.max(peaks[last.stage] ?? 0, usage.bytes);
  };
  const timer = setInterval(sample, 100);
  const started = performance.now();
  const limits = { threads: Number(flags.threads), memoryBytes: Number(flags.memory) * 2 ** 30 };
  const overrideBrakes = BRAKE_NAMES.map((name) => ({ name, why: 'a made-up network is measured' }));
  try {
    await superviseAudit(
      { dataset: folder, ...places, ...limits, overrideBrakes },
      {
        progress({ stage, subject }) {
          sample();
          if (last.stage !== stage) told(stage);
          last = { stage, subject };
        },
      },
    );
  } finally {
    clearInterval(timer);
  }
  const seconds = (performance.now() - started) / 1000;
  const outcome = await outcomeOf(join(places.workspace, 'warehouse.duckdb'));
  clean();
  const peakBytes = Math.max(...Object.values(peaks));
  return { accounts, ...outcome, seconds, cpuSeconds: cpu - before, stages, subjects, peakBytes, peaks };
}

mkdirSync(flags.cache, { recursive: true });
mkdirSync(flags.results, { recursive: true });
const sizes: Size[] = [];
for (const wanted of flags.sizes.split(',').map(Number)) {
  sizes.push(await measureSize(wanted));
  report(sizes);
}

/** Writes what is measured so far: the largest size may be stopped. */
function report(done: readonly Size[]): void {
  const [first, largest] = [done[0]!, done.at(-1)!];
  const grew = (of: (size: Size) => number) =>
    done.length > 1 && of(first) > 0 && of(largest) > 0
      ? (Math.log(of(largest) / of(first)) / Math.log(largest.accounts / first.accounts)).toFixed(2)
      : '';
  const line = (name: string, of: (size: Size) => number, shown = (value: number) => value.toFixed(1)) => [
    name,
    ...done.map((size) => shown(of(size))),
    grew(of),
  ];
  const head = (name: string) => [
    name,
    ...done.map(({ accounts }) => String(accounts)),
    'grows as accounts to the',
  ];
  const gib = (bytes: number) => (bytes / 2 ** 30).toFixed(2);
  const slowest = Object.entries(largest.subjects)
    .sort((a, b) => b[1] - a[1])
    .slice(0, 25)
    .map(([name]) => name);
  const command = `npx tsx bench/accounts.ts --sizes ${flags.sizes} --threads ${flags.threads} --memory ${flags.memory}`;
  const machine = `${cpus().length} × ${cpus()[0]?.model ?? 'unknown'}, Node ${process.version}`;
  const text = [
    '# Cost of accounts',
    `\`${command}\` on ${machine}. Each size was audited once, from files to the finished run directory.`,
    table(head('accounts'), [
      line('rows read', ({ rows }) => rows, String),
      line('incidences of accounts and values', ({ incidences }) => incidences, String),
      line('published clusters', ({ clusters }) => clusters, String),
      line('accounts in them', ({ clustered }) => clustered, String),
      line('clock, s', ({ seconds }) => seconds),
      line('processor, s', ({ cpuSeconds }) => cpuSeconds),
      ...Object.keys(largest.stages).map((stage) =>
        line(`of it ${stage}`, ({ stages }) => stages[stage] ?? 0),
      ),
      line(
        'processor, ms per account',
        (size) => (1000 * size.cpuSeconds) / size.accounts,
        (ms) => ms.toFixed(2),
      ),
      line('peak memory, GiB', ({ peakBytes }) => peakBytes, gib),
      line('peak memory while clustering, GiB', ({ peaks }) => peaks.cluster ?? 0, gib),
    ]),
    'The parts that took the most processor time at the largest size, s:',
    table(
      head('part'),
      slowest.map((name) => line(name, ({ subjects }) => subjects[name] ?? 0)),
    ),
  ].join('\n\n');
  writeFileSync(join(flags.results, 'accounts.md'), `${text}\n`);
  writeFileSync(
    join(flags.results, 'accounts.json'),
    `${JSON.stringify({ command, machine, sizes: done }, null, 2)}\n`,
  );
  console.log(text);
}
