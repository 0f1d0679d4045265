/**
 * The catalogue of detectors and a page for each, from their metadata, their cases, their notes and the
 * policy.
 */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { TABLE_NAMES } from '../contracts/dataset.ts';
import type { DetectorCases } from '../contracts/detector.ts';
import { natsOf, observes, type Policy } from '../contracts/policy.ts';
import { type Detector, loadDetectors } from '../pipelines/detect/registry.ts';
import { loadPolicy } from '../pipelines/judge/policy.ts';
import { type Example, exampleRows, type Notes, notesOf, numbersTable } from './detector-page.ts';
import { code, GENERATED, list, page, table } from './markdown.ts';

const FOLDER = new URL('../detectors/', import.meta.url);
const MODELS = new URL('../pipelines/models/', import.meta.url);
/** Files of a unit that a page links, in reading order; its models stand between them. */
const LINKED = ['detector.ts', 'detector.sql', 'seen.sql', 'learn.ts'];

interface Documented extends Detector {
  cases: DetectorCases;
  notes: Notes;
  /** Null until the tests of its cases have written it. */
  example: Example | null;
  /** Paths in its folder. */
  files: readonly string[];
}

function filesOf(folder: URL): string[] {
  const models = new URL('models/', folder);
  const tables = existsSync(models) ? readdirSync(models).filter((file) => file.endsWith('.sql')) : [];
  const named = LINKED.filter((file) => existsSync(new URL(file, folder)));
  return [...named, ...tables.sort().map((file) => `models/${file}`)];
}

async function documented(detector: Detector): Promise<Documented> {
  const folder = new URL(`${detector.id}/`, FOLDER);
  const { cases } = (await import(fileURLToPath(new URL('cases.ts', folder)))) as { cases: DetectorCases };
  const kept = new URL('example.json', folder);
  const example = existsSync(kept) ? (JSON.parse(readFileSync(kept, 'utf8')) as Example) : null;
  const notes = notesOf(readFileSync(new URL('notes.md', folder), 'utf8'));
  return { ...detector, cases, notes, example, files: filesOf(folder) };
}

const FORGERS = {
  anyone: 'an outsider could create it, so it never convicts',
  operator: 'the accused had to act',
  nobody: 'the network itself measured it',
} as const;

function levels({ meta }: Detector): string {
  const rows = Object.entries(meta.levels).map(([level, { reason, says, forgeableBy }]) => [
    code(level),
    code(reason),
    forgeableBy,
    says,
  ]);
  const forgers = [...new Set(Object.values(meta.levels).map((level) => level.forgeableBy))].sort();
  return page(
    table(['level', 'reason', 'forgeable by', 'what it says to the accused'], rows),
    forgers.map((by) => `*${by}*: ${FORGERS[by]}.`).join(' '),
  ).trimEnd();
}

/** What each level weighs by the policy, and how that came about. */
function weights({ id, meta }: Detector, policy: Policy): string {
  if (observes(policy, id)) return '';
  const rows = Object.keys(meta.levels).map((level) => {
    const entry = policy.weights[id]?.[level] ?? 0;
    const nats = natsOf(policy.weights, id, level);
    const { how, on, silent } = typeof entry === 'object' ? entry : { how: '', on: '', silent: null };
    return [
      code(level),
      nats === 0 ? 'observing' : String(nats),
      how,
      silent === null ? '' : String(silent),
      on,
    ];
  });
  const facets = [...new Set(Object.values(meta.levels).flatMap(({ facet }) => facet ?? []))];
  return page(
    '## What it weighs',
    facets.length === 0
      ? 'The levels are degrees of one statement: of those that hold the strongest weighs.'
      : `Levels of one facet (${facets.map(code).join(', ')}) are degrees of one statement: of those that hold the strongest weighs.`,
    table(['level', 'nats', 'how', 'silent on', 'on what'], rows, 'lrlrl'),
    'From [policies/default.json](../../policies/default.json). *silent on*: honest subjects elsewhere without one false alarm.',
  ).trimEnd();
}

/** Files that make the groups of a table, by the kind in the name of its model. */
const GROUP_FINDERS = {
  bursts: ['bursts.sql'],
  components: ['components.ts'],
  labels: ['labels.ts', 'spread-labels.ts'],
  trees: ['trees.ts'],
} as const;

/** The file in `pipelines/models` that makes a shared table of this name. */
function makerOf(table: string): string | undefined {
  return readdirSync(MODELS).find((file) => file.startsWith(`${table}.`) && !file.includes('.test.'));
}

/**
 * Links what makes the groups of a unit's own tables and of the shared ones that it reads; empty where none
 * are groups.
 */
function groupFinders({ meta, files }: Documented): string {
  const shared = meta.reads.filter((name) => name.startsWith('features.'));
  const makers = [...files, ...shared.map((name) => makerOf(name.slice('features.'.length)) ?? '')];
  const kinds = (Object.keys(GROUP_FINDERS) as (keyof typeof GROUP_FINDERS)[]).filter((kind) =>
    makers.some((file) => file.endsWith(`.${kind}.sql`)),
  );
  const links = kinds.flatMap((kind) =>
    GROUP_FINDERS[kind].map((file) => `[${file}](../../pipelines/models/groups/${file})`),
  );
  return links.length === 0 ? '' : `Groups in these tables are made by ${links.join(', ')}.`;
}

/** A table that a unit reads, linked to what makes it or to the dataset that brings it. */
function readLink(name: string): string {
  const [schema, table] = name.split('.') as [string, string];
  if (schema === 'raw' && (TABLE_NAMES as readonly string[]).includes(table))
    return `[${name}](../dataset.md#${table})`;
  const maker = makerOf(table);
  return schema === 'features' && maker ? `[${name}](../../pipelines/models/${maker})` : code(name);
}

function inputs(detector: Documented): string {
  const { id, meta, files } = detector;
  const needs = Object.entries(meta.needs).map(
    ([name, columns]) => `${code(name)} (${columns.map(code).join(', ')})`,
  );
  return page(
    '## What it reads',
    `Without these tables and columns it does not run, and the report says so:\n\n${list(needs)}`,
    `It reads ${meta.reads.map(readLink).join(', ')}.`,
    `Its code: ${files.map((file) => `[${file}](../../detectors/${id}/${file})`).join(', ')}.`,
    groupFinders(detector),
  ).trimEnd();
}

function lookAlikes({ id, meta, cases, notes }: Documented): string {
  if (meta.lookAlikes.length === 0) return '';
  const count = `${cases.fraud.length} fraud, ${cases.honest.length} honest, ${cases.silent.length} silent`;
  const unnamed = meta.lookAlikes.filter((name) => !notes.lookAlikes.includes(code(name)));
  return page(
    '## Honest look-alikes that it leaves alone',
    notes.lookAlikes,
    list(unnamed.map(code)),
    `Each has a case of that name in [cases.ts](../../detectors/${id}/cases.ts) (${count}).`,
  ).trimEnd();
}

/** One detector's page. */
export function detectorPage(detector: Documented, policy: Policy): string {
  const { id, meta, notes, example } = detector;
  const about = `Family **${meta.family}**, about ${meta.subject === 'network' ? 'the network' : `${meta.subject}s`}${
    meta.links ? '; a finding says that its subjects have one operator' : ''
  }.`;
  return page(
    GENERATED,
    `# ${id}`,
    `**${meta.title}.** ${meta.states}`,
    about,
    notes.method,
    `## What it can say\n\n${levels(detector)}`,
    weights(detector, policy),
    numbersTable(meta.params ?? {}),
    example === null ? '' : exampleRows(example),
    notes.silentWhen === '' ? '' : `## Silent when\n\n${notes.silentWhen}`,
    lookAlikes(detector),
    inputs(detector),
    `## Sources\n\n${list(meta.sources)}`,
    `## Appeal\n\n${meta.appeal}`,
    notes.rest,
  );
}

/** Where to look a reason code up: every one of every detector, by name. */
function reasonIndex(detectors: readonly Detector[]): string {
  const rows = detectors.flatMap(({ id, meta }) =>
    Object.entries(meta.levels).map(([level, { reason }]) => ({ reason, id, level })),
  );
  const sorted = rows.toSorted((a, b) => (a.reason < b.reason ? -1 : 1));
  return page(
    '## From a reason code to its detector',
    '`accounts.csv`, `devices.csv` and the report name reason codes; each is one level of one detector. ' +
      '`ghostcard detectors REASON` prints the same on the command line.',
    table(
      ['reason', 'detector', 'level'],
      sorted.map(({ reason, id, level }) => [
        code(reason),
        `[${id}](../docs/detectors/${id}.md)`,
        code(level),
      ]),
    ),
  ).trimEnd();
}

/** detectors/README.md. */
export function catalogue(detectors: readonly Detector[], policy: Policy): string {
  const rows = detectors.map(({ id, meta }) => [
    `[${id}](../docs/detectors/${id}.md)`,
    meta.title,
    meta.family,
    meta.subject,
    [...new Set(Object.values(meta.levels).map((level) => level.forgeableBy))].sort().join(', '),
    observes(policy, id) ? 'observing' : 'counts',
  ]);
  return page(
    GENERATED,
    '# Detectors',
    `${detectors.length} detectors, a folder each; the folder's name is the id. A detector states facts and weighs nothing: ` +
      'weights stand in [policies/default.json](../policies/default.json), and one without a weight is *observing*: shown, not counted.',
    table(['id', 'states', 'family', 'subject', 'forgeable by', 'policy'], rows),
    reasonIndex(detectors),
    '`npm run new:detector -- my-id` makes a folder whose tests start red; ' +
      '[unit-violations.ts](../testing/detectors/unit-violations.ts) is the contract that all of them keep.',
  );
}

/** Path → content of every generated file about detectors. */
export async function detectorFiles(): Promise<Map<string, string>> {
  const policy = loadPolicy();
  const detectors = await Promise.all((await loadDetectors()).map(documented));
  return new Map([
    ['detectors/README.md', catalogue(detectors, policy)],
    ...detectors.map((one) => [`docs/detectors/${one.id}.md`, detectorPage(one, policy)] as const),
  ]);
}
