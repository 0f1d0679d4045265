import { Command } from '@commander-js/extra-typings';
import { GhostcardError } from '../../../contracts/errors.ts';
import { natsOf, observes, type Policy } from '../../../contracts/policy.ts';
import { type Detector, loadDetectors } from '../../../pipelines/detect/registry.ts';
import { loadPolicy } from '../../../pipelines/judge/policy.ts';
import { readableTables } from '../../../pipelines/readable-tables.ts';
import { pageOf } from '../../../reports/figures.ts';
import { readableTablesText } from '../../../reports/terminal/readable-tables.ts';
import { tableText } from '../../../reports/terminal/table.ts';
import { print, screen } from '../terminal.ts';

function forgeableBy({ meta }: Detector): string {
  return [...new Set(Object.values(meta.levels).map((level) => level.forgeableBy))].sort().join(', ');
}

function listed(detectors: readonly Detector[], policy: Policy): string {
  return tableText(
    {
      head: ['detector', 'family', 'subject', 'forgeable by', 'counts', 'title'],
      rows: detectors.map((one) => [
        one.id,
        one.meta.family,
        one.meta.subject,
        forgeableBy(one),
        observes(policy, one.id) ? 'observing' : 'yes',
        one.meta.title,
      ]),
    },
    screen(),
  );
}

function page({ id, meta }: Detector, policy: Policy): string {
  const list = (items: readonly string[]) => items.map((item) => `  - ${item}`).join('\n');
  const needs = Object.entries(meta.needs).map(([table, columns]) => `${table} (${columns.join(', ')})`);
  const levels = tableText(
    {
      head: ['level', 'reason', 'nats', 'forgeable by', 'says'],
      rows: Object.entries(meta.levels).map(([level, { reason, forgeableBy: by, says }]) => [
        level,
        reason,
        String(natsOf(policy.weights, id, level)),
        by,
        says,
      ]),
      numbers: [2],
    },
    screen(),
  );
  return [
    `${id}: ${meta.title}\n`,
    `${meta.states}\n`,
    `Family ${meta.family}, about ${meta.subject}s${meta.links ? ', links accounts' : ''}.\n`,
    levels,
    `Needs\n${list(needs)}\n`,
    `Honest look-alikes it must leave alone\n${list(meta.lookAlikes)}\n`,
    `Appeal\n  ${meta.appeal}\n`,
    `Sources\n${list(meta.sources)}\n`,
    `Its numbers, a row of its evidence and its SQL: ${pageOf(id)}\n`,
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
        else print(readableTablesText(readable, screen()));
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
