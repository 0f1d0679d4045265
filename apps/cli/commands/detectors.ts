import { Command } from '@commander-js/extra-typings';
import { GhostcardError } from '../../../contracts/errors.ts';
import { observes, type Policy } from '../../../contracts/policy.ts';
import { type Detector, loadDetectors } from '../../../pipelines/detect/registry.ts';
import { loadPolicy } from '../../../pipelines/judge/policy.ts';
import { type ReadableTable, readableTables } from '../../../pipelines/readable-tables.ts';
import { tableText } from '../table.ts';
import { print } from '../terminal.ts';

function forgeableBy({ meta }: Detector): string {
  return [...new Set(Object.values(meta.levels).map((level) => level.forgeableBy))].sort().join(', ');
}

function listed(detectors: readonly Detector[], policy: Policy): string {
  return tableText({
    head: ['detector', 'family', 'subject', 'forgeable by', 'counts', 'title'],
    rows: detectors.map((one) => [
      one.id,
      one.meta.family,
      one.meta.subject,
      forgeableBy(one),
      observes(policy, one.id) ? 'observing' : 'yes',
      one.meta.title,
    ]),
  });
}

function page({ id, meta }: Detector, policy: Policy): string {
  const list = (items: readonly string[]) => items.map((item) => `  - ${item}`).join('\n');
  const needs = Object.entries(meta.needs).map(([table, columns]) => `${table} (${columns.join(', ')})`);
  const levels = tableText({
    head: ['level', 'reason', 'nats', 'forgeable by', 'says'],
    rows: Object.entries(meta.levels).map(([level, { reason, forgeableBy: by, says }]) => [
      level,
      reason,
      String(policy.weights[id]?.[level] ?? 0),
      by,
      says,
    ]),
    numbers: [2],
  });
  return [
    `${id}: ${meta.title}\n`,
    `${meta.states}\n`,
    `Family ${meta.family}, about ${meta.subject}s${meta.links ? ', links accounts' : ''}.\n`,
    levels,
    `Needs\n${list(needs)}\n`,
    `Honest look-alikes it must leave alone\n${list(meta.lookAlikes)}\n`,
    `Appeal\n  ${meta.appeal}\n`,
    `Sources\n${list(meta.sources)}\n`,
  ].join('\n');
}

function asJson(detector: Detector, policy: Policy) {
  return {
    id: detector.id,
    ...detector.meta,
    observing: observes(policy, detector.id),
    weights: policy.weights[detector.id] ?? {},
  };
}

/** `--tables` for people. */
export function tablesText(tables: readonly ReadableTable[]): string {
  return tables
    .map(({ table, says, columns }) => {
      const rows = columns.map((column) => [column.name, column.type, column.says]);
      const told = columns.some((column) => column.says !== '');
      const head = told ? ['column', 'type', 'holds'] : ['column', 'type'];
      return `${[table, says].filter(Boolean).join(': ')}\n${tableText({ head, rows: told ? rows : rows.map((row) => row.slice(0, 2)) })}`;
    })
    .join('\n');
}

export function detectorsCommand() {
  return new Command('detectors')
    .description(
      'Lists the detectors, or shows one: what it states, whom it must leave alone, what it weighs.',
    )
    .argument('[ID]', 'one detector')
    .option('--policy <file>', 'weights of this policy (default: the shipped policy)')
    .option('--tables', 'the tables and columns that a detector may read, instead')
    .option('--json', 'as JSON')
    .action(async (id, { policy: path, tables, json }) => {
      const printJson = (value: unknown) => process.stdout.write(`${JSON.stringify(value, null, 2)}\n`);
      if (tables) {
        const readable = await readableTables();
        if (json) printJson(readable);
        else print(tablesText(readable));
        return;
      }
      const policy = loadPolicy(path);
      const detectors = await loadDetectors();
      if (id === undefined) {
        if (json) printJson(detectors.map((one) => asJson(one, policy)));
        else print(listed(detectors, policy));
        return;
      }
      const detector = detectors.find((one) => one.id === id);
      if (!detector) {
        throw new GhostcardError('E_DETECTOR', {
          subject: id,
          expected: 'the id of a detector',
          got: 'another word',
          todo: 'ghostcard detectors lists them all.',
        });
      }
      if (json) printJson(asJson(detector, policy));
      else print(page(detector, policy));
    });
}
