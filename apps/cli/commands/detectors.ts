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

/** The detector that an id or one of its reason codes names, and for a code its level. */
function named(detectors: readonly Detector[], word: string): { detector: Detector; level?: string } {
  const known = detectors.find((one) => one.id === word);
  if (known) return { detector: known };
  for (const detector of detectors) {
    const found = Object.entries(detector.meta.levels).find(([, { reason }]) => reason === word);
    if (found) return { detector, level: found[0] };
  }
  throw new GhostcardError('E_DETECTOR', {
    subject: word,
    expected: 'the id of a detector, or a reason code',
    got: 'another word',
    todo: 'ghostcard detectors lists them all; detectors/README.md has an index of reason codes.',
  });
}

/** A detector's page; the level that was asked for has an arrow before it. */
function page({ id, meta }: Detector, policy: Policy, asked?: string): string {
  const list = (items: readonly string[]) => items.map((item) => `  - ${item}`).join('\n');
  const needs = Object.entries(meta.needs).map(([table, columns]) => `${table} (${columns.join(', ')})`);
  const levels = tableText(
    {
      head: ['level', 'reason', 'nats', 'forgeable by', 'says'],
      rows: Object.entries(meta.levels).map(([level, { reason, forgeableBy: by, says }]) => [
        level === asked ? `→ ${level}` : level,
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
      'Lists the detectors, or shows one: what it states, whom it must leave alone, what it weighs. ' +
        'A reason code of a result shows its detector, with an arrow at the level.',
    )
    .argument('[ID]', 'one detector, or a reason code of one')
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
      const { detector, level } = named(detectors, id);
      if (json) printJson({ ...asJson(detector, policy), ...(level === undefined ? {} : { level }) });
      else print(page(detector, policy, level));
    });
}
