/** Reference pages of errors, run files, the command line and the worlds. */
import { z } from 'zod';
import { program } from '../apps/cli/run.ts';
import { ERROR_CODES, type ErrorCode, EXIT, GhostcardError, REJECT_CODES } from '../contracts/errors.ts';
import { EvaluationSchema } from '../contracts/evaluation.ts';
import { CSV_COLUMNS, RunManifestSchema } from '../contracts/run.ts';
import { HELD_BY, WHY_NOT } from '../contracts/verdict.ts';
import { WORLDS } from '../fixtures/worlds/world.ts';
import { code, GENERATED, json, list, page, table } from './markdown.ts';

const EXIT_MEANING: Readonly<Record<keyof typeof EXIT, string>> = {
  ok: 'done',
  failed: 'a file could not be written, a process died, or a defect',
  usage: 'the command line is wrong',
  input: 'an input file was refused',
  brake: 'a brake stopped the run before publishing; nothing was written',
  notFound: 'no subject, detector or world of that name',
  busy: 'another audit holds the workspace; try again later',
  interrupted: 'interrupted; the same command resumes',
};

function exitCodeOf(error: ErrorCode): number {
  return new GhostcardError(error, { subject: '', expected: '', got: '', todo: '' }).exitCode;
}

function errorsPage(): string {
  const words = (record: Readonly<Record<string, string>>) =>
    Object.entries(record).map(([name, says]) => [code(name), says]);
  return page(
    GENERATED,
    '# Errors',
    'Every refusal carries a code, and says what was looked at, what was expected, what was found and what to do next. ' +
      'With `--json` the same stands on standard error as JSON.',
    '## Exit codes',
    table(
      ['exit', 'meaning'],
      Object.entries(EXIT).map(([name, value]) => [String(value), EXIT_MEANING[name as keyof typeof EXIT]]),
      'rl',
    ),
    '## Codes',
    table(
      ['code', 'means', 'exit'],
      Object.entries(ERROR_CODES).map(([name, says]) => [
        code(name),
        says,
        String(exitCodeOf(name as ErrorCode)),
      ]),
      'llr',
    ),
    '## Rejected rows',
    'A bad row does not stop a run. It is left out and listed in `rejected.csv` with one of these codes.',
    table(['code', 'means'], words(REJECT_CODES)),
    '## Why a verdict is held',
    'A subject past the threshold that is not excluded or void says why in the report:',
    table(['word', 'means'], words(HELD_BY)),
    '## Why evidence does not count',
    table(['word', 'means'], words(WHY_NOT)),
  );
}

function cliPage(): string {
  const root = program();
  root.configureHelp({ helpWidth: 110 });
  const help = (command: { helpInformation(): string }) =>
    `\`\`\`text\n${command.helpInformation().trim()}\n\`\`\``;
  const verbs = root.commands.map((command) => {
    command.configureHelp({ helpWidth: 110 });
    return `## ghostcard ${command.name()}\n\n${help(command)}`;
  });
  return page(
    GENERATED,
    '# Command line',
    'Exit codes and error codes: [errors.md](errors.md).',
    help(root),
    ...verbs,
  );
}

function worldsPage(): string {
  const sections = Object.entries(WORLDS).map(([name, world]) => {
    const cohorts = Object.entries(world.honest).map(([cohort, n]) => `${cohort} (${n})`);
    const attacks = world.attacks.map(
      (attack) => `${attack.name}, strength ${attack.strengths.join(', ')}, ${attack.operators} each`,
    );
    return page(
      `## ${name}`,
      world.description,
      `${world.days} days, a heartbeat every ${world.intervalS} s, a ping every ${world.pingS} s. Tables: ${world.tables.map(code).join(', ')}.`,
      `Honest cohorts: ${cohorts.join(', ')}.`,
      attacks.length === 0 ? 'No attack.' : `Operators:\n\n${list(attacks)}`,
    ).trimEnd();
  });
  return page(
    GENERATED,
    '# Worlds',
    'Made-up networks for tests, demonstrations and calibration: `ghostcard world NAME --seed 7 --out DIR --labels truth.csv`. ' +
      'The same name, seed and scale give the same bytes. Numbers are those of `--scale 1`.',
    ...sections,
  );
}

/** What of a published term the verdict depends on. */
const FROM_TERMS = [
  '## From terms to verdicts',
  'A row of `terms.parquet` is one finding as the judge summed it: `weight_raw` before discount and caps, `weight` in the sum, ' +
    '`why_not` where it has no part. With the policy of the manifest, the terms of a subject and its row of `account_facts.parquet` or ' +
    '`device_facts.parquet` replay its verdict by the judge’s own rules, and a test does so. Decisions and merges of analysts come on top. ' +
    'The rules read `detector`, `family`, `forgeable_by`, `level`, `value`, `sharers`, `sharers_in_cluster` and:',
  list([
    '`links`: it says that the accounts of `value` have one operator.',
    '`hub`: so many share `value` that it carries no exclusion.',
    '`card`: index of the card of a device that it is about, empty for the whole machine.',
    '`facet`: which of several measurements of its detector it is a level of.',
  ]),
  '`device_facts.parquet` has `places` (cards of the newest inventory) and `judgeable` (cards that the network measured often enough), ' +
    'both only for devices of which a finding names a card.',
];

function resultsPage(): string {
  const files = Object.entries(CSV_COLUMNS).map(([file, columns]) => [
    code(file),
    columns.map(code).join(', '),
  ]);
  return page(
    GENERATED,
    '# Files of a run',
    'Columns in file order; rows are sorted by id in code-unit order. How to read them: [guide.md](guide.md#reading-the-result). ' +
      'The manifest as JSON Schema: [manifest.schema.json](manifest.schema.json); what `evaluate --json` prints: ' +
      '[evaluation.schema.json](evaluation.schema.json).',
    table(['file', 'columns'], files),
    '## Held, decided, looked at',
    'These columns stand in `accounts.csv` and `devices.csv`. `held_by`: what keeps a subject in review from `exclude` or `void`, ' +
      'words of [errors.md](errors.md#why-a-verdict-is-held) joined by a pipe character. A clear subject may carry `one-cause`: enough is said of it, all by one cause, which is shown and holds nobody. `decided_by`: the analyst whose decision is the ' +
      'verdict; empty when the evidence made it, also when a decision was reopened by new facts.',
    '`looked_at`: the families of evidence that could have spoken, in order of their names. A family looked at a subject when a ' +
      'detector of it ran, has a weight in the policy, and names the subject among those that it could judge (its `seen.sql`). ' +
      'A detector of devices looked at their owner, too, where the policy lifts its findings to owners (`lift`). ' +
      'Empty: nobody looked, and `clear` says nothing. The same in numbers stands in the manifest under `summary.coverage`.',
    ...FROM_TERMS,
    '## Lost input',
    '`losses.csv`: whom lost values (`column` is named) and refused rows (`column` is empty) hit. `id` is what the row named, of the kind ' +
      '`owner_type`; `account_id` is its owner, empty where the dataset has none of that name. `unread.csv`: files that look like a table ' +
      'and were not read. `unknown_models.csv`: claimed models that the catalogue does not know, with the first fifty of their devices.',
  );
}

/** Path → content of every generated reference file. */
export function referenceFiles(): Map<string, string> {
  return new Map([
    ['docs/errors.md', errorsPage()],
    ['docs/manifest.schema.json', json(z.toJSONSchema(RunManifestSchema, { io: 'input' }))],
    ['docs/evaluation.schema.json', json(z.toJSONSchema(EvaluationSchema, { io: 'input' }))],
    ['docs/results.md', resultsPage()],
    ['docs/cli.md', cliPage()],
    ['docs/worlds.md', worldsPage()],
  ]);
}
