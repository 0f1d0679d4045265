/**
 * Fits the weights of a policy on finished runs whose truth is known and prints the difference, for a person to review:
 *
 *   npx tsx scripts/fit-policy.ts RUN=LABELS.csv [RUN=LABELS.csv …] [--policy FILE] [--write FILE]
 *     [--hold-out FAMILY|all …] [--on RUN=LABELS.csv …]
 *
 * One attack family is left out in turn (scripts/fit/levels.ts). Thresholds, caps and forgeability are never fitted.
 *
 * `--hold-out` then fits the device weights once more without the family and prints what the rule for devices finds of
 * it on the runs named by `--on` (default: the same runs): with weights that knew the family and with weights that did not.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import Table from 'cli-table3';
import { checkPolicy, loadPolicy } from '../pipelines/judge/policy.ts';
import { openWarehouse, type Warehouse } from '../pipelines/warehouse/warehouse.ts';
import { fitWeights } from './fit/fit.ts';
import { familiesOf, type HeldOut, holdOut } from './fit/hold-out.ts';
import { tally } from './fit/levels.ts';
import { type Kind, type LabelledSubject, labelledSubjects } from './fit/runs.ts';

async function readAll(
  pairs: readonly string[],
  kind: Kind,
  warehouse: Warehouse,
): Promise<LabelledSubject[]> {
  const subjects: LabelledSubject[] = [];
  for (const pair of pairs) {
    const [run, labels, ...rest] = pair.split('=');
    if (!run || !labels || rest.length > 0) throw new Error(`expected RUN=LABELS.csv, got ${pair}`);
    subjects.push(...(await labelledSubjects({ run, labels }, kind, warehouse)));
  }
  return subjects;
}

function heldOutTable(rows: readonly HeldOut[]): string {
  const table = new Table({
    head: [
      'family',
      'devices',
      'void, shipped',
      'fitted with',
      'fitted without',
      'unseen levels 0',
      'or review',
      'honest void',
    ],
  });
  for (const { family, n, shipped, with: full, without, unseen } of rows) {
    const share = (part: number) => (n === 0 ? '' : (part / n).toFixed(3));
    const honest = [shipped, full, without, unseen].map((found) => found.honest).join(' / ');
    table.push([
      family,
      n,
      share(shipped.void),
      share(full.void),
      share(without.void),
      share(unseen.void),
      share(unseen.reached),
      honest,
    ]);
  }
  return table.toString();
}

async function main(): Promise<void> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      policy: { type: 'string' },
      write: { type: 'string' },
      'hold-out': { type: 'string', multiple: true },
      on: { type: 'string', multiple: true },
    },
  });
  if (positionals.length === 0) throw new Error('expected at least one RUN=LABELS.csv');
  const policy = loadPolicy(values.policy);
  const warehouse = await openWarehouse({ path: ':memory:', threads: 2, memory: '1GB' });
  const account = await readAll(positionals, 'account', warehouse);
  const device = await readAll(positionals, 'device', warehouse);
  const tested = values.on ? await readAll(values.on, 'device', warehouse) : device;
  warehouse.close();
  const fit = fitWeights({ account: tally(account), device: tally(device) }, policy);
  console.log('detector.level                            bad  good  estimate  present  fitted');
  for (const { level, bad, good, nats, present, fitted } of fit.levels) {
    const numbers = [bad, good, nats.toFixed(2), present, fitted].map((n) => String(n).padStart(8));
    console.log(`${level.padEnd(38)}${numbers.join('')}`);
  }
  const wanted = values['hold-out'] ?? [];
  if (wanted.length > 0) {
    const known = familiesOf(tested);
    const unknown = wanted.find((family) => family !== 'all' && !known.includes(family));
    if (unknown) throw new Error(`expected all or one of ${known.join(', ')}, got ${unknown}`);
    const families = wanted.includes('all') ? known : wanted;
    console.log(`\n${heldOutTable(holdOut(device, tested, families, policy))}`);
  }
  const next = checkPolicy({ ...policy, weights: fit.weights });
  if (values.write) {
    const text = JSON.parse(
      readFileSync(values.policy ?? new URL('../policies/default.json', import.meta.url), 'utf8'),
    );
    writeFileSync(values.write, `${JSON.stringify({ ...text, weights: next.weights }, null, 2)}\n`);
  }
}

await main();
