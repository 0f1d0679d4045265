/**
 * ghostcard beside what networks do today and beside a method that needs no knowledge, on the same devices:
 *   python3 -m venv VENV && VENV/bin/pip install -r bench/detection/requirements.txt
 *   npx tsx bench/detection/baselines.ts --work WORK --python VENV/bin/python
 * Reads the cells that evaluate.ts left in WORK. Whatever is tuned is tuned on the odd seeds, and all is
 * counted on the even ones. Writes bench/results/fake-cards-baselines.json and .md, or below --results.
 */
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { literal } from '../../pipelines/warehouse/sql-text.ts';
import { openWarehouse, type Warehouse } from '../../pipelines/warehouse/warehouse.ts';
import { FINAL } from '../../runs/evaluate/sample.ts';
import type { Cell } from '../worlds/cells.ts';
import { percent, table } from '../worlds/markdown.ts';
import { type Pool, poolOf, prefixOf } from '../worlds/pool.ts';
import { type Compared, compare, scoreAtPrecision } from './compare.ts';
import { BY_HAND, brokenRules, type Facts, ruleScores, thresholdsAt, tuneRules } from './rules.ts';

const { values: flags } = parseArgs({
  options: {
    work: { type: 'string', default: join(tmpdir(), 'ghostcard-fake-cards') },
    python: { type: 'string', default: 'python3' },
    results: { type: 'string', default: fileURLToPath(new URL('../results/', import.meta.url)) },
  },
});
const PRECISION = 0.995;

const cells: (Cell & { source: string })[] = readdirSync(flags.work)
  .sort()
  .flatMap((name) => {
    const match = /^(.+)-x[\d.]+-(\d+)$/.exec(name);
    const folder = join(flags.work, name);
    const finished = join(folder, 'finished');
    if (!match || !existsSync(finished)) return [];
    return [{ world: match[1]!, seed: Number(match[2]), folder, source: readFileSync(finished, 'utf8') }];
  });
if (new Set(cells.map(({ source }) => source)).size > 1)
  throw new Error(`expected cells of one state of the sources in ${flags.work}; run evaluate.ts again`);
if (new Set(cells.map(prefixOf)).size < cells.length)
  throw new Error(`expected each world and seed at one scale in ${flags.work}`);
const training = cells.filter(({ seed }) => seed % 2 === 1);
const testing = cells.filter(({ seed }) => seed % 2 === 0);
if (training.length === 0 || testing.length === 0)
  throw new Error(
    `expected cells of an odd and of an even seed in ${flags.work}; run evaluate.ts with --seeds 2 or more`,
  );

/** One table of the cells' files, its ids prefixed as in the pool. */
function unionOf(parts: readonly Cell[], file: string): string {
  return parts
    .map(
      (cell) =>
        `SELECT ${literal(prefixOf(cell))} || device_id AS id, * EXCLUDE (device_id) FROM read_parquet(${literal(join(cell.folder, file))})`,
    )
    .join(' UNION ALL BY NAME ');
}

/** Columns of the rules' facts in the order of the pool's subjects. */
async function factsOf(parts: readonly Cell[], pool: Pool, warehouse: Warehouse): Promise<Facts> {
  const rows = await warehouse.rows<{ id: string } & Record<string, number | boolean | null>>(
    unionOf(parts, 'rules.parquet'),
  );
  const byId = new Map(rows.map((row) => [row.id, row]));
  const names = Object.keys(rows[0] ?? {}).filter((name) => name !== 'id');
  const { ids } = pool.sample;
  return Object.fromEntries(
    names.map((name) => [
      name,
      Float64Array.from(ids, (id) => {
        const value = byId.get(id)?.[name];
        return value === null || value === undefined ? Number.NaN : Number(value);
      }),
    ]),
  );
}

const [known, unseen] = [await poolOf('devices', training), await poolOf('devices', testing)];
const warehouse = await openWarehouse({ path: ':memory:', threads: 1, memory: '2GB' });
const rules = tuneRules(await factsOf(training, known, warehouse), known.sample.bad);
const facts = await factsOf(testing, unseen, warehouse);

const file = (name: string) => join(flags.work, name);
for (const [name, parts] of [
  ['train', training],
  ['test', testing],
] as const) {
  const both = `SELECT * FROM (${unionOf(parts, 'features.parquet')}) JOIN (${unionOf(parts, 'rules.parquet')}) USING (id) ORDER BY id`;
  await warehouse.run(`COPY (${both}) TO ${literal(file(`${name}.parquet`))} (FORMAT parquet)`);
}
const script = fileURLToPath(new URL('./isolation_forest.py', import.meta.url));
const printed = execFileSync(flags.python, [
  script,
  file('train.parquet'),
  file('test.parquet'),
  file('scores.csv'),
]);
const forest = JSON.parse(printed.toString()) as { scikit_learn: string; features: number };
const scored = await warehouse.rows<{ id: string; score: number }>('SELECT id, score FROM read_csv($path)', {
  path: file('scores.csv'),
});
warehouse.close();
const strangeness = new Map(scored.map(({ id, score }) => [id, score]));
const isolated = ({ sample }: Pool) =>
  Float64Array.from(sample.ids, (id) => strangeness.get(id) ?? Number.NaN);

const { sample } = unseen;
// Above every risk, so that a void device ranks over a device that is held with the same risk.
const verdicts = Float64Array.from(sample.risk, (risk, i) => risk + (sample.outcome[i] === FINAL ? 1 : 0));
const compared = compare(
  [
    { method: 'ghostcard', scores: verdicts, own: 1 },
    { method: 'rules, by hand', scores: brokenRules(facts), own: 1 },
    { method: 'rules, tuned on these attacks', scores: ruleScores(rules, facts), own: PRECISION },
    {
      method: 'isolation forest',
      scores: isolated(unseen),
      own: scoreAtPrecision(isolated(known), known.sample.bad, PRECISION),
    },
  ],
  sample,
  PRECISION,
);

const share = (value: number | null) => (value === null ? 'nothing flagged' : percent(value, 2));
const strengths = Object.keys(compared[0]?.own.strengths ?? {});
const byStrength = (of: (one: Compared) => Record<string, number>) =>
  table(
    ['method', ...strengths.map((s) => `strength ${s}`)],
    compared.map((one) => [one.method, ...strengths.map((s) => percent(of(one)[s] ?? 0))]),
  );
const fakes = sample.bad.reduce((sum, bad) => sum + bad, 0);
const thresholds = thresholdsAt(rules, PRECISION);
const worlds = [...new Set(cells.map(({ world }) => world))].join(', ');
const machine = { cpu: cpus()[0]?.model ?? 'unknown', cores: cpus().length, node: process.version };
const markdown = [
  '# Fake cards: beside two baselines',
  `Worlds ${worlds}; tuned on ${training.length} worlds of odd seeds, counted on ${testing.length} of even seeds: ${sample.ids.length} devices, ${fakes} of them fake. Node ${machine.node.slice(1)}, scikit-learn ${forest.scikit_learn}, ${forest.features} features.`,
  table(
    [
      'method',
      'AUROC',
      'average precision',
      `recall at precision ${PRECISION}, in hindsight`,
      'own threshold: precision',
      'recall',
      'honest flagged',
      "honest flagged at ghostcard's recall",
    ],
    compared.map((one) => [
      one.method,
      one.auroc.toFixed(4),
      one.average_precision.toFixed(4),
      percent(one.hindsight.recall),
      share(one.own.precision),
      percent(one.own.recall),
      percent(one.own.false_positive_rate, 2),
      share(one.false_positive_rate_at_recall),
    ]),
  ),
  "Recall by strength at each method's own threshold (ghostcard: void; rules by hand: any; the others: precision 0.995 on the training worlds):",
  byStrength((one) => one.own.strengths),
  `Recall by strength at precision ${PRECISION}, the threshold chosen in hindsight:`,
  byStrength((one) => one.hindsight.strengths),
  `Rules by hand: ${Object.entries(BY_HAND)
    .map(([check, from]) => `${check} ≥ ${from}`)
    .join(', ')}. What each looks at stands in rules.sql. The rules that the training worlds left standing:`,
  table(
    ['check', 'suspicious from'],
    thresholds.map(({ check, from }) => [check, Number(from.toPrecision(4))]),
  ),
].join('\n\n');
mkdirSync(flags.results, { recursive: true });
writeFileSync(join(flags.results, 'fake-cards-baselines.md'), `${markdown}\n`);
const json = {
  machine,
  forest,
  worlds,
  training: training.length,
  testing: testing.length,
  devices: sample.ids.length,
  fakes,
  precision: PRECISION,
  compared,
  by_hand: BY_HAND,
  thresholds,
};
writeFileSync(join(flags.results, 'fake-cards-baselines.json'), `${JSON.stringify(json, null, 2)}\n`);
console.log(markdown);
