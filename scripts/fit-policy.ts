/**
 * Fits the weights of a policy on finished runs whose truth is known and prints the difference, for a person to review:
 *
 *   npx tsx scripts/fit-policy.ts RUN=LABELS.csv [RUN=LABELS.csv …] [--policy FILE] [--write FILE]
 *
 * One attack family is left out in turn (scripts/fit/levels.ts). Thresholds, caps and forgeability are never fitted.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { checkPolicy, loadPolicy } from '../pipelines/judge/policy.ts';
import { openWarehouse, type Warehouse } from '../pipelines/warehouse/warehouse.ts';
import { fitDetector, type Labelled } from './fit/levels.ts';

/** Found by looking at what a single hidden look-alike would cost; see `shrink` and `cap` in levels.ts. */
const OPTIONS = { account: { shrink: 30, cap: 5.5 }, device: { shrink: 30, cap: 9.5 } } as const;

type Kind = keyof typeof OPTIONS;

/** Labelled subjects of a run with their levels; subjects without a label are left out. */
async function labelled(run: string, labels: string, kind: Kind, warehouse: Warehouse): Promise<Labelled[]> {
  const rows = await warehouse.rows<{ truth: string; family: string; levels: string[] }>(
    `SELECT l.truth, coalesce(l.family, 'unnamed') AS family,
       coalesce(list(DISTINCT t.detector || '.' || t.level) FILTER (WHERE t.detector IS NOT NULL), []) AS levels
     FROM read_csv($labels, all_varchar = true) l
     LEFT JOIN read_parquet($terms) t ON t.subject_type = l.subject_type AND t.subject_id = l.subject_id
     WHERE l.subject_type = $kind
     GROUP BY l.subject_id, l.truth, l.family ORDER BY l.subject_id`,
    { labels, terms: join(run, 'terms.parquet'), kind },
  );
  return rows.map(({ truth, family, levels }) => ({
    bad: truth === 'bad',
    group: family,
    levels: new Set(levels),
  }));
}

async function main(): Promise<void> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: { policy: { type: 'string' }, write: { type: 'string' } },
  });
  if (positionals.length === 0) throw new Error('expected at least one RUN=LABELS.csv');
  const policy = loadPolicy(values.policy);
  const warehouse = await openWarehouse({ path: ':memory:', threads: 2, memory: '1GB' });
  const subjects: Record<Kind, Labelled[]> = { account: [], device: [] };
  for (const pair of positionals) {
    const [run, labels] = pair.split('=') as [string, string];
    for (const kind of ['account', 'device'] as const) {
      subjects[kind].push(...(await labelled(run, labels, kind, warehouse)));
    }
  }
  warehouse.close();
  const speaks = (kind: Kind, detector: string) =>
    subjects[kind].some(({ levels }) => [...levels].some((level) => level.startsWith(`${detector}.`)));
  const fitted = structuredClone(policy.weights);
  console.log('detector.level                            bad  good  estimate  present  fitted');
  for (const [detector, present] of Object.entries(policy.weights)) {
    const kind = (['account', 'device'] as const).find((of) => speaks(of, detector));
    if (!kind) continue;
    const { weights, estimates } = fitDetector(subjects[kind], detector, present, OPTIONS[kind]);
    fitted[detector] = weights;
    for (const { level, nats, bad, good } of estimates) {
      const name = level.slice(detector.length + 1);
      const numbers = [bad, good, nats.toFixed(2), present[name]!, weights[name]!].map((n) =>
        String(n).padStart(8),
      );
      console.log(`${level.padEnd(38)}${numbers.join('')}`);
    }
  }
  const next = checkPolicy({ ...policy, weights: fitted });
  if (values.write) {
    const text = JSON.parse(
      readFileSync(values.policy ?? new URL('../policies/default.json', import.meta.url), 'utf8'),
    );
    writeFileSync(values.write, `${JSON.stringify({ ...text, weights: next.weights }, null, 2)}\n`);
  }
}

await main();
