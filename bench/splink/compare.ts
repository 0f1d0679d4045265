/**
 * Beside Splink 5, on the same files and limits, in turns:
 *   npx tsx bench/splink/compare.ts --python VENV/bin/python --cache CACHE --sizes 100000,1000000
 * Prints a table and writes bench/results/splink.md.
 */
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { readColumns } from '../../pipelines/warehouse/read-columns.ts';
import { literal, literals } from '../../pipelines/warehouse/sql-text.ts';
import { openWarehouse, type Warehouse } from '../../pipelines/warehouse/warehouse.ts';
import { highMedian } from '../../statistics/quantile.ts';
import { type AccountDataset, makeAccountDataset } from '../account-dataset.ts';
import { type Measured, measure } from '../process-tree.ts';
import { bestThreshold, type PairScore, scoreGroups } from './score.ts';

const { values: flags } = parseArgs({
  options: {
    python: { type: 'string', default: 'python3' },
    cache: { type: 'string' },
    sizes: { type: 'string', default: '100000,1000000' },
    rounds: { type: 'string', default: '1' },
    threads: { type: 'string', default: '2' },
    memory: { type: 'string', default: '4GiB' },
    minutes: { type: 'string', default: '10' },
  },
});
if (!flags.cache) throw new Error('--cache FOLDER is needed: datasets and results of both programs go there');
const cache = flags.cache;
const script = (path: string) => fileURLToPath(new URL(path, import.meta.url));

interface Line {
  method: string;
  measured: Measured;
  score: PairScore;
}

/** The dataset reduced to what Splink reads: the table of accounts. */
async function accountsAlone({ folder }: AccountDataset, warehouse: Warehouse): Promise<string> {
  const alone = `${folder}-alone`;
  rmSync(alone, { recursive: true, force: true });
  mkdirSync(alone, { recursive: true });
  const [from, to] = [join(folder, 'accounts.parquet'), join(alone, 'accounts.parquet')];
  await warehouse.run(
    `COPY (FROM read_parquet(${literal(from)})) TO ${literal(to)} (FORMAT parquet, COMPRESSION zstd)`,
  );
  return alone;
}

function audit(dataset: string, out: string): Promise<Measured> {
  const workspace = `${out}.workspace`;
  for (const folder of [out, workspace]) rmSync(folder, { recursive: true, force: true });
  const args = ['--out', out, '--workspace', workspace, '--threads', flags.threads, '--memory', flags.memory];
  return measure(process.execPath, [
    '--import',
    'tsx',
    script('../../apps/cli/bin.ts'),
    'audit',
    dataset,
    ...args,
  ]);
}

function splink(dataset: string, pairs: string): Promise<Measured> {
  const memory = `${Number.parseFloat(flags.memory)}GiB`;
  const args = [script('./splink_link.py'), join(dataset, 'accounts.parquet'), pairs, flags.threads, memory];
  return measure('timeout', [String(Number(flags.minutes) * 60), flags.python, ...args]);
}

/** Numbers accounts and operators of the truth: `truth(id, no, operator_no)`, −1 for the honest. */
async function readTruth(labels: string, warehouse: Warehouse): Promise<Int32Array> {
  await warehouse.run(
    `CREATE OR REPLACE TABLE truth AS SELECT subject_id AS id,
       CAST(row_number() OVER (ORDER BY subject_id) - 1 AS INTEGER) AS no,
       CASE WHEN truth = 'bad' THEN CAST(dense_rank() OVER (ORDER BY operator) AS INTEGER) ELSE -1 END AS operator_no
     FROM read_parquet(${literal(labels)})`,
  );
  const rows = await warehouse.rows<{ o: number }>('SELECT operator_no AS o FROM truth ORDER BY no');
  return Int32Array.from(rows, ({ o }) => o);
}

/** Group number of each account in `accounts.csv`, of those with one of `verdicts`. */
async function groupsOf(out: string, verdicts: readonly string[], warehouse: Warehouse): Promise<Int32Array> {
  const rows = await warehouse.rows<{ g: number }>(
    `SELECT CASE WHEN cluster_id IS NULL OR NOT list_contains(${literals(verdicts)}, verdict) THEN -1
       ELSE CAST(dense_rank() OVER (ORDER BY cluster_id) AS INTEGER) END AS g
     FROM truth LEFT JOIN read_csv(${literal(join(out, 'accounts.csv'))}, header = true, all_varchar = true) ON account_id = id
     ORDER BY no`,
  );
  return Int32Array.from(rows, ({ g }) => g);
}

async function splinkScores(file: string, operator: Int32Array, warehouse: Warehouse) {
  const from = `FROM read_parquet(${literal(file)}) p JOIN truth x ON x.id = p.a JOIN truth y ON y.id = p.b`;
  const { n } = await warehouse.row<{ n: number }>(`SELECT count(*) AS n ${from}`);
  const pairs = { a: new Int32Array(n), b: new Int32Array(n), weight: new Float64Array(n) };
  const sql = `SELECT x.no, y.no, p.weight ${from} ORDER BY p.weight DESC, x.no, y.no`;
  await readColumns(warehouse, sql, [pairs.a, pairs.b, pairs.weight]);
  return bestThreshold(pairs, operator);
}

const ANY = ['exclude', 'review', 'clear', 'insufficient'];

async function compare(size: number, warehouse: Warehouse): Promise<{ accounts: number; lines: Line[] }> {
  const dataset = await makeAccountDataset(cache, size);
  const alone = await accountsAlone(dataset, warehouse);
  const operator = await readTruth(dataset.labels, warehouse);
  const [ours, oursAll] = [join(cache, `run-alone-${size}`), join(cache, `run-all-${size}`)];
  const pairs = join(cache, `pairs-${size}.parquet`);
  const lines: Line[] = [];
  for (let round = 0; round < Number(flags.rounds); round++) {
    rmSync(pairs, { force: true });
    const theirs = await splink(alone, pairs).catch(() => undefined);
    if (theirs) {
      const best = await splinkScores(pairs, operator, warehouse);
      lines.push({
        method: `Splink, pairs of ≥ ${best.pairs.threshold.toFixed(1)} bits`,
        measured: theirs,
        score: best.pairs,
      });
      const bits = best.chained.threshold.toFixed(1);
      lines.push({
        method: `Splink, chains of pairs of ≥ ${bits} bits`,
        measured: theirs,
        score: best.chained,
      });
    }
    for (const [name, folder, out] of [
      ['accounts alone', alone, ours],
      ['accounts, engagement, transfers', dataset.folder, oursAll],
    ] as const) {
      const measured = await audit(folder, out);
      const score = async (verdicts: string[]) =>
        scoreGroups(await groupsOf(out, verdicts, warehouse), operator);
      lines.push({ method: `ghostcard, ${name}: all clusters`, measured, score: await score(ANY) });
      lines.push({ method: `… excluded or held`, measured, score: await score(['exclude', 'review']) });
      lines.push({ method: `… excluded`, measured, score: await score(['exclude']) });
    }
  }
  return { accounts: dataset.accounts, lines };
}

const HEAD = `| method | F1 | precision | recall | clock, s | processor, s | peak memory, GiB |
| :----- | -: | --------: | -----: | -------: | -----------: | ---------------: |`;

function lineOf({ method, measured, score }: Line): string {
  const figures = [score.f1, score.precision, score.recall].map((x) => x.toFixed(3));
  const cost = [
    measured.seconds.toFixed(0),
    measured.cpuSeconds.toFixed(0),
    (measured.peakBytes / 2 ** 30).toFixed(2),
  ];
  return `| ${[method, ...figures, ...cost].join(' | ')} |`;
}

/**
 * Cost of Splink over cost of the audit of the same table, by the clock and in processor time; medians over
 * rounds.
 */
function ratios(lines: readonly Line[]): string {
  const of = (prefix: string, cost: (run: Measured) => number) =>
    highMedian(
      lines.filter(({ method }) => method.startsWith(prefix)).map(({ measured }) => cost(measured)),
    )!;
  if (!lines.some(({ method }) => method.startsWith('Splink')))
    return `Splink did not finish within ${flags.minutes} minutes and ${flags.memory}.`;
  const ratio = (prefix: string, cost: (run: Measured) => number) =>
    (of('Splink', cost) / of(prefix, cost)).toFixed(2);
  return ['ghostcard, accounts alone', 'ghostcard, accounts, engagement']
    .map((prefix) => {
      const clock = ratio(prefix, (run) => run.seconds);
      return `Splink's time over that of “${prefix.replace('engagement', 'engagement, transfers')}”: ${clock} by the clock, ${ratio(prefix, (run) => run.cpuSeconds)} in processor time.`;
    })
    .join('\n');
}

mkdirSync(cache, { recursive: true });
const warehouse = await openWarehouse({
  path: ':memory:',
  threads: 2,
  memory: '4GiB',
  temp: join(cache, 'spill'),
});
const machine = `${cpus().length} × ${cpus()[0]?.model ?? 'unknown'}, Node ${process.version}, ${flags.threads} threads, ${flags.memory}`;
const pinned = readFileSync(script('./requirements.txt'), 'utf8').trim().replaceAll('\n', ', ');
const parts = [
  `# Beside Splink\n\n${machine}; ${pinned}. Made by \`bench/splink/compare.ts\`, described in \`bench/splink/README.md\`.\n`,
];
for (const size of flags.sizes.split(',').map(Number)) {
  const { accounts, lines } = await compare(size, warehouse);
  const part = `## ${accounts} accounts\n\n${HEAD}\n${lines.map(lineOf).join('\n')}\n\n${ratios(lines)}\n`;
  console.log(part);
  parts.push(part);
  writeFileSync(script('../results/splink.md'), parts.join('\n'));
}
warehouse.close();
